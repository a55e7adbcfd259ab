// One customer's words, set as large as fits.
/** @import { Arrangement, Caption, Context, Quote } from "../types.d.ts" */

import { el } from "../dom.js";
import { leastOf } from "../least.js";
import { ARC_MINUTES } from "../legible.js";
import { quotationMarks } from "../marks.js";
import { mixLine } from "../mix.js";
import { setPaged } from "../paged.js";
import { piecesOf } from "../pieces.js";
import { scoreOf } from "../score.js";
import { likeBand } from "../shapes.js";

/** @param {Quote} quote @param {Context} context */
export function render(quote, context) {
  const { open, hang } = quotationMarks(quote.language, context.format.locale);
  const mark = el(
    "div",
    `quote-mark ink-${quote.band ? likeBand(quote.band) : "none"}`,
    open.trim(),
  );
  mark.dataset.hang = hang;
  mark.setAttribute("aria-hidden", "true");
  const words = el("blockquote", "quote-words", ...piecesOf(quote.pieces, context.say));
  words.dir = "auto";
  if (quote.language) words.lang = quote.language;
  const box = el("div", "quote-box", words);
  return el(
    "figure",
    "scene quote",
    mark,
    box,
    el("figcaption", "meta parts quote-meta", ...metaOf(quote, context)),
  );
}

/** @param {Quote} quote @param {Context} context @returns {Caption} */
export function caption(quote, context) {
  const { programme } = context;
  return {
    title: programme.title,
    subtitle: programme.screen.site,
    foot: quote ? mixLine(context) : [],
  };
}

/** @param {HTMLElement} scene @param {Quote} quote @param {Context} context @returns {Promise<Arrangement>} */
export async function arrange(scene, quote, { programme, format, say }) {
  const stage = /** @type {HTMLElement} */ (scene.closest(".stage"));
  const text = /** @type {HTMLElement} */ (scene.querySelector(".quote-words"));
  const box = /** @type {HTMLElement} */ (scene.querySelector(".quote-box"));
  const most = largest(quote.words, stage);
  const least = leastOf(scene, programme, most, ARC_MINUTES.quote);
  scene.classList.add("is-measured");
  const paged = await setPaged({
    text,
    box,
    pieces: quote.pieces,
    locale: quote.language ?? format.locale,
    sizes: { least, most },
    motion: programme.motion,
    draw: (page) => piecesOf(page, say),
  });
  scene.classList.remove("is-measured");
  return numbered(scene, paged, say);
}

/** A few words may be larger than many. @param {number} words @param {HTMLElement} stage @returns {number} px */
function largest(words, stage) {
  const share = Math.min(12.8, Math.max(9, 13 - words / 5));
  const upright = stage.clientHeight > stage.clientWidth ? 0.92 : 1;
  return (Math.min(stage.clientWidth, stage.clientHeight) * share * upright) / 100;
}

/** @param {Quote} quote @param {Context} context */
function metaOf(quote, { say, format, now }) {
  const who = quote.who.text ?? say("quote.a_customer");
  return [
    scoreOf(quote, say, format),
    bdi(who),
    quote.touchpoint && bdi(quote.touchpoint),
    el("span", "", format.since(quote.answered_on, now)),
    quote.also
      ? el("span", "", say("quote.also", { n: format.number(quote.also), count: quote.also }))
      : null,
  ].filter((part) => part !== null && part !== "");
}

/** @param {string} text a name or title in any script */
function bdi(text) {
  return el("bdi", "", text);
}

/** Says which page of how many. @param {HTMLElement} scene @param {Arrangement} paged @param {Context["say"]} say @returns {Arrangement} */
function numbered(scene, paged, say) {
  const pages = paged.shares.length;
  if (pages === 1) return paged;
  const place = el("span", "quote-page");
  const number = (/** @type {number} */ page) => {
    place.textContent = say("quote.page", { page: page + 1, pages });
  };
  number(0);
  scene.querySelector(".quote-meta")?.append(place);
  return {
    shares: paged.shares,
    turn: (page) => {
      paged.turn(page);
      number(page);
    },
  };
}
