// How long to wait before asking again: full jitter, so that a thousand walls never come back as one.

const BASE_MS = 1000;
const CAP_MS = 20_000;
/** 2^15 s is far beyond the cap. */
const MOST_DOUBLINGS = 15;

/** @param {number} attempt 0 for the first @param {() => number} [random] @returns {number} ms, from 0 to min(20 s, 1 s · 2^attempt) */
export function fullJitter(attempt, random = Math.random) {
  return random() * Math.min(CAP_MS, BASE_MS * 2 ** Math.min(attempt, MOST_DOUBLINGS));
}
