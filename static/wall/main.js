// The wall page: a link's key is in the address's fragment, which a browser never sends.

import { isIdle } from "./idle.js";
import { OwnScreen } from "./own_screen.js";
import { Player } from "./player.js";

const root = /** @type {HTMLElement} */ (document.getElementById("stage"));
const config = JSON.parse(document.getElementById("wall-config")?.textContent ?? "{}");

let wall = begin();

window.addEventListener("hashchange", () => {
  wall.stop();
  wall = begin();
});

/** A link in the address is good for this page; a paired screen keeps its token itself; at the desk somebody looks on. */
function begin() {
  const key = location.hash.slice(1);
  const alone = key || config.looks_on;
  const begun = alone ? new Player(root, key, config) : new OwnScreen(root, config);
  void begun.start();
  return begun;
}

/** Tools for a person; a wall that nobody touches never loads them. */
const kinds = ["pointermove", "pointerdown", "keydown"];
const always = new URLSearchParams(location.search).has("calm");

/** @param {Event} [event] */
async function bringTools(event) {
  if (event && isIdle(event)) return;
  for (const kind of kinds) removeEventListener(kind, bringTools);
  const { Tools } = await import("./tools.js");
  new Tools({ words: config.words, stage: () => wall.stage, always });
}

for (const kind of kinds) addEventListener(kind, bringTools);
if (always) void bringTools();
