// You said, we did: the customer's words, what was done about them, and what has been measured since.
/** @import { Arrangement, Caption, Context, Improvement, Said, Summary } from "../types.d.ts" */

import { dotted, el } from "../dom.js";
import { effectOf } from "../effect.js";
import { localDay } from "../format.js";
import { leastOf } from "../least.js";
import { quotationMarks } from "../marks.js";
import { setPaged } from "../paged.js";
import { piecesOf } from "../pieces.js";
import { scoreOf } from "../score.js";

/** Largest sizes, in hundredths of the stage's short side. */
const MOST = { said: 6, did: 8.4, alone: 10.5 };

/** The customers' words beside what was done. */
export const italic = true;

/** @param {Improvement} improvement @param {Context} context */
export function render(improvement, context) {
  const scene = el("section", "scene improvement", didOf(improvement, context));
  if (improvement.said) scene.prepend(saidOf(improvement.said, context));
  else scene.classList.add("is-alone");
  return scene;
}

/** @param {Improvement} improvement @param {Context} context @returns {Caption} */
export function caption(improvement, { feeds, say, format }) {
  const items = Object.values(feeds).flatMap((feed) => Object.values(feed.items));
  const summary = /** @type {Summary | undefined} */ (items.find(({ kind }) => kind === "summary"));
  const foot = summary
    ? [
        counted("improvement.this_year", summary.done_this_year, say, format),
        counted("improvement.under_way", summary.under_way, say, format),
      ]
    : [];
  return { title: say("improvement.title"), subtitle: improvement.touchpoint, foot: dotted(foot) };
}

/** @param {HTMLElement} scene @param {Improvement} improvement @param {Context} context @returns {Promise<Arrangement>} */
export async function arrange(scene, improvement, context) {
  scene.classList.add("is-measured");
  const { said, did } = improvement;
  const didPages = await setIn(scene, "did", did, context, said ? MOST.did : MOST.alone);
  const saidPages = said ? await setSaid(scene, said, context) : didPages;
  scene.classList.remove("is-measured");
  const longer = saidPages.shares.length > didPages.shares.length ? saidPages : didPages;
  return {
    shares: longer.shares,
    turn: (page) => {
      for (const pages of new Set([saidPages, didPages]))
        if (pages.shares.length > 1) pages.turn(page);
    },
  };
}

/** @param {Said & { more: number }} said @param {Context} context */
function saidOf(said, { say, format, now }) {
  const { pieces } = said;
  // Set as it fits by arrange(); faces are looked for by what stands here.
  const words = el("blockquote", "said-words", ...piecesOf(pieces, say));
  words.dir = "auto";
  if (said.language) words.lang = said.language;
  const { more: n } = said;
  const more = n > 0 ? el("span", "", counted("improvement.more", n, say, format)) : null;
  const month = el("span", "", format.month(said.answered_on, now));
  return el(
    "figure",
    "said",
    el("p", "label", say("improvement.said")),
    el("div", "said-box", words),
    el("figcaption", "meta parts", scoreOf(said, say, format), month, more),
  );
}

/** @param {Improvement} improvement @param {Context} context */
function didOf(improvement, { say, format, now, programme }) {
  const { did, done_on: doneOn, by, effect, measured_again_on: again } = improvement;
  const done = doneOn && say("improvement.done", { date: format.date(doneOn, now) });
  const column = el(
    "div",
    "did",
    el("p", "label label-did", say("improvement.did")),
    el("div", "did-box", el("p", "did-words", did)),
    el("p", "meta parts", done && el("span", "", done), by && el("bdi", "", by)),
  );
  if (effect) column.append(effectOf(effect, say, format));
  else if (again) {
    const past = again <= localDay(now, programme.timezone);
    const key = past ? "improvement.measured_again" : "improvement.to_measure";
    column.append(el("p", "meta effect", say(key, { date: format.date(again, now) })));
  }
  return column;
}

/** @param {HTMLElement} scene @param {Said} said @param {Context} context */
function setSaid(scene, said, context) {
  const { open, close } = quotationMarks(said.language, context.format.locale);
  const sizes = sizesIn(scene, context, MOST.said);
  return setPaged({
    ...placeOf(scene, "said"),
    pieces: said.pieces,
    locale: said.language ?? context.format.locale,
    sizes,
    motion: context.programme.motion,
    draw: (page, { first, last }) => {
      const words = piecesOf(page, context.say).map((node) => node);
      return [...(first ? [text(open)] : []), ...words, ...(last ? [text(close)] : [])];
    },
  });
}

/** @param {HTMLElement} scene @param {"did"} name @param {string} words @param {Context} context @param {number} most */
function setIn(scene, name, words, context, most) {
  return setPaged({
    ...placeOf(scene, name),
    pieces: [{ kind: "words", text: words }],
    locale: context.format.locale,
    sizes: sizesIn(scene, context, most),
    motion: context.programme.motion,
    draw: (page) => piecesOf(page, context.say),
  });
}

/** @param {HTMLElement} scene @param {Context} context @param {number} most */
function sizesIn(scene, { programme }, most) {
  const stage = /** @type {HTMLElement} */ (scene.closest(".stage"));
  const px = (Math.min(stage.clientWidth, stage.clientHeight) * most) / 100;
  return { least: leastOf(scene, programme, px), most: px };
}

/** @param {HTMLElement} scene @param {"said" | "did"} name */
function placeOf(scene, name) {
  return {
    text: /** @type {HTMLElement} */ (scene.querySelector(`.${name}-words`)),
    box: /** @type {HTMLElement} */ (scene.querySelector(`.${name}-box`)),
  };
}

/** @param {string} key @param {number} n @param {Context["say"]} say @param {Context["format"]} format */
function counted(key, n, say, format) {
  return say(key, { n: format.number(n), count: n });
}

/** @param {string} characters */
function text(characters) {
  return document.createTextNode(characters);
}
