// Splitting what is too long for one page: at a sentence, or at a word when a sentence is too long.
/** @import { Piece } from "./types.d.ts" */

import { knownLocale } from "./format.js";
import { countWords } from "./reading.js";

const OBJECT = "\ufffc";
/** @typedef {(page: Piece[]) => boolean | Promise<boolean>} Fits whether a page can be set at the legible minimum */

const CLAUSE_END = /[,;:–—،]$/;

/** @param {Piece[]} pieces @param {string} locale of the text @param {Fits} fits @returns {Promise<Piece[][]>} */
export async function paginate(pieces, locale, fits) {
  if (await fits(pieces)) return [pieces];
  const sentences = await allBroken(split(pieces, locale, "sentence"), locale, fits);
  const pages = await packed(sentences, fits);
  return evened(sentences, pages, fits);
}

/** One after the other: each is measured in the same place. @param {Piece[][]} parts @param {string} locale @param {Fits} fits */
async function allBroken(parts, locale, fits) {
  const all = [];
  for (const part of parts) all.push(...(await broken(part, locale, fits)));
  return all;
}

/** A part that fits, or its own parts as far as they must be broken. @param {Piece[]} part @param {string} locale @param {Fits} fits @returns {Promise<Piece[][]>} */
async function broken(part, locale, fits) {
  if (await fits(part)) return [part];
  const parts = clauses(part, locale);
  if (parts.length < 2) return [part];
  return packed(await allBroken(parts, locale, fits), fits);
}

/** Words a reader meets; a mask counts as one. @param {Piece[]} pieces @returns {number} */
export function wordsIn(pieces) {
  return pieces.reduce((sum, piece) => {
    if (piece.kind === "cut") return sum;
    return sum + (piece.kind === "mask" ? 1 : countWords(piece.text));
  }, 0);
}

/** Each page's share of the reading time. @param {Piece[][]} pages @returns {number[]} */
export function sharesOf(pages) {
  const words = pages.map((page) => Math.max(1, wordsIn(page)));
  const total = words.reduce((sum, count) => sum + count, 0);
  return words.map((count) => count / total);
}

/** As full as fits, from the first. @param {Piece[][]} parts @param {Fits} fits */
async function packed(parts, fits) {
  /** @type {Piece[][]} */
  const pages = [];
  for (const part of parts) {
    const last = pages.at(-1);
    if (last && (await fits([...last, ...part]))) pages[pages.length - 1] = [...last, ...part];
    else pages.push(part);
  }
  return pages;
}

/** The same number of pages, none nearly empty. @param {Piece[][]} parts @param {Piece[][]} pages @param {Fits} fits */
async function evened(parts, pages, fits) {
  const total = wordsIn(parts.flat());
  for (const slack of [1.1, 1.25, 1.5]) {
    const most = (total / pages.length) * slack;
    const tried = await packed(parts, (page) => wordsIn(page) <= most && fits(page));
    if (tried.length === pages.length) return tried;
  }
  return pages;
}

/** The parts of a sentence between commas and dashes; its words when it has none, and its letters when it is one word. @param {Piece[]} sentence @param {string} locale */
function clauses(sentence, locale) {
  const words = split(sentence, locale, "word");
  /** @type {Piece[][]} */
  const parts = [[]];
  for (const [place, word] of words.entries()) {
    parts[parts.length - 1].push(...word);
    if (CLAUSE_END.test(textOf(words[place - 1])) && textOf(word).trim() === "") parts.push([]);
  }
  const filled = parts.filter((part) => part.length > 0);
  if (filled.length > 1) return filled;
  return words.length > 1 ? words : split(sentence, locale, "grapheme");
}

/** @param {Piece[] | undefined} pieces */
function textOf(pieces) {
  return (pieces ?? []).map((piece) => (piece.kind === "words" ? piece.text : OBJECT)).join("");
}

/** @param {Piece[]} pieces @param {string} locale @param {"sentence" | "word" | "grapheme"} granularity @returns {Piece[][]} */
function split(pieces, locale, granularity) {
  const text = textOf(pieces);
  const marks = pieces.filter((piece) => piece.kind !== "words");
  const segmenter = new Intl.Segmenter(knownLocale(locale), { granularity });
  return [...segmenter.segment(text)].map(({ segment }) =>
    segment
      .split(/(\ufffc)/)
      .filter(Boolean)
      .map((part) =>
        part === OBJECT ? /** @type {Piece} */ (marks.shift()) : { kind: "words", text: part },
      ),
  );
}
