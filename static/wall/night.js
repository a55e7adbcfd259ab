// How bright the picture is, by the time of day on the screen's own wall clock.
/** @import { Programme } from "./types.d.ts" */

/** 1 is as it is, 0 is black. @param {Programme["night"]} night @param {number} minute of the local day */
export function brightness(night, minute) {
  if (!night) return 1;
  const [from, to] = [minutesOf(night.from), minutesOf(night.to)];
  const isNight = from < to ? minute >= from && minute < to : minute >= from || minute < to;
  return isNight ? night.percent / 100 : 1;
}

/** @param {string} time HH:MM */
function minutesOf(time) {
  const [hour, minute] = time.split(":").map(Number);
  return hour * 60 + minute;
}
