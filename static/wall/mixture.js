// How quotes take turns, so that the wall's share of each band follows the answers. The same as
// signage/core/mix.py, which says why; vectors shared with it: tests/vectors/mix.json. Whole numbers only.
/** @import { NpsBand } from "./types.d.ts" */

import { BANDS } from "./shapes.js";

const ROUND = 16;
const LEAST = 8;
const CLOSE = 45;

/** @typedef {Record<NpsBand, number>} Shares per mille */
/** @typedef {{ item: string, band: NpsBand | null, pinned: boolean }} Taker */
/** @typedef {Map<NpsBand | null, string[]>} Groups */
/** @typedef {Map<NpsBand | null, number>} Sizes */

/** @type {Shares} */
const EQUAL = { promoter: 334, passive: 333, detractor: 333 };

/** What is aimed at; null where quotes simply hang newest first. @param {string} mode @param {Shares | null} shares */
export function aim(mode, shares) {
  if (mode === "equal") return EQUAL;
  return mode === "as_answered" ? shares : null;
}

/**
 * One cycle: the items in the order in which they hang, each at least once.
 * @param {Taker[]} takers the newest first @param {string} mode @param {Shares | null} shares @returns {string[]}
 */
export function turns(takers, mode, shares) {
  const wanted = aim(mode, shares);
  const pinned = takers.filter((taker) => taker.pinned);
  const others = takers.filter((taker) => !taker.pinned);
  if (!wanted || !takers.some((taker) => taker.band)) return newest(pinned, others);
  const composed = without(composition(counted(takers), wanted), counted(pinned), counted(others));
  /** @type {Groups} */
  const groups = new Map([...BANDS, null].map((name) => [name, itemsOf(others, name)]));
  const rounds = roundsOf(groups, composed);
  /** @type {Sizes} */
  const taken = new Map();
  return Array.from({ length: rounds }).flatMap((_, place) => [
    ...pinned.map((taker) => taker.item),
    ...round(groups, sizesOf(groups, composed, place, rounds), taken),
  ]);
}

/** @param {Taker[]} takers @param {NpsBand | null} band */
function itemsOf(takers, band) {
  return takers.filter((taker) => taker.band === band).map((taker) => taker.item);
}

/** @param {Taker[]} takers @returns {Shares} */
function counted(takers) {
  const counts = { promoter: 0, passive: 0, detractor: 0 };
  for (const { band } of takers) if (band) counts[band] += 1;
  return counts;
}

/** How many of each band a round shows. @param {Shares} have @param {Shares} wanted @returns {Shares} */
export function composition(have, wanted) {
  const total = sum(have);
  /** @type {{ error: number, size: number, composed: Shares } | null} */
  let best = null;
  for (let size = Math.min(ROUND, total); size >= Math.min(LEAST, total); size -= 1) {
    const composed = filled(have, wanted, size);
    const error = errorOf(composed, wanted, size);
    if (error <= CLOSE * size) return composed;
    if (!best || error * best.size < best.error * size) best = { error, size, composed };
  }
  return best?.composed ?? { promoter: 0, passive: 0, detractor: 0 };
}

/** @param {Shares} have @param {Shares} wanted @param {number} size */
function filled(have, wanted, size) {
  const quotas = apportioned(wanted, size);
  const composed = byBand((band) => Math.min(quotas[band], have[band]));
  while (sum(composed) < size) {
    const room = BANDS.filter((band) => composed[band] < have[band]);
    composed[most(room, (band) => wanted[band] * size - 1000 * composed[band])] += 1;
  }
  return composed;
}

/** Seats by largest remainder; of equal ones the earlier band goes first. @param {Shares} shares @param {number} seats */
function apportioned(shares, seats) {
  const whole = byBand((band) => Math.floor((shares[band] * seats) / 1000));
  const left = seats - sum(whole);
  const byRest = [...BANDS].sort(
    (a, b) => ((shares[b] * seats) % 1000) - ((shares[a] * seats) % 1000),
  );
  for (const band of byRest.slice(0, left)) whole[band] += 1;
  return whole;
}

/** @param {Shares} composed @param {Shares} wanted @param {number} size */
function errorOf(composed, wanted, size) {
  return Math.max(...BANDS.map((band) => Math.abs(1000 * composed[band] - wanted[band] * size)));
}

/** @param {Shares} composed @param {Shares} pinned @param {Shares} others */
function without(composed, pinned, others) {
  return byBand((band) =>
    Math.max(composed[band] - pinned[band], Math.min(1, others[band], composed[band])),
  );
}

/** @param {Groups} groups @param {Shares} composed */
function roundsOf(groups, composed) {
  const needed = BANDS.map((band) =>
    Math.ceil((groups.get(band)?.length ?? 0) / Math.max(1, composed[band])),
  );
  return Math.max(1, ...needed);
}

/** @param {Groups} groups @param {Shares} composed @param {number} place @param {number} rounds @returns {Sizes} */
function sizesOf(groups, composed, place, rounds) {
  /** @type {Sizes} */
  const sizes = new Map();
  for (const band of BANDS) {
    const lent = place < (groups.get(band)?.length ?? 0) ? 1 : 0;
    sizes.set(band, composed[band] || lent);
  }
  const unscored = groups.get(null)?.length ?? 0;
  const upTo = (/** @type {number} */ end) => Math.floor((unscored * end) / rounds);
  return sizes.set(null, upTo(place + 1) - upTo(place));
}

/** One round, its bands as evenly mixed as they can be. @param {Groups} groups @param {Sizes} sizes @param {Sizes} taken */
function round(groups, sizes, taken) {
  const length = [...sizes.values()].reduce((all, size) => all + size, 0);
  /** @type {Sizes} */
  const placed = new Map();
  return Array.from({ length }, (_, i) => {
    const open = [...sizes.keys()].filter((name) => at(placed, name) < at(sizes, name));
    const name = most(open, (each) => at(sizes, each) * (i + 1) - at(placed, each) * length);
    placed.set(name, at(placed, name) + 1);
    const items = groups.get(name) ?? [];
    const item = items[at(taken, name) % items.length];
    taken.set(name, at(taken, name) + 1);
    return item;
  });
}

/** @param {Taker[]} pinned @param {Taker[]} others */
function newest(pinned, others) {
  if (pinned.length === 0) return others.map((taker) => taker.item);
  const rounds = Math.max(1, Math.ceil(others.length / ROUND));
  return Array.from({ length: rounds }).flatMap((_, i) =>
    [...pinned, ...others.slice(i * ROUND, (i + 1) * ROUND)].map((taker) => taker.item),
  );
}

/** The first of those with the highest rank. @template T @param {T[]} among @param {(each: T) => number} rank */
function most(among, rank) {
  return among.reduce((best, each) => (rank(each) > rank(best) ? each : best));
}

/** @param {Sizes} sizes @param {NpsBand | null} name */
function at(sizes, name) {
  return sizes.get(name) ?? 0;
}

/** @param {(band: NpsBand) => number} of @returns {Shares} */
function byBand(of) {
  return { promoter: of("promoter"), passive: of("passive"), detractor: of("detractor") };
}

/** @param {Shares} shares */
function sum(shares) {
  return BANDS.reduce((all, band) => all + shares[band], 0);
}
