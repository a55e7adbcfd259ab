// Bands are told by shape, colour and word. The shapes are drawn, so that no font can lack them.
/** @import { Band, NpsBand, Say } from "./types.d.ts" */

import { svg } from "./dom.js";

/** @type {Record<NpsBand, [string, Record<string, string | number>]>} */
const SHAPES = {
  promoter: ["path", { d: "M10 2 L19 18 H1 Z" }],
  passive: ["circle", { cx: 10, cy: 10, r: 8 }],
  detractor: ["path", { d: "M10 18 L1 2 H19 Z" }],
};

/** @type {Record<Band, NpsBand>} */
const LIKE = {
  promoter: "promoter",
  satisfied: "promoter",
  easy: "promoter",
  passive: "passive",
  neutral: "passive",
  detractor: "detractor",
  dissatisfied: "detractor",
  hard: "detractor",
};

/** @type {NpsBand[]} */
export const BANDS = ["promoter", "passive", "detractor"];

/** The band of the same colour and shape in NPS. @param {Band} band @returns {NpsBand} */
export function likeBand(band) {
  return LIKE[band];
}

/** @param {Band} band @param {Say} say @param {"coloured" | "plain"} [ink] */
export function shape(band, say, ink = "coloured") {
  const like = likeBand(band);
  const [tag, attributes] = SHAPES[like];
  const name = ink === "coloured" ? `shape ink-${like}` : "shape";
  const label = { role: "img", "aria-label": say(`band.${band}`) };
  return svg("svg", { class: name, viewBox: "0 0 20 20", ...label }, svg(tag, attributes));
}

/** Whole percentages that add up to `all` (largest remainder). @param {number[]} counts @returns {number[]} */
export function percentages(counts, all = 100) {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return counts.map(() => 0);
  const exact = counts.map((count) => (count / total) * all);
  const whole = exact.map(Math.floor);
  const missing = all - whole.reduce((sum, share) => sum + share, 0);
  const byRemainder = exact
    .map((share, i) => ({ i, rest: share - whole[i] }))
    .sort((a, b) => b.rest - a.rest);
  for (const { i } of byRemainder.slice(0, missing)) whole[i] += 1;
  return whole;
}
