// The turns of one cycle in time: which one is on, and what is news among them. Pure.
/** @import { Show } from "./types.d.ts" */
/** @import { Turn } from "./playlist.js" */

import { dwell } from "./reading.js";
import { newestFirst, publishedAt } from "./taking.js";

/** A newly published item may interrupt this long after it was published, ms. */
export const FRESH_MS = 10 * 60_000;
/** A figure and its chart take as long to take in as this many words. */
const METRIC_WORDS = 30;

/** How long it takes to read, ms. @param {{ item: Turn["item"] }} turn */
export function readingTime({ item }) {
  return Math.round(dwell("words" in item ? item.words : METRIC_WORDS) * 1000);
}

/** As long as it takes to read, or longer where the playlist says so, ms. @param {Turn} turn */
function lasts(turn) {
  return Math.max(readingTime(turn), (turn.dwell ?? 0) * 1000);
}

/** @param {Turn[]} cycle */
export function lengthOf(cycle) {
  return cycle.reduce((sum, turn) => sum + lasts(turn), 0);
}

/** @param {Turn[]} cycle @param {number} now */
export function turnAt(cycle, now) {
  let startedAt = now - (now % lengthOf(cycle));
  for (const turn of cycle) {
    if (now < startedAt + lasts(turn)) return shown(turn, startedAt, false);
    startedAt += lasts(turn);
  }
  throw new RangeError("the cycle is as long as the sum of its turns");
}

/**
 * Newly published items hang at once, one after the other in the order they were published; one that
 * would wait too long for its turn is no longer news and waits for its place in the cycle.
 * @param {Turn[]} cycle @param {number} now @returns {Show | null}
 */
export function freshAt(cycle, now) {
  let free = 0;
  for (const turn of distinct(cycle)) {
    const published = publishedAt(turn.item);
    const startedAt = Math.max(published, free);
    if (published === 0 || startedAt - published >= FRESH_MS) continue;
    if (startedAt > now) return null;
    if (now < startedAt + lasts(turn)) return shown(turn, startedAt, true);
    free = startedAt + lasts(turn);
  }
  return null;
}

/** Each item once, oldest first, also one that hangs in several feeds. @param {Turn[]} cycle */
function distinct(cycle) {
  const turns = new Map(cycle.map((turn) => [turn.item.id, turn]));
  return [...turns.values()].sort((a, b) => -newestFirst(a.item, b.item));
}

/** @param {Turn} turn @param {number} startedAt @param {boolean} fresh @returns {Show} */
export function shown(turn, startedAt, fresh) {
  const { scene, feed, item } = turn;
  return {
    scene,
    feed,
    item,
    key: `${scene}:${feed}/${item.id}`,
    startedAt,
    endsAt: startedAt + lasts(turn),
    fresh,
  };
}
