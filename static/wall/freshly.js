// How fresh the wall is, in words: live while the server answers, "as of" when it has just gone quiet,
// offline when it stays away.
/** @import { Freshness } from "./types.d.ts" */

const OFFLINE_AFTER_MS = 10_000;

export class Freshly {
  #now;
  #tell;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** When the server was last heard; null when never. @type {number | null} */
  #heard = null;
  #online = false;

  /** @param {() => number} now @param {(freshness: Freshness | null) => void} tell */
  constructor(now, tell) {
    this.#now = now;
    this.#tell = tell;
  }

  /** @param {number | null} contact */
  start(contact) {
    this.#heard = contact;
    this.#gone();
  }

  stop() {
    clearTimeout(this.#timer);
    this.#online = false;
    this.#tell(null);
  }

  /** @param {boolean} online */
  online(online) {
    if (online) {
      clearTimeout(this.#timer);
      this.#heard = this.#now();
      this.#tell({ state: "live", since: null });
    } else if (this.#online) this.#gone();
    this.#online = online;
  }

  /** Offline counts from the last answer, not from when it was noticed. */
  #gone() {
    const since = this.#heard;
    this.#tell(since === null ? null : { state: "as_of", since });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#tell({ state: "offline", since }), OFFLINE_AFTER_MS);
  }
}
