// Bands are told by shape, colour and word. The shapes are drawn, so that no font can lack them.
/** @import { Band, Say } from "./types.d.ts" */

import { svg } from "./dom.js";

/** @type {Record<Band, [string, Record<string, string | number>]>} */
const SHAPES = {
  promoter: ["path", { d: "M10 2 L19 18 H1 Z" }],
  passive: ["circle", { cx: 10, cy: 10, r: 8 }],
  detractor: ["path", { d: "M10 18 L1 2 H19 Z" }],
};

/** @type {Band[]} */
export const BANDS = ["promoter", "passive", "detractor"];

/** @param {Band} band @param {Say} say @param {"coloured" | "plain"} [ink] */
export function shape(band, say, ink = "coloured") {
  const [tag, attributes] = SHAPES[band];
  const name = ink === "coloured" ? `shape ink-${band}` : "shape";
  const label = say(`band.${band}`);
  return svg(
    "svg",
    { class: name, viewBox: "0 0 20 20", role: "img", "aria-label": label },
    svg(tag, attributes),
  );
}

/** Whole percentages that add up to 100 (largest remainder). @param {number[]} counts @returns {number[]} */
export function percentages(counts) {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return counts.map(() => 0);
  const exact = counts.map((count) => (count / total) * 100);
  const whole = exact.map(Math.floor);
  const missing = 100 - whole.reduce((sum, share) => sum + share, 0);
  const byRemainder = exact
    .map((share, i) => ({ i, rest: share - whole[i] }))
    .sort((a, b) => b.rest - a.rest);
  for (const { i } of byRemainder.slice(0, missing)) whole[i] += 1;
  return whole;
}
