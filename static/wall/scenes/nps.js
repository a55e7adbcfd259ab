// The score with its interval and number of answers, what it consists of, and how it has moved.
/** @import { Caption, Context, Metric } from "../types.d.ts" */

import { chart } from "../chart.js";
import { distribution, settleDistribution } from "../distribution.js";
import { el, svg } from "../dom.js";
import { fit } from "../fit.js";

const DAY_MS = 86_400_000;
const DRAW_MS = 1600;
const SETTLE_MS = 700;
/** The dots of "too few answers yet" stay countable. */
const MOST_DOTS = 60;

/** @param {Metric} metric @param {Context} context */
export function render(metric, context) {
  if (!metric.enough || metric.score === null) return tooFew(metric, context);
  const { say } = context;
  const figures = el(
    "div",
    "nps-figures",
    el("p", "nps-score", context.format.signed(metric.score)),
    el("p", "meta nps-interval", ...intervalOf(metric, context)),
    distribution(metric.counts, say, context.format),
  );
  const sentence = el("div", "nps-sentence", el("p", "nps-told", told(metric, context)));
  return el(
    "section",
    "scene nps",
    figures,
    el("div", "nps-trend", sentence, el("div", "nps-chart")),
  );
}

/** @param {Metric} metric @param {Context} context @returns {Caption} */
export function caption({ question, window_days: days, target }, { say, format, now }) {
  const subtitle = say("score.title", {
    metric: say("metric.nps"),
    days: format.number(days),
    count: days,
  });
  const goal = target && { score: format.signed(target.score), date: format.month(target.by, now) };
  const foot = goal ? [document.createTextNode(say("score.goal", goal))] : [];
  return { title: question || say("score.question"), subtitle, foot };
}

/** @param {HTMLElement} scene @param {Metric} metric @param {Context} context */
export function arrange(scene, metric, context) {
  settleDistribution(scene);
  const told = /** @type {HTMLElement | null} */ (scene.querySelector(".nps-told"));
  const room = /** @type {HTMLElement | null} */ (scene.querySelector(".nps-chart"));
  if (!told || !room) return undefined;
  const most = Number.parseFloat(getComputedStyle(told).fontSize);
  fit(told, /** @type {HTMLElement} */ (told.parentElement), { least: most * 0.6, most });
  const em = Number.parseFloat(getComputedStyle(room).fontSize);
  const { clientWidth: width, clientHeight: height } = room;
  const drawn = chart(metric, context, { width, height, em, measure: measureIn(room) });
  if (drawn) room.replaceChildren(drawn);
  if (drawn && context.programme.motion) drawOnce(room);
  return undefined;
}

/** The chart comes into sight from its beginning: a cover of the ground's colour draws back, once. @param {HTMLElement} room */
function drawOnce(room) {
  const cover = el("div", "chart-cover");
  room.append(cover);
  const drawing = cover.animate(
    { transform: ["scaleX(1)", "scaleX(0)"] },
    { duration: DRAW_MS, delay: SETTLE_MS, easing: "ease-in-out", fill: "both" },
  );
  drawing.onfinish = () => cover.remove();
}

/** @param {Metric} metric @param {Context} context */
function intervalOf({ low, high, n, as_of: asOf }, { say, format, now }) {
  const between = say("score.between", {
    low: format.signed(low ?? 0),
    high: format.signed(high ?? 0),
  });
  const lines = [between, say("score.answers", { n: format.number(n), count: n })];
  if (now - asOf > DAY_MS) {
    const day = new Date(asOf).toISOString().slice(0, 10);
    lines.push(say("score.as_of", { date: format.date(day, now) }));
  }
  return lines.map((line) => el("span", "", line));
}

/** The change in words. @param {Metric} metric @param {Context} context */
function told({ change }, { say, format }) {
  if (!change) return say("score.no_before");
  const params = {
    n: format.number(Math.abs(change.difference)),
    count: Math.abs(change.difference),
    days: format.number(change.against_days),
  };
  const keys = { up: "score.up", down: "score.down", none: "score.steady" };
  return say(keys[change.direction], params);
}

/** @param {Metric} metric @param {Context} context */
function tooFew({ n, minimum }, { say, format }) {
  const params = { n: format.number(n), minimum: format.number(minimum), count: n };
  return el(
    "section",
    "scene calm",
    el(
      "div",
      "calm-words",
      el("p", "calm-title", say("score.too_few", params)),
      minimum <= MOST_DOTS ? dots(n, minimum) : null,
      el("p", "calm-text", say("score.too_few_why", params)),
    ),
  );
}

/** One dot for each answer that is needed. @param {number} n @param {number} minimum */
function dots(n, minimum) {
  const size = { class: "dots", viewBox: `0 0 ${minimum * 12} 12`, "aria-hidden": "true" };
  const circles = Array.from({ length: minimum }, (_, i) =>
    svg("circle", { class: i < n ? "dot-here" : "dot-wanted", cx: i * 12 + 6, cy: 6, r: 4 }),
  );
  return svg("svg", size, ...circles);
}

/** @param {HTMLElement} element @returns {(text: string) => number} px */
function measureIn(element) {
  const pen = document.createElement("canvas").getContext("2d");
  const { fontWeight, fontSize, fontFamily } = getComputedStyle(element);
  if (pen) pen.font = `${fontWeight} ${fontSize} ${fontFamily}`;
  return (text) => pen?.measureText(text).width ?? 0;
}
