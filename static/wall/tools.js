// Going through the scenes by hand, for a person at a computer or a telephone: these tools come when
// somebody moves a pointer, touches or presses a key, and go again. On a wall nobody does.
/** @import { Stage } from "./stage.js" */

import { el } from "./dom.js";
import { isIdle } from "./idle.js";

const AWAY_MS = 5000;

/** @typedef {{ words: Record<string, string>, stage: () => Stage, always: boolean }} Given */

export class Tools {
  #given;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #told = el("p", "tools-told");
  #pause;
  #row;

  /** @param {Given} given */
  constructor(given) {
    this.#given = given;
    this.#pause = this.#button("tools.pause", () => this.#turn());
    const back = this.#button("tools.back", () => this.#step(-1));
    const on = this.#button("tools.on", () => this.#step(1));
    this.#row = el("nav", "tools", back, this.#pause, on);
    this.#row.ariaLabel = given.words["tools.label"];
    // Said politely, and only when the person has moved: what changes by itself is not read out.
    this.#told.role = "status";
    document.body.append(this.#row, this.#told);
    if (given.always) document.body.dataset.calm = "";
    addEventListener("keydown", (event) => this.#key(event));
    for (const kind of ["pointermove", "pointerdown", "keydown", "focusin"])
      addEventListener(kind, (event) => this.#come(event));
    // What takes over lets go of what was held.
    addEventListener("turned", () => this.#name());
    this.#come();
  }

  /** @param {Event} [event] */
  #come(event) {
    if (event && isIdle(event)) return;
    this.#row.hidden = false;
    document.body.dataset.tools = "";
    clearTimeout(this.#timer);
    if (!this.#given.always) this.#timer = setTimeout(() => this.#leave(), AWAY_MS);
  }

  /** Tools in use stay. */
  #leave() {
    if (this.#row.contains(document.activeElement) || this.#given.stage().isHeld) return;
    this.#row.hidden = true;
    delete document.body.dataset.tools;
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "ArrowLeft") void this.#step(-1);
    else if (event.key === "ArrowRight") void this.#step(1);
    else if (event.key === " " && !(event.target instanceof HTMLButtonElement)) void this.#turn();
    else return;
    event.preventDefault();
  }

  /** @param {1 | -1} by */
  async #step(by) {
    await this.#given.stage().step(by);
    const layers = document.querySelectorAll(".layer");
    const layer = layers[layers.length - 1];
    this.#told.textContent = `${layer?.ariaLabel ?? ""}: ${spoken(layer)}`;
    this.#name();
  }

  async #turn() {
    const stage = this.#given.stage();
    if (stage.isHeld) await stage.letGo();
    else stage.hold();
    this.#name();
  }

  #name() {
    const held = this.#given.stage().isHeld;
    this.#pause.textContent = this.#given.words[held ? "tools.go" : "tools.pause"];
  }

  /** @param {string} name @param {() => unknown} act */
  #button(name, act) {
    const button = el("button", "tool", this.#given.words[name]);
    button.setAttribute("type", "button");
    button.addEventListener("click", act);
    return button;
  }
}

/** @param {Element | undefined} layer */
function spoken(layer) {
  return /** @type {HTMLElement | undefined} */ (layer)?.innerText.replace(/\s+/g, " ") ?? "";
}
