// Turns the pages of a scene, each for its share of the scene's time.
/** @import { Arrangement, Show } from "./types.d.ts" */

export class Pager {
  /** @type {ReturnType<typeof setTimeout>[]} */
  #timers = [];
  /** @type {Arrangement | undefined} */
  #pages;

  /** A turn without pages of its own begins the ones on show again. @param {Show} show @param {number} now @param {Arrangement | undefined} pages */
  start(show, now, pages = this.#pages) {
    this.stop();
    this.#pages = pages;
    if (!pages || pages.shares.length < 2 || show.endsAt === null) return;
    let at = show.startedAt;
    for (const [page, share] of pages.shares.entries()) {
      const wait = at - now;
      at += share * (show.endsAt - show.startedAt);
      if (wait > 0) this.#timers.push(setTimeout(() => pages.turn(page), wait));
      else if (at > now) pages.turn(page);
    }
  }

  stop() {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers = [];
    this.#pages = undefined;
  }
}
