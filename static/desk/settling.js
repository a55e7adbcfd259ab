// A quote takes no decision before it can have been read: a key pressed twice decides once.

import { need } from "./find.js";

/** Nobody has read a quote so soon. */
export const SETTLED_MS = 400;
/** One that came back was not expected. */
export const RETURNED_MS = 1500;

export class Settling {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  get isUnderWay() {
    return this.#timer !== undefined;
  }

  /** @param {string} quote @param {number} ms none: at once */
  begin(quote, ms) {
    clearTimeout(this.#timer);
    const { dataset } = need("main", HTMLElement);
    const settled = () => {
      this.#timer = undefined;
      dataset.settled = quote;
    };
    dataset.settled = "";
    if (ms) this.#timer = setTimeout(settled, ms);
    else settled();
  }
}
