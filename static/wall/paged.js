// A text set as large as its box allows and, when it cannot be read from afar at any size, in pages.
/** @import { Piece } from "./types.d.ts" */

import { calmly } from "./calm.js";
import { fitCalmly, fitsAt } from "./fit.js";
import { soften } from "./hyphens.js";
import { paginate, sharesOf } from "./pages.js";

const TURN_MS = 500;
/** Pages are not set much larger than they must be, or long words break. */
const PAGED_GROWTH = 1.3;

/**
 * @typedef {object} Setting
 * @property {HTMLElement} text the element that is set
 * @property {HTMLElement} box what it must stay in
 * @property {Piece[]} pieces
 * @property {string} locale of the text
 * @property {{ least: number, most: number }} sizes px
 * @property {boolean} motion
 * @property {(page: Piece[], place: { first: boolean, last: boolean }) => Node[]} draw
 */

/** Sets the first page. @param {Setting} setting @returns {Promise<{ shares: number[], turn(page: number): void }>} */
export async function setPaged(setting) {
  const { text, box, pieces, sizes, motion } = setting;
  const rest = calmly();
  text.replaceChildren(...setting.draw(pieces, { first: true, last: true }));
  if (await fitCalmly(text, box, sizes, rest)) return { shares: [1], turn: () => undefined };
  const breaks = isTooWide(text);
  const set = breaks ? pieces.map((piece) => softened(piece, text)) : pieces;
  text.classList.add("is-long");
  text.classList.toggle("is-broken", breaks);
  const pages = await paginate(set, setting.locale, async (page) => {
    await rest();
    text.replaceChildren(...setting.draw(page, { first: true, last: true }));
    return fitsAt(text, box, sizes.least);
  });
  const show = (/** @type {number} */ page) => {
    const place = { first: page === 0, last: page === pages.length - 1 };
    text.replaceChildren(...setting.draw(trimmed(pages[page]), place));
  };
  await setAlike(setting, pages.length, show, rest);
  show(0);
  return {
    shares: sharesOf(pages),
    turn: (page) => {
      show(Math.min(page, pages.length - 1));
      if (motion) text.animate({ opacity: [0, 1] }, { duration: TURN_MS });
    },
  };
}

/** One size for all pages; not so large that more words must break. @param {Setting} setting @param {number} pages @param {(page: number) => void} show @param {() => Promise<void> | undefined} rest */
async function setAlike({ text, box, sizes }, pages, show, rest) {
  const alone = pages === 1 || text.classList.contains("is-broken");
  let most = alone ? sizes.least : Math.min(sizes.most, sizes.least * PAGED_GROWTH);
  for (let page = 0; page < pages; page += 1) {
    show(page);
    await fitCalmly(text, box, { least: sizes.least, most }, rest);
    most = Number.parseFloat(text.style.fontSize);
  }
}

/** Of what stands in it, something is wider than its line. @param {HTMLElement} text */
function isTooWide(text) {
  return text.scrollWidth > Math.ceil(text.clientWidth);
}

/** Words that fit do not break. @param {Piece} piece @param {HTMLElement} text at the least size */
function softened(piece, text) {
  if (piece.kind !== "words") return piece;
  const isWide = (/** @type {string} */ word) => {
    text.replaceChildren(`“${word}”`);
    return isTooWide(text);
  };
  return { ...piece, text: soften(piece.text, isWide) };
}

/** A page does not begin or end with a space. @param {Piece[]} page @returns {Piece[]} */
function trimmed(page) {
  const last = page.length - 1;
  return page.map((piece, place) => {
    if (piece.kind !== "words") return piece;
    const text = place === 0 ? piece.text.trimStart() : piece.text;
    return { ...piece, text: place === last ? text.trimEnd() : text };
  });
}
