// How long a text hangs. Reading speed: 175 words a minute, the slow end of Brysbaert 2019.
// Vectors shared with Python: tests/vectors/reading.json.

const SHORTEST_S = 8;
const SETTLE_S = 2.5;
const WORDS_PER_S = 2.9;
const GLANCE_AWAY = 1.5;

/** @param {number} words @returns {number} seconds on the wall */
export function dwell(words) {
  return Math.max(SHORTEST_S, SETTLE_S + words / WORDS_PER_S) * GLANCE_AWAY;
}

/** Words as a reader counts them: runs between white space that hold a letter or a digit. @param {string} text */
export function countWords(text) {
  return text.split(/\s+/).filter((run) => /[\p{L}\p{N}]/u.test(run)).length;
}
