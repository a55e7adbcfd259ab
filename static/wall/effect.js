// A score before and after, and whether the difference is more than chance would make.
/** @import { Effect, Format, Say } from "./types.d.ts" */

import { el, svg } from "./dom.js";

/** @param {Effect} effect @param {Say} say @param {Format} format */
export function effectOf(
  { metric, before, after, direction, days, days_after: since },
  say,
  format,
) {
  const [from, to] = [format.signed(before.score), format.signed(after.score)];
  const figures = el(
    "p",
    "effect-figures",
    el("span", "", from),
    arrow(),
    el("span", `ink-${direction}`, to),
  );
  figures.setAttribute("role", "img");
  figures.setAttribute("aria-label", say("effect.label", { before: from, after: to }));
  const key = direction === "none" ? "effect.chance" : "effect.real";
  const told = say(key, {
    metric: say(`metric.${metric}`),
    days: format.number(days),
    after: format.number(since),
    count: days,
  });
  const counts = { before: format.number(before.n), after: format.number(after.n), count: after.n };
  return el(
    "div",
    "effect",
    figures,
    el("p", "meta", told),
    el("p", "meta meta-quiet", say("effect.answers", counts)),
  );
}

function arrow() {
  const line = svg("path", { d: "M2 12 H45 M33 2 L45 12 L33 22" });
  return svg("svg", { class: "arrow", viewBox: "0 0 48 24", "aria-hidden": "true" }, line);
}
