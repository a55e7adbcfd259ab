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

  /** A device without a battery clock wakes up in the past: never before the server was last heard. @param {number | null} contact */
  notBefore(contact) {
    if (contact !== null && this.now() < contact) this.#ahead = contact - performance.now();
  }

  /** For measuring how long something took, ms. */
  tick() {
    return performance.now();
  }
}
