// The wall page: the screen's key is in the address's fragment, which a browser never sends.

import { isIdle } from "./idle.js";
import { Player } from "./player.js";

const root = /** @type {HTMLElement} */ (document.getElementById("stage"));
const config = JSON.parse(document.getElementById("wall-config")?.textContent ?? "{}");

let player = new Player(root, location.hash.slice(1), config);
void player.start();

window.addEventListener("hashchange", () => {
  player.stop();
  player = new Player(root, location.hash.slice(1), config);
  void player.start();
});

/** Tools for a person; a wall that nobody touches never loads them. */
const kinds = ["pointermove", "pointerdown", "keydown"];
const always = new URLSearchParams(location.search).has("calm");

/** @param {Event} [event] */
async function bringTools(event) {
  if (event && isIdle(event)) return;
  for (const kind of kinds) removeEventListener(kind, bringTools);
  const { Tools } = await import("./tools.js");
  new Tools({ words: config.words, stage: () => player.stage, always });
}

for (const kind of kinds) addEventListener(kind, bringTools);
if (always) void bringTools();
