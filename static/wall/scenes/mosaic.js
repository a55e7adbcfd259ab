// Several short quotes at a glance, of which one changes at a time.
/** @import { Arrangement, Caption, Context, Mosaic, Quote } from "../types.d.ts" */

import { el } from "../dom.js";
import { fitTold } from "../least.js";
import { quotationMarks } from "../marks.js";
import { mixLine } from "../mix.js";
import { piecesOf } from "../pieces.js";
import { shape } from "../shapes.js";

const TURN_MS = 500;

/** @param {Mosaic} mosaic @param {Context} context */
export function render({ quotes, shown }, context) {
  const tiles = quotes.slice(0, shown).map((quote) => tile(quote, context));
  return el("section", `scene mosaic of-${shown}`, ...tiles);
}

/** @param {Mosaic} _mosaic @param {Context} context @returns {Caption} */
export function caption(_mosaic, context) {
  const { programme, say } = context;
  return { title: say("mosaic.title"), subtitle: programme.screen.site, foot: mixLine(context) };
}

/** Each page but the first changes one tile for a quote that waits; a page back brings it again. @param {HTMLElement} scene @param {Mosaic} mosaic @param {Context} context @returns {Arrangement} */
export function arrange(scene, { quotes, shown }, context) {
  const places = /** @type {HTMLElement[]} */ ([...scene.querySelectorAll(".tile")]);
  const { programme } = context;
  for (const place of places) settle(place, programme);
  const hung = places.map((_, place) => place);
  const pages = quotes.length - shown + 1;
  return {
    shares: Array.from({ length: pages }, () => 1 / pages),
    turn: (page) => {
      for (const [place, element] of places.entries()) {
        const next = quoteIn(place, page, shown);
        if (next === hung[place]) continue;
        hung[place] = next;
        element.replaceChildren(...tile(quotes[next], context).childNodes);
        settle(element, programme);
        if (programme.motion) element.animate({ opacity: [0, 1] }, { duration: TURN_MS });
      }
    },
  };
}

/** Which quote hangs in a place: page by page one place after the other gets the next that waits. @param {number} place @param {number} page @param {number} shown how many places there are */
export function quoteIn(place, page, shown) {
  return place + shown * Math.max(0, Math.ceil((page - place) / shown));
}

/** @param {Quote} quote @param {Context} context */
function tile(quote, { say, format }) {
  const { open, close } = quotationMarks(quote.language, format.locale);
  const words = el("blockquote", "tile-words", open, ...piecesOf(quote.pieces, say), close);
  words.dir = "auto";
  if (quote.language) words.lang = quote.language;
  const who = el("bdi", "", quote.who.text ?? say("quote.a_customer"));
  const about = el("p", "tile-about", quote.band && shape(quote.band, say), who);
  return el("figure", "tile", el("div", "tile-box", words), about);
}

/** @param {HTMLElement} place @param {Context["programme"]} programme */
function settle(place, programme) {
  const words = /** @type {HTMLElement} */ (place.querySelector(".tile-words"));
  words.style.fontSize = "";
  place.classList.remove("is-set");
  fitTold(words, place, programme);
  place.classList.add("is-set");
}
