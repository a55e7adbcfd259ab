// The honest mix: which bands hang here, beside which bands answered.
/** @import { Context, Feeds, Metric, NpsBand } from "./types.d.ts" */

import { el, fill } from "./dom.js";
import { BANDS, likeBand, percentages, shape } from "./shapes.js";
import { countsOfTurns, quotesOf, turnsOf } from "./taking.js";

/** Mixes that are not the answers' own: they are named on the wall. */
const CHOSEN = ["newest", "equal"];

/** @param {Context} context @returns {Node[]} */
export function mixLine({ feeds, now, say, format }) {
  const shown = bandsShown(feeds);
  const all = BANDS.reduce((sum, band) => sum + shown[band], 0);
  if (all === 0) return [];
  const metric = metricOf(feeds);
  if (!metric?.enough) {
    const here = marked((band) => format.number(shown[band]), say);
    return [...fill(say("frame.shown", { count: all }), { shown: here }), ...chosen(feeds, say)];
  }
  const shares = percentages(BANDS.map((band) => metric.counts[band] ?? 0));
  const told = (/** @type {number[]} */ of) =>
    marked((band) => format.percent(of[BANDS.indexOf(band)] / 100), say);
  const turns = countsOfTurns(feeds, now);
  const here = percentages(BANDS.map((band) => turns[band]));
  const both = { shown: told(here), answered: told(shares) };
  return [...fill(say("frame.mix", { count: all }), both), ...chosen(feeds, say)];
}

/** Names a mix that somebody chose. @param {Feeds} feeds @param {Context["say"]} say @returns {Node[]} */
export function chosen(feeds, say) {
  const mode = turnsOf(quotesOf(feeds)?.items ?? {})?.mode ?? "";
  if (!CHOSEN.includes(mode)) return [];
  return [el("span", "mix-chosen", say("frame.chosen", { mix: say(`mix.${mode}`) }))];
}

/** @param {Feeds} feeds @returns {Metric | undefined} */
export function metricOf(feeds) {
  const items = Object.values(feeds).flatMap((feed) => Object.values(feed.items));
  return /** @type {Metric | undefined} */ (items.find((item) => item.kind === "nps"));
}

/** @param {Feeds} feeds @returns {Record<NpsBand, number>} */
export function bandsShown(feeds) {
  const counts = { promoter: 0, passive: 0, detractor: 0 };
  for (const item of Object.values(feeds).flatMap((feed) => Object.values(feed.items))) {
    if (item.kind === "quote" && item.band) counts[likeBand(item.band)] += 1;
  }
  return counts;
}

/** @param {(band: NpsBand) => string} figure @param {Context["say"]} say */
function marked(figure, say) {
  const counts = BANDS.map((band) => el("span", "count", figure(band), shape(band, say, "plain")));
  return [el("span", "counts", ...counts)];
}
