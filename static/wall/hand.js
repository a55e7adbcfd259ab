// A person looks by hand: what they chose hangs for as long as it may, and no longer.
/** @import { Show } from "./types.d.ts" */

import { takesOver } from "./notices.js";

export class Hand {
  /** @type {Show | null} */
  #held = null;
  #place = 0;

  get holds() {
    return this.#held !== null;
  }

  /** What hangs stays. @param {Show} show */
  hold(show) {
    this.#held = { ...show, endsAt: null, fresh: false };
    this.#place = -1;
    return this.#held;
  }

  release() {
    this.#held = null;
  }

  /** What hangs: what was chosen, or what takes over. Once the chosen one may hang no longer, what the clock asks for then stays in its place. @param {Show} scheduled @param {Show[]} cycle what may hang now */
  chosen(scheduled, cycle) {
    if (!this.#held) return scheduled;
    const turn = cycle[this.#find(cycle, this.#held)];
    if (takesOver(scheduled.item)) this.#held = null;
    else if (turn) this.#held = { ...this.#held, item: turn.item };
    else return this.hold(scheduled);
    return this.#held ?? scheduled;
  }

  /** The next one that is another, or the one before. @param {1 | -1} by @param {Show[]} cycle @param {number} now */
  step(by, cycle, now) {
    const held = this.#held;
    if (!held || cycle.length === 0) return;
    const from = Math.max(0, this.#find(cycle, held));
    for (let steps = 1; steps <= cycle.length; steps += 1) {
      const place = (from + by * steps + steps * cycle.length) % cycle.length;
      if (cycle[place].key === held.key) continue;
      this.#held = { ...cycle[place], startedAt: now, endsAt: null };
      this.#place = place;
      return;
    }
  }

  /** @param {Show[]} cycle @param {Show} held */
  #find(cycle, { key }) {
    if (cycle[this.#place]?.key === key) return this.#place;
    this.#place = cycle.findIndex((turn) => turn.key === key);
    return this.#place;
  }
}
