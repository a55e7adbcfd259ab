// How far the server's clock is ahead of the page's own, from several answers: pure.
// Each answer tells it to within half its way there and back. The surest counts of those that most agree
// with; one that contradicts them is dropped, unless the next says the same: then the time was set anew.

/** @typedef {{ ahead: number, doubt: number, at: number }} Sample ms; `at`: by the page's own clock */

/** As many answers are kept. */
const KEPT = 8;
/** Two clocks drift apart by as much, ms per ms: an old answer is less sure. */
const DRIFT = 1e-4;

/** The server said `serverNow` between two moments. @param {number} serverNow @param {number} asked @param {number} told @returns {Sample} */
export function sampled(serverNow, asked, told) {
  const doubt = Math.max(0, told - asked) / 2;
  return { ahead: serverNow + doubt - told, doubt, at: told };
}

/** The samples with a new one. @param {Sample[]} samples oldest first @param {Sample} sample @returns {Sample[]} */
export function taken(samples, sample) {
  const best = surest(samples, sample.at);
  const last = samples[samples.length - 1];
  if (best && agree(last, sample) && !agree(best, sample) && !agree(best, last))
    return [last, sample];
  return [...samples, sample].slice(-KEPT);
}

/** The one that counts at `now`. @param {Sample[]} samples oldest first @param {number} now @returns {Sample | undefined} */
export function surest(samples, now) {
  const held = samples.filter(
    (one) => samples.filter((other) => agree(one, other)).length * 2 > samples.length,
  );
  return held.sort((a, b) => aged(a, now) - aged(b, now))[0] ?? samples[0];
}

/** Whether both can be true. @param {Sample} a @param {Sample} b */
function agree(a, b) {
  const at = Math.max(a.at, b.at);
  return Math.abs(a.ahead - b.ahead) <= aged(a, at) + aged(b, at) + 1;
}

/** @param {Sample} sample @param {number} now */
function aged({ doubt, at }, now) {
  return doubt + (now - at) * DRIFT;
}
