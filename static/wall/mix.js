// The honest mix: which bands hang here, beside which bands answered.
/** @import { Context, Feeds, Metric, NpsBand } from "./types.d.ts" */

import { el, fill } from "./dom.js";
import { BANDS, likeBand, percentages, shape } from "./shapes.js";

/** @param {Context} context @returns {Node[]} */
export function mixLine({ feeds, say, format }) {
  const shown = bandsShown(feeds);
  const all = BANDS.reduce((sum, band) => sum + shown[band], 0);
  if (all === 0) return [];
  const metric = metricOf(feeds);
  const here = marked((band) => format.number(shown[band]), say);
  if (!metric?.enough) return fill(say("frame.shown", { count: all }), { shown: here });
  const shares = percentages(BANDS.map((band) => metric.counts[band] ?? 0));
  const answered = marked((band) => format.percent(shares[BANDS.indexOf(band)] / 100), say);
  return fill(say("frame.mix", { count: all }), { shown: here, answered });
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
