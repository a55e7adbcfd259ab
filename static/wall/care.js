// The wall watches over itself: what it tells of its state, and when it wants a fresh start.
/** @import { Faults } from "./faults.js" */

import { frames } from "./frames.js";

const MB = 2 ** 20;
/** Heaps go up and down with every collection: the least of so many heartbeats counts. */
const BEATS = 8;
/** Twice of little is little, MB. */
const LEAST_GROWTH = 24;
const HOUR_S = 3600;
const DAY_S = 24 * HOUR_S;
const TIMES = "wall-care";

export class Care {
  #faults;
  /** MB, one a heartbeat. @type {number[]} */
  #heaps = [];
  /** @type {{ used: number, quota: number } | null} */
  #storage = null;

  /** @param {Faults} faults */
  constructor(faults) {
    this.#faults = faults;
  }

  /** How the page is, for a heartbeat. Units: s, MB. */
  report() {
    const heap = heapNow();
    if (heap !== null) this.#heaps.push(heap);
    // The first ones stay: they are what later ones are held against.
    if (this.#heaps.length > 2 * BEATS) this.#heaps.splice(BEATS, 1);
    void this.#measureStorage();
    const { total, report } = this.#faults;
    const uptime = Math.round(performance.now() / 1000);
    const dropped = frames.dropped;
    return { errors: total, faults: report, uptime, heap, dropped, storage: this.#storage };
  }

  get isDue() {
    return isDue(this.#heaps, this.#faults.isTooOften, performance.now() / 1000, counted());
  }

  /** This page is a fresh start, or came after one: what is stored may have been at fault. */
  get isAfresh() {
    return counted() > 0;
  }

  /** The page is about to be loaded anew. */
  begins() {
    const times = performance.now() / 1000 > DAY_S ? 0 : counted();
    sessionStorage.setItem(TIMES, `${times + 1}`);
  }

  async #measureStorage() {
    const told = await navigator.storage?.estimate().catch(() => null);
    if (told?.quota) this.#storage = { used: inMb(told.usage ?? 0), quota: inMb(told.quota) };
  }
}

/**
 * Whether a fresh start is due: memory has doubled for good, or a scene fails again and again. After each
 * start that did not help the next waits twice as long, from an hour to a day: never a loop.
 * @param {number[]} heaps MB @param {boolean} fails @param {number} uptime s @param {number} times fresh starts so far
 */
export function isDue(heaps, fails, uptime, times) {
  if (times > 0 && uptime < Math.min(DAY_S, HOUR_S * 2 ** (times - 1))) return false;
  if (fails) return true;
  if (heaps.length < 2 * BEATS) return false;
  const [first, last] = [Math.min(...heaps.slice(0, BEATS)), Math.min(...heaps.slice(-BEATS))];
  return last >= 2 * first && last - first >= LEAST_GROWTH;
}

/** Chromium alone tells it. */
function heapNow() {
  const { memory } = /** @type {{ memory?: { usedJSHeapSize: number } }} */ (
    /** @type {unknown} */ (performance)
  );
  return memory ? inMb(memory.usedJSHeapSize) : null;
}

/** @param {number} bytes */
function inMb(bytes) {
  return Math.round(bytes / MB);
}

/** Where nothing can be kept, in another site's frame, the page is not loaded anew: it could not count. */
function counted() {
  try {
    return Number(sessionStorage.getItem(TIMES));
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
