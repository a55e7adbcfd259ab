// The scene on show and, while they change places, the one that leaves: never more than two layers.

import { el } from "./dom.js";
import { watchFrames } from "./frames.js";

/** Each frame of a fade costs a computer without graphics as much as seconds of standing still: few of
 * them, and hardly any in which both scenes are to be seen. */
const LEAVE_MS = 140;
const DELAY_MS = 120;
const COME_MS = 260;
/** A page that nobody sees has no frames to wait for. */
const FRAME_MS = 100;

export class Layers {
  /** @type {HTMLElement} */
  #root;
  /** @type {HTMLElement | null} */
  #shown = null;
  /** @type {HTMLElement | null} */
  #leaving = null;

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
    this.#forget();
    const leaving = this.#shown;
    this.#leaving = leaving;
    this.#shown = layer;
    layer.style.opacity = "";
    if (!motion) return this.#forget();
    watchFrames(DELAY_MS + COME_MS);
    leaving?.animate({ opacity: [1, 0] }, { duration: LEAVE_MS, fill: "forwards" });
    layer.animate(
      { opacity: [0, 1], transform: ["translateY(1.2cqmin)", "none"] },
      {
        duration: COME_MS,
        delay: DELAY_MS,
        easing: "cubic-bezier(0.2, 0, 0, 1)",
        fill: "backwards",
      },
    );
    setTimeout(() => this.#leaving === leaving && this.#forget(), LEAVE_MS);
  }

  /** What leaves is gone. */
  #forget() {
    remove(this.#leaving);
    this.#leaving = null;
  }

  /** Takes what is on show away, this instant; resolves when that was painted. */
  leave() {
    remove(this.#shown);
    this.#shown = null;
    return painted();
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

/** An animation that has ended keeps what it moved. @param {HTMLElement | null} layer */
function remove(layer) {
  for (const animation of layer?.getAnimations({ subtree: true }) ?? []) animation.cancel();
  layer?.remove();
}

/** @returns {Promise<void>} */
function painted() {
  return new Promise((done) => {
    requestAnimationFrame(() => setTimeout(done));
    setTimeout(done, FRAME_MS);
  });
}
