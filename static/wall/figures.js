// A score as its metric is written: NPS with its sign, CSAT in per cent, CES with one decimal.
/** @import { Format, MetricName } from "./types.d.ts" */

/** @param {MetricName} metric @param {Format} format @returns {(score: number) => string} */
export function figuresOf(metric, format) {
  if (metric === "csat") return (score) => format.percent(score / 100);
  return metric === "ces" ? format.decimal : format.signed;
}

/** Of which part of the answers a figure is, before what it is. @param {{ about?: string[] }} figure @param {string} told */
export function ofPart({ about = [] }, told) {
  return about.length > 0 ? `${about.join(", ")} · ${told}` : told;
}
