// The score with its interval and number of answers, what it consists of, and how it has moved.
/** @import { Caption, Context, Metric } from "../types.d.ts" */

import { calmly } from "../calm.js";
import { chart } from "../chart.js";
import { distribution, settleDistribution } from "../distribution.js";
import { el, svg } from "../dom.js";
import { figuresOf, ofPart, staleOf } from "../figures.js";
import { fitTold } from "../least.js";

const DRAW_MS = 900;
const SETTLE_MS = 500;
/** The dots of "too few answers yet" stay countable. */
const MOST_DOTS = 60;

/** @param {Metric} metric @param {Context} context */
export function render(metric, context) {
  if (!metric.enough || metric.score === null) return tooFew(metric, context);
  const { say, format } = context;
  const figures = el(
    "div",
    "metric-figures",
    scoreOf(figuresOf(metric.kind, format)(metric.score)),
    el("p", "meta metric-interval", ...intervalOf(metric, context)),
    distribution(metric, say, format),
  );
  const sentence = el("div", "metric-sentence", el("p", "metric-told", told(metric, context)));
  return el(
    "section",
    "scene metric",
    figures,
    el("div", "metric-trend", sentence, el("div", "metric-chart")),
  );
}

/** The more letters, the smaller: "−100" and "100 %" stand in the same column as "+27". @param {string} text */
function scoreOf(text) {
  const score = el("p", "metric-score", text);
  score.style.setProperty("--letters", `${text.length}`);
  return score;
}

/** @param {Metric} metric @param {Context} context @returns {Caption} */
export function caption(metric, { say, format, now }) {
  const { kind, question, window_days: days, target } = metric;
  const subtitle = ofPart(
    metric,
    say("score.title", { metric: say(`metric.${kind}`), days: format.number(days), count: days }),
  );
  const goal = target && { score: format.signed(target.score), date: format.date(target.by, now) };
  const foot = goal ? [document.createTextNode(say("score.goal", goal))] : [];
  return { title: question || say(`score.question.${kind}`), subtitle, foot };
}

/** @param {HTMLElement} scene @param {Metric} metric @param {Context} context */
export async function arrange(scene, metric, context) {
  const rest = calmly();
  settleDistribution(scene);
  const told = /** @type {HTMLElement | null} */ (scene.querySelector(".metric-told"));
  const room = /** @type {HTMLElement | null} */ (scene.querySelector(".metric-chart"));
  if (!told || !room) return undefined;
  fitTold(told, scene, context.programme);
  await rest();
  const em = Number.parseFloat(getComputedStyle(room).fontSize);
  const { clientWidth: width, clientHeight: height } = room;
  const drawn = chart(metric, context, { width, height, em, measure: measureIn(room) });
  await rest();
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
function intervalOf(metric, context) {
  const { say, format } = context;
  const { kind, low, high, n } = metric;
  const figure = figuresOf(kind, format);
  const between = say("score.between", { low: figure(low ?? 0), high: figure(high ?? 0) });
  const lines = [between, say("score.answers", { n: format.number(n), count: n })];
  const stale = staleOf(metric.as_of, context);
  if (stale) lines.push(stale);
  const spans = lines.map((line) => el("span", "", line));
  const meant = meaning(metric, say, format);
  return meant ? [...spans, el("span", "metric-meaning", meant)] : spans;
}

/** What the figure is made of, and the other way of counting the same answers. @param {Metric} metric @param {Context["say"]} say @param {Context["format"]} format */
function meaning({ kind, mean, share }, say, format) {
  if (kind === "nps" || typeof mean !== "number" || typeof share !== "number") return null;
  return say(`score.meaning.${kind}`, {
    mean: format.decimal(mean),
    share: format.percent(share / 100),
  });
}

/** The change in words. @param {Metric} metric @param {Context} context */
function told({ kind, change }, { say, format }) {
  if (!change) return say("score.no_before");
  const difference = Math.abs(change.difference);
  const params = {
    n: kind === "ces" ? format.decimal(difference) : format.number(difference),
    count: difference,
    days: format.number(change.against_days),
  };
  if (change.direction === "none") return say("score.steady", params);
  return say(`score.${change.direction}${kind === "csat" ? "_points" : ""}`, params);
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

/** Made once: that takes longer than all its measuring. @type {CanvasRenderingContext2D | null} */
let pen = null;

/** @param {HTMLElement} element @returns {(text: string) => number} px */
function measureIn(element) {
  pen ??= document.createElement("canvas").getContext("2d");
  const { fontWeight, fontSize, fontFamily } = getComputedStyle(element);
  if (pen) pen.font = `${fontWeight} ${fontSize} ${fontFamily}`;
  return (text) => pen?.measureText(text).width ?? 0;
}
