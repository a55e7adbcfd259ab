// From one playlist to the next at a slot's beginning or end: between two scenes, never inside one, and
// worked out from programme and clock alone, so that screens that keep step change over together. Pure.
/** @import { PlaylistEntry, Programme, Show } from "./types.d.ts" */

import { readingTime } from "./cycle.js";
import { playing } from "./slots.js";

const MINUTE_MS = 60_000;
/** No scene hangs longer than half of this, and none is waited for longer: slots begin at whole minutes. */
const MINUTES_BACK = 30;

/** The playlist whose slot it is; the default where it is nobody's, and where nobody knows it. @param {Programme} programme @param {number} at @returns {PlaylistEntry[]} */
export function playlistAt(programme, at) {
  const { slots = [], playlists = {}, timezone, holidays = {} } = programme;
  const slot = slots.length > 0 ? playing(slots, at, timezone, holidays) : null;
  return (slot && playlists[slot.playlist]) || programme.playlist;
}

/** When the playlist of now took over from another, if that may still matter. @param {Programme} programme @param {number} now @returns {number | null} */
export function changedAt(programme, now) {
  if (!programme.slots?.length) return null;
  const playlist = playlistAt(programme, now);
  let minute = now - (now % MINUTE_MS);
  for (let back = 0; back < MINUTES_BACK; back += 1, minute -= MINUTE_MS)
    if (playlistAt(programme, minute - 1) !== playlist) return minute;
  return null;
}

/**
 * What was on show at the change hangs until its end, and so much longer that what follows begins with a
 * whole scene; of a scene that stands longer than it takes to read, what is left may be enough.
 * @param {Show} before what was on show at the change @param {(at: number) => Show} after what the next
 * playlist shows at a moment
 * @returns {Show} as it hangs then
 */
export function rounded(before, after) {
  const ends = Number(before.endsAt);
  const next = after(ends);
  const left = Number(next.endsAt) - ends;
  const whole = next.startedAt === ends || (next.item && left >= readingTime({ item: next.item }));
  return { ...before, endsAt: whole ? ends : next.endsAt };
}
