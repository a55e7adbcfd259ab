// Each touchpoint of the journey with its score and interval on one common scale; those that stand out
// from the others by more than chance are named.
/** @import { Caption, Context, Stop, Touchpoints } from "../types.d.ts" */

import { scaleLinear } from "../../vendor/d3.js";
import { el, svg } from "../dom.js";
import { figuresOf, ofPart, staleOf } from "../figures.js";
import { fitTold } from "../least.js";
import { shape } from "../shapes.js";
import { calm } from "./calm.js";

/** @type {Record<"pain" | "truth", "detractor" | "promoter">} */
const LIKE = { pain: "detractor", truth: "promoter" };

/** @param {Touchpoints} body @param {Context} context */
export function render(body, context) {
  const { say, format } = context;
  const known = body.points.filter(({ score }) => score !== null);
  if (known.length === 0) {
    const least = { minimum: format.number(body.minimum), count: body.minimum };
    return calm(say("touchpoints.too_few"), say("score.too_few_why", least));
  }
  const place = placeOf(body, known);
  const told = el("div", "stops-sentence", el("p", "stops-told", sentence(known, say)));
  const rows = body.points.map((point) => row(point, body, place, context));
  const list = el("ul", "stops-rows", ...rows);
  list.style.setProperty("--rows", `${rows.length}`);
  return el("section", "scene stops", told, list);
}

/** @param {Touchpoints} body @param {Context} context @returns {Caption} */
export function caption(body, context) {
  const { say, format } = context;
  const days = { days: format.number(body.window_days), count: body.window_days };
  const subtitle = ofPart(
    body,
    say("score.title", { metric: say(`metric.${body.metric}`), ...days }),
  );
  const all = body.together;
  const foot =
    all === null
      ? []
      : [say("touchpoints.together", { score: figuresOf(body.metric, format)(all) })];
  if (body.more > 0)
    foot.push(say("touchpoints.more", { n: format.number(body.more), count: body.more }));
  const stale = staleOf(body.as_of, context);
  if (stale) foot.push(stale);
  return {
    title: say("touchpoints.title"),
    subtitle,
    foot: foot.map((text) => el("span", "foot-part", text)),
  };
}

/** @param {HTMLElement} scene @param {Touchpoints} _body @param {Context} context */
export function arrange(scene, _body, { programme }) {
  const told = /** @type {HTMLElement | null} */ (scene.querySelector(".stops-told"));
  if (told) fitTold(told, scene, programme);
  return undefined;
}

/** Where a score stands on the common scale, in per cent of its length. @param {Touchpoints} body @param {Stop[]} known */
function placeOf({ together }, known) {
  const ends = known.flatMap(({ low, high }) => [low ?? 0, high ?? 0]);
  const all = together === null ? ends : [...ends, together];
  return scaleLinear([Math.min(...all), Math.max(...all)], [2, 98]);
}

/** @param {Stop} point @param {Touchpoints} body @param {(score: number) => number} place @param {Context} context */
function row(
  { name, n, score, low, high, standing },
  { metric, together, minimum },
  place,
  { say, format },
) {
  const label = el("p", "stop-name", el("bdi", "", name));
  const aside = standing
    ? el(
        "span",
        `stop-standing ink-${LIKE[standing]}`,
        mark(standing, say),
        say(`touchpoints.${standing}`),
      )
    : null;
  const named = el("div", "stop-label", label, aside);
  const figure = figuresOf(metric, format);
  const told =
    score === null
      ? say("touchpoints.few", { n: format.number(n), minimum: format.number(minimum), count: n })
      : figure(score);
  const value = el("p", score === null ? "stop-few" : "stop-score", told);
  const line = track({ score, low, high, standing }, together, place);
  return el("li", standing ? `stop is-${standing}` : "stop", named, line, value);
}

/** @param {Pick<Stop, "score" | "low" | "high" | "standing">} point @param {number | null} together @param {(score: number) => number} place */
function track({ score, low, high, standing }, together, place) {
  const at = (/** @type {number} */ value) => `${place(value).toFixed(2)}%`;
  const all =
    together === null
      ? []
      : [svg("line", { class: "stop-all", x1: at(together), x2: at(together), y1: 0, y2: "100%" })];
  const own =
    score === null
      ? []
      : [
          svg("line", {
            class: "stop-interval",
            x1: at(low ?? score),
            x2: at(high ?? score),
            y1: "50%",
            y2: "50%",
          }),
          svg("circle", {
            class: `stop-dot ${standing ? `dot-${standing}` : ""}`,
            cx: at(score),
            cy: "50%",
          }),
        ];
  return svg("svg", { class: "stop-track", "aria-hidden": "true" }, ...all, ...own);
}

/** The band's shape without its word: the word beside it is another. @param {"pain" | "truth"} standing @param {Context["say"]} say */
function mark(standing, say) {
  const drawn = shape(LIKE[standing], say);
  drawn.removeAttribute("role");
  drawn.removeAttribute("aria-label");
  drawn.setAttribute("aria-hidden", "true");
  return drawn;
}

/** Which stand out, in words. @param {Stop[]} known @param {Context["say"]} say */
function sentence(known, say) {
  const standing = (/** @type {"pain" | "truth"} */ kind, /** @type {1 | -1} */ way) =>
    known
      .filter((point) => point.standing === kind)
      .sort((a, b) => way * (Number(a.score) - Number(b.score)))[0]?.name;
  const [pain, truth] = [standing("pain", 1), standing("truth", -1)];
  if (pain && truth) return say("touchpoints.both", { pain, truth });
  if (pain) return say("touchpoints.lowest", { pain });
  return truth ? say("touchpoints.highest", { truth }) : say("touchpoints.none");
}
