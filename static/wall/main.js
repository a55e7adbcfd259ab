// The wall page: the screen's key is in the address's fragment, which a browser never sends.

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
