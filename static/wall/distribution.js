// The good, the middling and the bad answers as one bar, each told by shape, colour, share and word.
/** @import { Band, Format, Metric, MetricName, Say } from "./types.d.ts" */

import { el } from "./dom.js";
import { spread } from "./labels.js";
import { BANDS, likeBand, percentages, shape } from "./shapes.js";

/** @type {Record<MetricName, Band[]>} */
const OF = {
  nps: BANDS,
  csat: ["satisfied", "neutral", "dissatisfied"],
  ces: ["easy", "neutral", "hard"],
};

/** @param {Pick<Metric, "kind" | "counts" | "share">} metric @param {Say} say @param {Format} format */
export function distribution({ kind, counts, share }, say, format) {
  const bands = OF[kind];
  const shares = sharesOf(
    bands.map((band) => counts[band] ?? 0),
    share,
  );
  const parts = bands.map((band, i) => {
    const part = el("span", `bar-part fill-${likeBand(band)}`);
    part.style.flexGrow = `${shares[i]}`;
    part.hidden = shares[i] === 0;
    return part;
  });
  const legends = bands.map((band, i) =>
    el(
      "li",
      "legend",
      el("span", "legend-share", shape(band, say), format.percent(shares[i] / 100)),
      el("span", "legend-word", say(`${kind === "nps" ? "bands" : "band"}.${band}`)),
    ),
  );
  return el("div", "distribution", el("div", "bar", ...parts), el("ul", "legends", ...legends));
}

/** Where the share of the good ones stands beside the bar, the bar says the same, and the others share the rest. @param {number[]} counts @param {number | null} [good] @returns {number[]} */
export function sharesOf(counts, good) {
  if (typeof good !== "number") return percentages(counts);
  return [good, ...percentages(counts.slice(1), 100 - good)];
}

/** Puts each legend under its part of the bar, or evenly where they would meet. @param {HTMLElement} scene */
export function settleDistribution(scene) {
  const all = /** @type {NodeListOf<HTMLElement>} */ (scene.querySelectorAll(".distribution"));
  for (const each of all) settleOne(each);
}

/** @param {HTMLElement} element */
function settleOne(element) {
  const list = /** @type {HTMLElement} */ (element.querySelector(".legends"));
  const legends = /** @type {HTMLElement[]} */ ([...list.children]);
  const parts = /** @type {HTMLElement[]} */ ([...element.querySelectorAll(".bar-part")]);
  if (!settled(list, legends, parts)) {
    list.classList.add("is-narrow");
    settled(list, legends, parts);
  }
}

/** @param {HTMLElement} list @param {HTMLElement[]} legends @param {HTMLElement[]} parts */
function settled(list, legends, parts) {
  const widths = legends.map((legend) => legend.offsetWidth);
  const gap = Number.parseFloat(getComputedStyle(list).fontSize) * 0.9;
  const starts = spread(
    parts.map((part) => part.offsetLeft),
    widths,
    gap,
    list.clientWidth,
  );
  for (const [i, legend] of legends.entries()) legend.style.left = `${starts?.[i] ?? 0}px`;
  return starts !== null;
}
