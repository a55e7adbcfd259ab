// What shows now: a pure function of programme, content and clock, so that screens with the same
// playlist keep step with no message between them and a reboot returns to the same place.
// Vectors: tests/vectors/shows.json.
/**
 * @import { Feeds, Notice, Programme, Show } from "./types.d.ts"
 * @import { Turn } from "./playlist.js"
 */

import { takeover } from "./notices.js";
import { listsOf, newestFirst, publishedAt, unroll } from "./playlist.js";
import { dwell } from "./reading.js";

/** A newly published item may interrupt this long after it was published, ms. */
export const FRESH_MS = 10 * 60_000;
/** A figure and its chart take as long to take in as this many words. */
const METRIC_WORDS = 30;
const HOUR_MS = 3_600_000;

/**
 * @param {Programme | null} programme @param {Feeds} feeds
 * @param {number} now server time, ms @param {{ contact: number | null }} last when the server last answered
 * @returns {Show}
 */
export function shows(programme, feeds, now, { contact }) {
  if (!programme) return still("waiting");
  const over = takeover(feeds, now);
  if (over) return alone(over);
  const cycle = cycleAt(programme, feeds, now, contact);
  if (cycle.length === 0) return still("empty");
  return freshAt(cycle, now) ?? turnAt(cycle, now);
}

/** All that may hang now, in the order of the cycle. @param {Programme | null} programme @param {Feeds} feeds @param {number} now @param {{ contact: number | null }} last @returns {Show[]} */
export function mayShow(programme, feeds, now, { contact }) {
  const cycle = programme ? cycleAt(programme, feeds, now, contact) : [];
  return cycle.map((turn) => shown(turn, now, false));
}

/** @param {Programme} programme @param {Feeds} feeds @param {number} now @param {number | null} contact */
function cycleAt(programme, feeds, now, contact) {
  const lists = listsOf(programme.playlist, feeds, leased(programme, now, contact), now);
  return unroll(programme.playlist, lists);
}

/** Whether customers' words may still hang. @param {Programme} programme @param {number} now @param {number | null} contact */
export function leased(programme, now, contact) {
  return contact !== null && now - contact <= programme.lease_hours * HOUR_MS;
}

/** A scene with no end: it hangs until something changes. @param {string} scene @returns {Show} */
export function still(scene) {
  return { scene, feed: null, item: null, key: scene, startedAt: 0, endsAt: null, fresh: false };
}

/** The playlist's whole cycle as of a moment, ms. @param {Programme} programme @param {Feeds} feeds @param {number} [now] */
export function cycleLength(programme, feeds, now = 0) {
  return lengthOf(unroll(programme.playlist, listsOf(programme.playlist, feeds, true, now)));
}

/** @param {Turn} turn @returns {number} ms */
function lasts({ item }) {
  return Math.round(dwell("words" in item ? item.words : METRIC_WORDS) * 1000);
}

/** @param {Turn[]} cycle */
function lengthOf(cycle) {
  return cycle.reduce((sum, turn) => sum + lasts(turn), 0);
}

/** @param {Turn[]} cycle @param {number} now @returns {Show} */
function turnAt(cycle, now) {
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
function freshAt(cycle, now) {
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

/** Each item once, oldest first. @param {Turn[]} cycle */
function distinct(cycle) {
  const turns = new Map(cycle.map((turn) => [`${turn.feed}/${turn.item.id}`, turn]));
  return [...turns.values()].sort((a, b) => -newestFirst(a.item, b.item));
}

/** What takes over hangs until its own end. @param {{ feed: string, notice: Notice }} over @returns {Show} */
function alone({ feed, notice }) {
  const key = `notice:${feed}/${notice.id}`;
  const { from: startedAt, until: endsAt } = notice;
  return { scene: "notice", feed, item: notice, key, startedAt, endsAt, fresh: true };
}

/** @param {Turn} turn @param {number} startedAt @param {boolean} fresh @returns {Show} */
function shown(turn, startedAt, fresh) {
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
