// The honest mix: which bands hang here, beside which bands answered.
/** @import { Context, Feeds, Metric, NpsBand } from "./types.d.ts" */

import { el, fill } from "./dom.js";
import { BANDS, likeBand, percentages, shape } from "./shapes.js";
import { countsOfTurns, quotesOf, turnsOf } from "./taking.js";

/** Mixes that are not the answers' own: they are named on the wall. */
const CHOSEN = ["newest", "equal"];

/** @param {Context} context @returns {Node[]} */
export function mixLine({ feeds, feed, now, say, format }) {
  const shown = bandsShown(feeds, feed);
  const all = BANDS.reduce((sum, band) => sum + shown[band], 0);
  if (all === 0) return [];
  const mode = chosen(feeds, say, feed);
  const answers = answersOf(feeds, feed);
  if (!answers) {
    const here = marked((band) => format.number(shown[band]), say);
    return [...fill(say("frame.shown", { count: all }), { shown: here }), ...mode];
  }
  const told = (/** @type {number[]} */ of) =>
    marked((band) => format.percent(of[BANDS.indexOf(band)] / 100), say);
  const turns = countsOfTurns(feeds, now, feed);
  const here = percentages(BANDS.map((band) => turns[band]));
  const both = { shown: told(here), answered: told(percentages(answers)) };
  return [...fill(say("frame.mix", { count: all }), both), ...mode];
}

/** Names a mix that somebody chose. @param {Feeds} feeds @param {Context["say"]} say @param {string | null} [feed] @returns {Node[]} */
export function chosen(feeds, say, feed = null) {
  const mode = turnsOf(quotesOf(feeds, feed)?.items ?? {})?.mode ?? "";
  if (!CHOSEN.includes(mode)) return [];
  return [el("span", "mix-chosen", say("frame.chosen", { mix: say(`mix.${mode}`) }))];
}

/** How the answers are shared out that a feed's quotes are held against: all of them, or the part that the feed tells of; null of too few. @param {Feeds} feeds @param {string | null} [feed] */
export function answersOf(feeds, feed = null) {
  const turns = turnsOf(quotesOf(feeds, feed)?.items ?? {});
  const shares = turns?.shares;
  if (turns?.about) return shares ? BANDS.map((band) => shares[band]) : null;
  const metric = metricOf(feeds);
  return metric?.enough ? BANDS.map((band) => metric.counts[band] ?? 0) : null;
}

/** That of all answers. @param {Feeds} feeds @returns {Metric | undefined} */
export function metricOf(feeds) {
  const items = [feeds.nps, ...Object.values(feeds)].flatMap((feed) =>
    Object.values(feed?.items ?? {}),
  );
  return /** @type {Metric | undefined} */ (items.find((item) => item.kind === "nps"));
}

/** @param {Feeds} feeds @param {string | null} [feed] @returns {Record<NpsBand, number>} */
export function bandsShown(feeds, feed = null) {
  const counts = { promoter: 0, passive: 0, detractor: 0 };
  for (const item of Object.values(quotesOf(feeds, feed)?.items ?? {})) {
    if (item.kind === "quote" && item.band) counts[likeBand(item.band)] += 1;
  }
  return counts;
}

/** @param {(band: NpsBand) => string} figure @param {Context["say"]} say */
function marked(figure, say) {
  const counts = BANDS.map((band) => el("span", "count", figure(band), shape(band, say, "plain")));
  return [el("span", "counts", ...counts)];
}
