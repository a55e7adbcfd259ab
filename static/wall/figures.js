// A score as its metric is written: NPS with its sign, CSAT in per cent, CES with one decimal.
/** @import { Context, Format, MetricName } from "./types.d.ts" */

import { localDay } from "./format.js";

const DAY_MS = 86_400_000;
/** So many touchpoints are named; of the others it is told how many they are. */
const NAMED = 2;

/** @param {MetricName} metric @param {Format} format @returns {(score: number) => string} */
export function figuresOf(metric, format) {
  if (metric === "csat") return (score) => format.percent(score / 100);
  return metric === "ces" ? format.decimal : format.signed;
}

/** What a figure is and of which part of the answers: where there is no room for long names, they are cut. @param {{ about?: string[] }} figure @param {string} told */
export function ofPart({ about = [] }, told) {
  if (about.length === 0) return told;
  const more = about.length > NAMED ? ` +${about.length - NAMED}` : "";
  return `${told} · ${about.slice(0, NAMED).join(", ")}${more}`;
}

/** As of which day figures are that are no longer new: nothing else would tell. @param {number} at ms @param {Context} context @returns {string | null} */
export function staleOf(at, { programme, now, say, format }) {
  if (now - at <= DAY_MS) return null;
  return say("score.as_of", { date: format.date(localDay(at, programme.timezone), now) });
}
