// Turns the pages of a scene, each for its share of the scene's time.
/** @import { Arrangement, Show } from "./types.d.ts" */

export class Pager {
  /** @type {ReturnType<typeof setTimeout>[]} */
  #timers = [];
  /** @type {Arrangement | null} */
  #pages = null;
  #page = 0;

  /** Null: the scene has no pages; without a word of them those on show begin again. @param {Show} show @param {number} now @param {Arrangement | null} [pages] */
  start(show, now, pages = this.#pages) {
    this.stop();
    this.#pages = pages;
    this.#page = 0;
    if (!pages || pages.shares.length < 2 || show.endsAt === null) return;
    let at = show.startedAt;
    for (const [page, share] of pages.shares.entries()) {
      const wait = at - now;
      at += share * (show.endsAt - show.startedAt);
      if (wait > 0) this.#timers.push(setTimeout(() => this.#turn(page), wait));
      else if (at > now) this.#turn(page);
    }
  }

  /** The page on show stays. */
  hold() {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers = [];
  }

  /** One page on or back; false where there is none. @param {number} by */
  step(by) {
    const to = this.#page + by;
    const there = to >= 0 && to < (this.#pages?.shares.length ?? 0);
    if (there) this.#turn(to);
    return there;
  }

  /** @param {number} page */
  #turn(page) {
    this.#page = page;
    this.#pages?.turn(page);
  }

  stop() {
    this.hold();
    this.#pages = null;
  }
}
