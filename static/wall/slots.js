// Which playlist hangs when, on the screen's own clock. Pure; signage/core/slots.py does the same, and
// tests/vectors/slots.json holds both together.
/** @import { Slot } from "./types.d.ts" */

import { knownZone } from "./format.js";

const DAY = 24 * 60;
const DAY_MS = 86_400_000;

/** @typedef {Record<string, string[]>} Calendar country → its holidays, YYYY-MM-DD */
/** @typedef {{ day: string, before: string, minute: number }} Local */

/**
 * The slot that hangs at `at`; null: the default does. What the wall clock says decides: an hour that
 * comes twice plays twice, one that is left out does not play.
 * @template {Slot} S
 * @param {S[]} slots @param {number} at ms @param {string} timezone @param {Calendar} calendar @returns {S | null}
 */
export function playing(slots, at, timezone, calendar) {
  const local = localTime(at, timezone);
  /** @type {S | null} */
  let found = null;
  for (const slot of slots)
    if ((!found || slot.priority > found.priority) && covers(slot, local, calendar)) found = slot;
  return found;
}

/** @param {Slot} slot @param {Local} local @param {Calendar} calendar */
function covers(slot, { day, before, minute }, calendar) {
  const begin = minutesOf(slot.from);
  const ends = minutesOf(slot.to);
  const end = ends > begin ? ends : ends + DAY;
  if (begin <= minute && minute < end && beginsOn(slot, day, calendar)) return true;
  return minute < end - DAY && beginsOn(slot, before, calendar);
}

/** @param {Slot} slot @param {string} day @param {Calendar} calendar */
function beginsOn(slot, day, calendar) {
  if (!slot.days.includes(weekday(day))) return false;
  if ((slot.first && day < slot.first) || (slot.last && day > slot.last)) return false;
  if (!slot.holidays) return true;
  const isHoliday = calendar[slot.country ?? ""]?.includes(day) ?? false;
  return isHoliday === (slot.holidays === "only");
}

/** 0 is Monday. @param {string} day */
function weekday(day) {
  return (new Date(day).getUTCDay() + 6) % 7;
}

/** @param {string} time HH:MM */
function minutesOf(time) {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

/** @param {number} at @param {string} timezone @returns {Local} */
function localTime(at, timezone) {
  /** @type {Record<string, string>} */
  const told = {};
  for (const { type, value } of clockOf(timezone).formatToParts(at)) told[type] = value;
  const day = `${told.year}-${told.month}-${told.day}`;
  const before = new Date(new Date(day).getTime() - DAY_MS).toISOString().slice(0, 10);
  return { day, before, minute: minutesOf(`${told.hour}:${told.minute}`) };
}

/** @type {Map<string, Intl.DateTimeFormat>} */
const clocks = new Map();

/** Made once for each zone: making it takes a hundred times as long as asking it. @param {string} timezone */
function clockOf(timezone) {
  const known = clocks.get(timezone);
  if (known) return known;
  const clock = new Intl.DateTimeFormat("en-US", {
    timeZone: knownZone(timezone),
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  clocks.set(timezone, clock);
  return clock;
}
