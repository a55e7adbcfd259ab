// Whether the words that hang here were chosen fairly: who is quoted, beside who answered.
/** @import { Caption, Context, Mix, NpsBand } from "../types.d.ts" */

import { distribution, settleDistribution } from "../distribution.js";
import { el } from "../dom.js";
import { staleOf } from "../figures.js";
import { bandsShown, chosen, metricOf } from "../mix.js";
import { BANDS, percentages } from "../shapes.js";
import { countsOfTurns } from "../taking.js";
import { calm } from "./calm.js";

/** So many points apart, two mixes are told to be the same. */
const SAME = 5;

/** @param {Mix} _mix @param {Context} context */
export function render(_mix, { feeds, now, say, format }) {
  const quotes = bandsShown(feeds);
  const quoted = countsOfTurns(feeds, now);
  const answered = metricOf(feeds)?.counts ?? {};
  const n = (/** @type {Partial<Record<string, number>>} */ counts) =>
    BANDS.reduce((sum, band) => sum + (counts[band] ?? 0), 0);
  if (n(quoted) === 0 || n(answered) === 0) return calm(say("mix.none"), say("mix.none_why"));
  const side = (
    /** @type {string} */ title,
    /** @type {Partial<Record<NpsBand, number>>} */ counts,
  ) =>
    el(
      "div",
      "mix-side",
      el("p", "mix-title", title),
      distribution({ kind: "nps", counts }, say, format),
    );
  const texts = {
    quoted: say("mix.quoted", { n: format.number(n(quotes)), count: n(quotes) }),
    answered: say("mix.answered", { n: format.number(n(answered)), count: n(answered) }),
  };
  return el(
    "section",
    "scene mix",
    el("p", "mix-told", told(quoted, answered, say)),
    side(texts.quoted, quoted),
    side(texts.answered, answered),
  );
}

/** @param {Mix} mix @param {Context} context @returns {Caption} */
export function caption({ window_days: days }, context) {
  const { feeds, say, format } = context;
  const answered = metricOf(feeds);
  const stale = answered ? staleOf(answered.as_of, context) : null;
  const subtitle = say("score.title", {
    metric: say("metric.nps"),
    days: format.number(days),
    count: days,
  });
  const foot = [...(stale ? [el("span", "", stale)] : []), ...chosen(feeds, say)];
  return { title: say("mix.title"), subtitle, foot };
}

/** @param {HTMLElement} scene */
export function arrange(scene) {
  settleDistribution(scene);
  return undefined;
}

/** The largest difference in words. @param {Record<NpsBand, number>} quoted @param {Partial<Record<string, number>>} answered @param {Context["say"]} say */
function told(quoted, answered, say) {
  const here = percentages(BANDS.map((band) => quoted[band]));
  const there = percentages(BANDS.map((band) => answered[band] ?? 0));
  const missing = BANDS.map((band, i) => ({ band, points: there[i] - here[i] })).sort(
    (a, b) => b.points - a.points,
  )[0];
  return missing.points <= SAME ? say("mix.same") : say(`mix.less.${missing.band}`);
}
