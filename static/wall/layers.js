// The scene on show and, while they change places, the one that leaves: never more than two layers.

import { el } from "./dom.js";
import { watchFrames } from "./frames.js";

/** A withdrawn quote must be gone within 200 ms. */
const LEAVE_MS = 180;
const CROSS_MS = 900;

export class Layers {
  /** @type {HTMLElement} */
  #root;
  /** @type {HTMLElement | null} */
  #shown = null;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.#root = root;
  }

  get shown() {
    return this.#shown;
  }

  /** Puts a scene in the page, unseen, so that it can be measured. @param {HTMLElement} scene */
  hang(scene) {
    const layer = el("div", "layer", scene);
    layer.style.opacity = "0";
    this.#root.append(layer);
    return layer;
  }

  /** Cross-fades to a layer that hangs. @param {HTMLElement} layer @param {boolean} motion */
  cross(layer, motion) {
    const leaving = this.#shown;
    this.#shown = layer;
    layer.style.opacity = "";
    if (!motion) return leaving?.remove();
    watchFrames(CROSS_MS * 1.3);
    leaving?.animate({ opacity: [1, 0] }, { duration: CROSS_MS / 2, fill: "forwards" });
    layer.animate(
      { opacity: [0, 1], transform: ["translateY(1.2cqmin)", "none"] },
      {
        duration: CROSS_MS,
        delay: CROSS_MS / 3,
        easing: "cubic-bezier(0.2, 0, 0, 1)",
        fill: "backwards",
      },
    );
    if (leaving) setTimeout(() => leaving.remove(), CROSS_MS / 2);
  }

  /** Takes what is on show away at once; resolves when it is out of the page. @param {boolean} motion */
  async leave(motion) {
    const leaving = this.#shown;
    this.#shown = null;
    if (!leaving) return;
    if (motion) {
      leaving.animate({ opacity: [1, 0] }, { duration: LEAVE_MS, fill: "forwards" });
      await new Promise((gone) => setTimeout(gone, LEAVE_MS));
    }
    leaving.remove();
  }

  /** Takes everything away, this instant. */
  clear() {
    this.#shown = null;
    this.#root.replaceChildren();
  }

  /** Leaves nothing but what is on show. */
  tidy() {
    this.#root.replaceChildren(...(this.#shown ? [this.#shown] : []));
  }
}
