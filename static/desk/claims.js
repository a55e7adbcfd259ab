// Which quotes this page holds. A claim ends by itself: without activity, on leaving, and when the line drops.

import { post } from "./post.js";

/** While somebody is at work a claim is renewed so often; it lasts two minutes. */
const RENEW_MS = 30_000;

/** One of the person's pages. */
export const page = [...crypto.getRandomValues(new Uint8Array(12))]
  .map((byte) => byte.toString(16).padStart(2, "0"))
  .join("");

/** @typedef {{ mine: number[], held: import("./queue.js").Held[] }} Dealt */

export class Claims {
  #told;
  /** @type {string[]} */
  #quotes = [];
  #at = 0;

  /** @param {(dealt: Dealt, quotes: string[]) => void} told */
  constructor(told) {
    this.#told = told;
  }

  start() {
    for (const event of ["keydown", "pointermove", "pointerdown", "wheel"])
      addEventListener(event, () => this.#active(), { passive: true });
    addEventListener("pagehide", () => this.#leave());
    addEventListener("pageshow", ({ persisted }) => persisted && this.renew());
  }

  /** @param {string[]} quotes the one on show first */
  hold(quotes) {
    this.#quotes = quotes;
    return this.renew();
  }

  async renew() {
    if (!this.#quotes.length) return;
    this.#at = performance.now();
    const quotes = this.#quotes;
    const { kind, body } = await post("/desk/claims", { page, quotes: quotes.join(",") });
    if (kind === "ok") this.#told(body, quotes);
  }

  #active() {
    if (performance.now() - this.#at > RENEW_MS) void this.renew();
  }

  #leave() {
    // Also while the page is being taken down: this is sent by the browser.
    void post("/desk/claims/return", { page });
  }
}
