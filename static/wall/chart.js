// The trend with its 95 % band, the target and the improvements where they happened.
/** @import { Context, Metric, TrendPoint } from "./types.d.ts" */

import { area, curveMonotoneX, line, scaleLinear, scaleUtc } from "../vendor/d3.js";
import { svg } from "./dom.js";
import { figuresOf } from "./figures.js";
import { improvementFlags, LANES } from "./flags.js";

/** A trend is drawn from this many known points on. */
const FEWEST_POINTS = 2;
/** Parts of a line of text. */
const TICK_GAP = 5;
const ROW = 1.5;

/**
 * @typedef {object} Room
 * @property {number} width px
 * @property {number} height px
 * @property {number} em px, the size of the chart's own text
 * @property {(text: string) => number} measure the width of a text, px
 */

/** Null when there is no trend to draw. @param {Metric} metric @param {Context} context @param {Room} room @returns {SVGElement | null} */
export function chart(metric, context, room) {
  const known = metric.trend.filter(isKnown);
  if (known.length < FEWEST_POINTS) return null;
  const { say } = context;
  const plot = plotOf(metric, known, context, room);
  const label = say("score.chart", {
    metric: say(`metric.${metric.kind}`),
    first: context.format.date(known[0].day, context.now),
    last: context.format.date(known[known.length - 1].day, context.now),
  });
  const size = {
    viewBox: `0 0 ${room.width} ${room.height}`,
    width: room.width,
    height: room.height,
  };
  return svg(
    "svg",
    { class: "chart", role: "img", "aria-label": label, ...size },
    ...scores(plot),
    ...band(plot),
    ...target(plot),
    ...trend(plot),
    ...months(plot, context, room),
    ...improvementFlags(plot, metric.improvements, room),
  );
}

/** @typedef {ReturnType<typeof plotOf>} Plot */

/** @param {Metric} metric @param {TrendPoint[]} known @param {Context} context @param {Room} room */
function plotOf(metric, known, { say, format }, room) {
  const lows = known.map((point) => point.low ?? Number(point.score));
  const highs = known.map((point) => point.high ?? Number(point.score));
  const goal = metric.target ? [metric.target.score] : [];
  const y = scaleLinear([Math.min(...lows, ...goal), Math.max(...highs, ...goal)], [0, 1]).nice(3);
  const figure = figuresOf(metric.kind, format);
  const ticks = y.ticks(3).map((score) => ({ score, text: figure(score) }));
  const aim = metric.target && {
    score: metric.target.score,
    text: say("score.target", { score: figure(metric.target.score) }),
  };
  const texts = [...ticks.map(({ text }) => text), ...(aim ? [aim.text] : [])];
  const right = room.width - Math.max(...texts.map(room.measure)) - room.em * 0.8;
  const flagged = metric.improvements.length > 0 ? LANES * ROW * room.em : 0;
  const bottom = room.height - ROW * room.em - flagged;
  y.range([bottom, room.em * 0.5]);
  const x = scaleUtc([date(known[0].day), date(known[known.length - 1].day)], [0, right]);
  const em = room.em;
  return { x, y, points: metric.trend, known, ticks, aim, right, bottom, em, height: room.height };
}

/** @param {Plot} plot */
function scores({ y, ticks, aim, right, em }) {
  const clear = ticks.filter(({ score }) => !aim || Math.abs(y(score) - y(aim.score)) > em * 1.3);
  return clear.flatMap(({ score, text }) => [
    svg("path", { class: "chart-rule", d: `M0 ${y(score)} H${right}` }),
    svg("text", { class: "chart-text", x: right + em * 0.7, y: y(score), dy: "0.36em" }, text),
  ]);
}

/** @param {Plot} plot */
function target({ y, aim, right, em }) {
  if (!aim) return [];
  return [
    svg("path", { class: "chart-target", d: `M0 ${y(aim.score)} H${right}` }),
    svg(
      "text",
      { class: "chart-text", x: right + em * 0.7, y: y(aim.score), dy: "0.36em" },
      aim.text,
    ),
  ];
}

/** @param {Plot} plot */
function band({ x, y, points }) {
  const shape = area(
    (/** @type {TrendPoint} */ point) => x(date(point.day)),
    ({ low, score }) => y(low ?? score ?? 0),
    ({ high, score }) => y(high ?? score ?? 0),
  )
    .defined(isKnown)
    .curve(curveMonotoneX);
  return [
    svg("path", { class: "chart-band", d: shape(points) ?? "" }),
    svg("path", { class: "chart-edge", d: shape.lineY0()(points) ?? "" }),
    svg("path", { class: "chart-edge", d: shape.lineY1()(points) ?? "" }),
  ];
}

/** @param {Plot} plot */
function trend({ x, y, points, known }) {
  const path = line(
    (/** @type {TrendPoint} */ point) => x(date(point.day)),
    ({ score }) => y(score ?? 0),
  )
    .defined(isKnown)
    .curve(curveMonotoneX);
  const last = known[known.length - 1];
  return [
    svg("path", { class: "chart-line", d: path(points) ?? "" }),
    svg("circle", { class: "chart-dot", cx: x(date(last.day)), cy: y(last.score ?? 0) }),
  ];
}

/** @param {TrendPoint} point */
function isKnown(point) {
  return point.score !== null;
}

/** The first of a month, as many as stand apart. @param {Plot} plot @param {Context} context @param {Room} room */
function months({ x, em, right, height }, { format }, { measure }) {
  const most = Math.max(2, Math.floor(right / (TICK_GAP * em)));
  return x
    .ticks(most)
    .filter((/** @type {Date} */ at) => at.getUTCDate() === 1)
    .map((/** @type {Date} */ at) => ({ at, text: format.monthTick(at) }))
    .filter(({ at, text }) => x(at) + measure(text) <= right + em * 3)
    .map(({ at, text }) =>
      svg("text", { class: "chart-text", x: x(at), y: height - em * 0.35 }, text),
    );
}

/** @param {string} day YYYY-MM-DD */
export function date(day) {
  return new Date(`${day}T00:00:00Z`);
}
