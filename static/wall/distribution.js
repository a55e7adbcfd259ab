// Promoters, passives and detractors as one bar, each told by shape, colour, share and word.
/** @import { Format, NpsBand, Say } from "./types.d.ts" */

import { el } from "./dom.js";
import { spread } from "./labels.js";
import { BANDS, percentages, shape } from "./shapes.js";

/** @param {Record<NpsBand, number>} counts @param {Say} say @param {Format} format */
export function distribution(counts, say, format) {
  const shares = percentages(BANDS.map((band) => counts[band]));
  const parts = BANDS.map((band, i) => {
    const part = el("span", `bar-part fill-${band}`);
    part.style.flexGrow = `${shares[i]}`;
    part.hidden = shares[i] === 0;
    return part;
  });
  const legends = BANDS.map((band, i) =>
    el(
      "li",
      "legend",
      el("span", "legend-share", shape(band, say), format.percent(shares[i] / 100)),
      el("span", "legend-word", say(`bands.${band}`)),
    ),
  );
  return el("div", "distribution", el("div", "bar", ...parts), el("ul", "legends", ...legends));
}

/** Puts each legend under its part of the bar, or evenly where they would meet. @param {HTMLElement} scene */
export function settleDistribution(scene) {
  const list = /** @type {HTMLElement | null} */ (scene.querySelector(".legends"));
  if (!list) return;
  const legends = /** @type {HTMLElement[]} */ ([...list.children]);
  const parts = /** @type {HTMLElement[]} */ ([...scene.querySelectorAll(".bar-part")]);
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
