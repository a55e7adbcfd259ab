// Placing labels so that none covers another: pure, in px.

/**
 * Starts of labels in a row: each as near its own place as the ones before and the row's end allow.
 * @param {number[]} wanted left edges @param {number[]} widths @param {number} gap @param {number} total
 * @returns {number[] | null} left edges; null when they cannot all stand in one row
 */
export function spread(wanted, widths, gap, total) {
  const needed = widths.reduce((sum, width) => sum + width, 0) + gap * (widths.length - 1);
  if (needed > total) return null;
  const starts = [...wanted];
  for (let i = 1; i < starts.length; i += 1) {
    starts[i] = Math.max(starts[i], starts[i - 1] + widths[i - 1] + gap);
  }
  let end = total;
  for (let i = starts.length - 1; i >= 0; i -= 1) {
    starts[i] = Math.min(starts[i], end - widths[i]);
    end = starts[i] - gap;
  }
  return starts;
}

/** @typedef {{ x: number, width: number }} Flag a pole at x with a label of a width */
/** @typedef {{ left: number, lane: number }} Place */

/**
 * Lanes for labels that hang on poles from above: no label covers a label or another one's pole.
 * @param {Flag[]} flags @param {{ total: number, lanes: number, gap: number, pad: number }} room
 * @returns {(Place | null)[]} null where there is no room
 */
export function lanes(flags, { total, lanes: most, gap, pad }) {
  /** @type {(Place | null)[]} */
  const places = flags.map(() => null);
  const rightFirst = flags.map((_, i) => i).sort((a, b) => flags[b].x - flags[a].x);
  for (const i of rightFirst) {
    const { x, width } = flags[i];
    const lefts = [x + pad, x - pad - width].filter((left) => left >= 0 && left + width <= total);
    const free = lefts.flatMap((left) =>
      Array.from({ length: most }, (_, lane) => ({ left, lane })).filter((place) =>
        isFree(place, i, flags, places, gap),
      ),
    );
    places[i] = free[0] ?? null;
  }
  return places;
}

/** @param {Place} place @param {number} own @param {Flag[]} flags @param {(Place | null)[]} places @param {number} gap */
function isFree(place, own, flags, places, gap) {
  const right = place.left + flags[own].width;
  return places.every((other, i) => {
    if (other === null || i === own) return true;
    const theirs = { left: other.left - gap, right: other.left + flags[i].width + gap };
    const apart = place.lane !== other.lane || right < theirs.left || place.left > theirs.right;
    const theirPoleClear =
      other.lane < place.lane || !within(flags[i].x, place.left - gap, right + gap);
    const ownPoleClear =
      place.lane < other.lane || !within(flags[own].x, theirs.left, theirs.right);
    return apart && ownPoleClear && theirPoleClear;
  });
}

/** @param {number} x @param {number} left @param {number} right */
function within(x, left, right) {
  return x > left && x < right;
}
