// The server's time, kept by a clock that the system's own corrections cannot move.
/** @import { Sample } from "./samples.js" */

import { sampled, surest, taken } from "./samples.js";

/** Corrections up to this are waited for, never stepped back over: a scene must not begin twice, ms. */
const WAIT_MS = 1000;
/** The device's clock was set, or the device slept, when its clocks part by this much, ms. */
const JUMP_MS = 2000;
/** With fewer answers the server is asked more often. */
const FEW = 3;

export class ServerClock {
  #device = Date.now() - performance.now();
  #ahead = this.#device;
  #latest = 0;
  /** @type {Sample[]} */
  #samples = [];

  now() {
    const now = Math.round(performance.now() + this.#ahead);
    this.#latest = this.#latest - now > WAIT_MS ? now : Math.max(now, this.#latest);
    return this.#latest;
  }

  /** The server has said what time it is. */
  get isSet() {
    return this.#samples.length > 0;
  }

  get isSure() {
    return this.#samples.length >= FEW;
  }

  /** The server said `serverNow` between two moments of `performance.now()`. @param {number} serverNow ms @param {number} asked @param {number} told */
  correct(serverNow, asked, told) {
    this.#samples = taken(this.#samples, sampled(serverNow, asked, told));
    this.#ahead = surest(this.#samples, told)?.ahead ?? this.#ahead;
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

  /**
   * Whether the device's clock has jumped since this was last asked: it was set, or the device slept, and
   * then this clock has stood still. The next answer counts alone. Until the server was heard, a jump
   * ahead is believed: so a device learns the time.
   */
  jumped() {
    const device = Date.now() - performance.now();
    const by = device - this.#device;
    if (Math.abs(by) < JUMP_MS) return false;
    this.#device = device;
    if (this.#samples.length === 0) this.#ahead = Math.max(this.#ahead, device);
    this.#samples = [];
    return true;
  }
}
