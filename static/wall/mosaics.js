// Short quotes, several to a picture. Pure; vectors: tests/vectors/shows.json.
/** @import { Item, Mosaic, Quote } from "./types.d.ts" */

/** Words: what can be read at a glance, beside others. */
const SHORT = 14;
const FEWEST = 3;
/** Seen at a time. */
const SEEN = 5;
/** With those that come later, one by one. */
const MOST = 7;

/** @param {Item[]} turns quotes in the order of their turns, some more than once @returns {Mosaic[]} */
export function mosaics(turns) {
  const quotes = /** @type {Quote[]} */ (turns.filter((item) => item.kind === "quote"));
  const short = [...new Set(quotes)].filter(({ words }) => words <= SHORT);
  return Array.from({ length: Math.ceil(short.length / MOST) }, (_, i) =>
    short.slice(i * MOST, (i + 1) * MOST),
  )
    .filter((group) => group.length >= FEWEST)
    .map((group) => ({
      id: `m-${group[0].id}`,
      kind: /** @type {const} */ ("mosaic"),
      quotes: group,
      shown: Math.min(SEEN, group.length),
      words: group.reduce((sum, { words }) => sum + words, 0),
    }));
}
