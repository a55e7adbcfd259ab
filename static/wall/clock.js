// The server's time, kept by a clock that the system's own corrections cannot move.

export class ServerClock {
  #ahead = Date.now() - performance.now();

  now() {
    return Math.round(performance.now() + this.#ahead);
  }

  /** The server said `serverNow` between two moments of `tick()`; half the way back is its age. @param {number} serverNow ms @param {number} asked @param {number} told */
  correct(serverNow, asked, told) {
    this.#ahead = serverNow + (told - asked) / 2 - told;
  }

  /**
   * A device without a battery clock wakes up in the past: it is never before the server was last heard,
   * nor before the latest time seen, so that time without the server adds up over reboots.
   * @param {number | null} contact @param {number | null} [seen]
   */
  notBefore(contact, seen = null) {
    const latest = Math.max(contact ?? 0, seen ?? 0);
    if (this.now() < latest) this.#ahead = latest - performance.now();
  }

  /** For measuring how long something took, ms. */
  tick() {
    return performance.now();
  }
}
