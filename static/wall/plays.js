// Counts what hangs, keeps the count through a reboot, and hands it to heartbeats (played.js has the rules).
/** @import { Played, Show } from "./types.d.ts" */

import { add, nothingPlayed, rememberedPlays, said, seal, taken } from "./played.js";

/** A batch is put together this often; sooner after a time without the server. */
const SEAL_MS = 600_000;

/**
 * @typedef {object} Means
 * @property {() => number} now the server's clock, ms
 * @property {() => boolean} isSet whether the server has set it since the page was loaded
 * @property {(played: Played) => Promise<void>} save
 */

export class Plays {
  #means;
  #played = nothingPlayed(newQueue());
  /** @type {Show | null} */
  #shown = null;
  /** Since when it is counted, by the page's own time, ms. */
  #since = 0;
  #sealedAt = Number.NEGATIVE_INFINITY;
  #online = false;
  /** The batch that is stored, and so may be told: a page that dies must not use its number again. */
  #stored = 0;

  /** @param {Means} means */
  constructor(means) {
    this.#means = means;
  }

  /** @param {any} found as stored */
  load(found) {
    this.#played = rememberedPlays(found, this.#played.queue);
    this.#stored = this.#played.waiting?.batch ?? 0;
  }

  /** What hangs now; null: nothing that counts. Said again and again while it hangs. @param {Show | null} show */
  shows(show) {
    const same = show?.key === this.#shown?.key && show?.startedAt === this.#shown?.startedAt;
    this.#count();
    if (!same) this.#shown = show && this.#means.isSet() ? show : null;
    if (!same) this.#since = performance.now();
    if (!same && this.#shown) this.#begin(this.#shown);
  }

  /** For a heartbeat. */
  get report() {
    const batch = said(this.#played);
    return batch && batch.batch === this.#stored ? { plays: batch } : {};
  }

  /** @param {boolean} online */
  async online(online) {
    const back = online && !this.#online;
    this.#online = online;
    if (back) await this.keep(true);
  }

  /** The server has it. @param {{ queue: string, batch: number }} told */
  async taken({ queue, batch }) {
    this.#played = taken(this.#played, queue, batch);
    await this.#means.save(this.#played);
  }

  /** Stores what was counted; now and then, or at once, it is made ready to be told. @param {boolean} [atOnce] */
  async keep(atOnce = false) {
    this.#count();
    const now = performance.now();
    if (atOnce || now - this.#sealedAt >= SEAL_MS) {
      this.#played = seal(this.#played);
      this.#sealedAt = now;
    }
    const waiting = this.#played.waiting?.batch ?? 0;
    await this.#means.save(this.#played);
    this.#stored = waiting;
  }

  /** All that was counted is another link's. */
  forget() {
    this.#played = nothingPlayed(newQueue());
    this.#shown = null;
  }

  /** @param {Show} show */
  #begin(show) {
    const now = this.#means.now();
    this.#played = add(this.#played, show, now, now + 1, true);
  }

  #count() {
    const now = performance.now();
    const passed = now - this.#since;
    this.#since = now;
    if (!this.#shown || !this.#means.isSet()) return;
    const until = this.#means.now();
    this.#played = add(this.#played, this.#shown, until - passed, until, false);
  }
}

function newQueue() {
  return Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}
