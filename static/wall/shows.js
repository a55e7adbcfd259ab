// What shows now: a pure function of programme, content and clock, so that screens with the same
// playlist keep step with no message between them and a reboot returns to the same place.
// signage/core/showing.py does the same; tests/vectors/shows.json holds both together.
/**
 * @import { Feeds, Notice, PlaylistEntry, Programme, Show } from "./types.d.ts"
 * @import { Turn } from "./playlist.js"
 */

import { changedAt, playlistAt, rounded } from "./changeover.js";
import { freshAt, lengthOf, shown, turnAt } from "./cycle.js";
import { takeover } from "./notices.js";
import { listsOf, unroll } from "./playlist.js";

const HOUR_MS = 3_600_000;
/** Changes of playlist, one hard upon another, that are followed back. */
const CHANGES = 3;

/** @typedef {(at: number) => Turn[]} Cycles the cycle of the playlist whose time it is */

/**
 * @param {Programme | null} programme @param {Feeds} feeds
 * @param {number} now server time, ms @param {{ contact: number | null }} last when the server last answered
 * @returns {Show}
 */
export function shows(programme, feeds, now, { contact }) {
  if (!programme) return still("waiting");
  const over = takeover(programme, feeds, now);
  if (over) return alone(over);
  const show = showAt(programme, cyclesOf(programme, feeds, now, contact), now);
  if (show || leased(programme, now, contact)) return show ?? still("empty");
  return still(cycleLength(programme, feeds, now) > 0 ? "lapsed" : "empty");
}

/** All that may hang now, in the order of the cycle. @param {Programme | null} programme @param {Feeds} feeds @param {number} now @param {{ contact: number | null }} last @returns {Show[]} */
export function mayShow(programme, feeds, now, { contact }) {
  const cycle = programme ? cyclesOf(programme, feeds, now, contact)(now) : [];
  return cycle.map((turn) => shown(turn, now, false));
}

/**
 * What hangs at a moment: news, else the turn of the playlist whose time it is. After a change of playlist
 * what was on show comes to its end first.
 * @param {Programme} programme @param {Cycles} cycles @param {number} at @returns {Show | null}
 */
function showAt(programme, cycles, at, changes = CHANGES) {
  const cycle = cycles(at);
  if (cycle.length === 0) return null;
  const fresh = freshAt(cycle, at);
  if (fresh) return fresh;
  const change = changes > 0 ? changedAt(programme, at) : null;
  const before = change === null ? null : showAt(programme, cycles, change - 1, changes - 1);
  const last = before && rounded(before, (moment) => turnAt(cycle, moment));
  return last && at < Number(last.endsAt) ? last : turnAt(cycle, at);
}

/** With what the feeds hold now; a playlist that has nothing to show leaves its time to the default. @param {Programme} programme @param {Feeds} feeds @param {number} now @param {number | null} contact @returns {Cycles} */
function cyclesOf(programme, feeds, now, contact) {
  /** @type {Map<PlaylistEntry[], Turn[]>} */
  const known = new Map();
  /** @param {PlaylistEntry[]} playlist */
  const cycleOf = (playlist) => {
    const made = known.get(playlist);
    if (made) return made;
    const lists = listsOf(playlist, feeds, leased(programme, now, contact), now);
    const cycle = unroll(playlist, lists);
    known.set(playlist, cycle);
    return cycle;
  };
  return (at) => {
    const cycle = cycleOf(playlistAt(programme, at));
    return cycle.length > 0 ? cycle : cycleOf(programme.playlist);
  };
}

/** Whether customers' words may still hang. @param {Programme} programme @param {number} now @param {number | null} contact */
export function leased(programme, now, contact) {
  return contact !== null && now - contact <= programme.lease_hours * HOUR_MS;
}

/** A scene with no end: it hangs until something changes. @param {string} scene @returns {Show} */
export function still(scene) {
  return { scene, feed: null, item: null, key: scene, startedAt: 0, endsAt: null, fresh: false };
}

/** The default playlist's whole cycle as of a moment, ms. @param {Programme} programme @param {Feeds} feeds @param {number} [now] */
export function cycleLength(programme, feeds, now = 0) {
  return lengthOf(unroll(programme.playlist, listsOf(programme.playlist, feeds, true, now)));
}

/** What takes over hangs until its own end. @param {{ feed: string, notice: Notice }} over @returns {Show} */
function alone({ feed, notice }) {
  const scene = notice.look === "celebration" ? "celebration" : "notice";
  const key = `${scene}:${feed}/${notice.id}`;
  const { from: startedAt, until: endsAt } = notice;
  return { scene, feed, item: notice, key, startedAt, endsAt, fresh: true };
}
