// Improvements on the time axis: a pole from the trend down to a label that covers nothing.
/** @import { Metric, TrendPoint } from "./types.d.ts" */
/** @import { Plot, Room } from "./chart.js" */

import { svg } from "./dom.js";
import { lanes } from "./labels.js";

/** Rows kept for labels under the plot. */
export const LANES = 2;
const MOST = 4;
const LONGEST = 28;
const DAY_MS = 86_400_000;

/** The latest improvements within the chart's time. @param {Plot} plot @param {Metric["improvements"]} improvements @param {Room} room */
export function improvementFlags(plot, improvements, room) {
  const shown = improvements
    .map(({ day, label }) => ({ x: plot.x(new Date(`${day}T00:00:00Z`)), text: shortened(label) }))
    .filter(({ x }) => x >= 0 && x <= plot.right)
    .slice(-MOST);
  const flags = shown.map(({ x, text }) => ({ x, width: room.measure(text) }));
  const { em } = room;
  const places = lanes(flags, { total: room.width, lanes: LANES, gap: em * 0.5, pad: em * 0.5 });
  return shown.flatMap(({ x, text }, i) => flag(plot, x, text, places[i]));
}

/** @param {Plot} plot @param {number} x @param {string} text @param {{ left: number, lane: number } | null} place */
function flag(plot, x, text, place) {
  const top = plot.y(scoreAt(plot, x));
  const dot = svg("circle", { class: "chart-flag-dot", cx: x, cy: top });
  if (!place) return [dot];
  const base = plot.bottom + (place.lane + 1) * plot.em * 1.4;
  return [
    svg("path", { class: "chart-pole", d: `M${x} ${top} V${base}` }),
    dot,
    svg("text", { class: "chart-flag", x: place.left, y: base }, text),
  ];
}

/** The trend between two points. @param {Plot} plot @param {number} x */
function scoreAt({ x: scale, known }, x) {
  const at = scale.invert(x).getTime();
  const time = (/** @type {TrendPoint} */ { day }) => new Date(`${day}T00:00:00Z`).getTime();
  const next = known.findIndex((point) => time(point) >= at);
  const after = known[next] ?? known[known.length - 1];
  const before = known[Math.max(0, next - 1)];
  const span = Math.max(DAY_MS, time(after) - time(before));
  const share = Math.min(1, Math.max(0, (at - time(before)) / span));
  return (before.score ?? 0) + share * ((after.score ?? 0) - (before.score ?? 0));
}

/** @param {string} label */
function shortened(label) {
  const letters = [...label];
  return letters.length > LONGEST
    ? `${letters
        .slice(0, LONGEST - 1)
        .join("")
        .trimEnd()}…`
    : label;
}
