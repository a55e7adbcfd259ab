// What the stage does next: pure, so that the rules for changing scenes can be read and tested alone.
/** @import { Feed, Feeds, Item, Piece, Show, State } from "./types.d.ts" */

import { takesOver } from "./notices.js";
import { leased } from "./shows.js";

/** A scene with less time left than this is not worth starting, ms. */
const TOO_SHORT_MS = 4000;

/**
 * `swap` cross-fades to what is wanted, `drop` takes what is on show away first and at once, `renew`
 * begins the same picture's next turn, `keep` leaves it hanging until `until` (ms; null: until something
 * changes).
 * @param {Show | null} shown @param {Show} wanted @param {Feeds} feeds @param {number} now
 * @returns {{ act: "keep" | "renew" | "swap" | "drop", until: number | null }}
 */
export function turn(shown, wanted, feeds, now) {
  const until = wanted.endsAt;
  if (!shown) return { act: "swap", until };
  if (withdrawn(shown, feeds)) return { act: "drop", until };
  if (sameTurn(shown, wanted)) return { act: "keep", until };
  if (yieldsAtOnce(shown, wanted)) return { act: "swap", until };
  // The clock was set back: nothing on show began in the future.
  if (now < shown.startedAt) return { act: "swap", until };
  if (now < Number(shown.endsAt)) return { act: "keep", until: shown.endsAt };
  if (shown.key === wanted.key && shown.item === wanted.item) return { act: "renew", until };
  return { act: until !== null && until - now < TOO_SHORT_MS ? "keep" : "swap", until };
}

/**
 * Whether a scene has come to its end, so that the page may be loaded anew; what has no end is always there.
 * @param {Show | null} shown @param {"keep" | "renew" | "swap" | "drop"} act @param {number} now
 */
export function isBoundary(shown, act, now) {
  return shown !== null && act !== "drop" && (shown.endsAt === null || now >= shown.endsAt);
}

/**
 * Whether customers' words on show may hang no longer: their item left, or now says something else
 * (a new revision may hide what the old one showed).
 * @param {Show} shown @param {Feeds} feeds
 */
export function withdrawn(shown, feeds) {
  if (!shown.feed || !shown.item) return false;
  const { items } = feeds[shown.feed] ?? { items: {} };
  const parts = shown.item.kind === "mosaic" ? shown.item.quotes : [shown.item];
  return parts.some((part) => {
    const words = wordsOf(part);
    const item = items[part.id];
    return !item || (words !== null && words !== wordsOf(item));
  });
}

/**
 * Whether a feed has lost customers' words that stood in it: an item left, or says something else now.
 * @param {Feed | undefined} before @param {Feed | undefined} after
 */
export function lost(before, after) {
  return Object.values(before?.items ?? {}).some((item) => {
    const words = readable(item);
    const now = after?.items[item.id];
    return words !== null && (!now || words !== readable(now));
  });
}

/** What no scene could draw has no words: it must not keep others from leaving. @param {Item} item */
function readable(item) {
  try {
    return wordsOf(item);
  } catch {
    return "";
  }
}

/**
 * Whether what is on show may hang on after something went wrong; what cannot be told may not.
 * @param {Show} shown @param {State} state @param {number} now
 */
export function mayHang(shown, { programme, feeds, contact }, now) {
  try {
    if (withdrawn(shown, feeds)) return false;
    const lent = shown.item !== null && wordsOf(shown.item) !== null;
    return !lent || (programme !== null && leased(programme, now, contact));
  } catch {
    return false;
  }
}

/** What has no end makes way for anything, and everything for news and for a page without content. @param {Show} shown @param {Show} wanted */
function yieldsAtOnce(shown, wanted) {
  const news = wanted.fresh && (wanted.key !== shown.key || rewritten(shown, wanted));
  return news || shown.endsAt === null || (wanted.endsAt === null && wanted.scene !== "empty");
}

/** What takes over is put right in place. @param {Show} shown @param {Show} wanted */
function rewritten({ item: before }, { item: after }) {
  return takesOver(after) && JSON.stringify(before) !== JSON.stringify(after);
}

/** @param {Show} shown @param {Show} wanted */
function sameTurn(shown, wanted) {
  const same = shown.key === wanted.key && shown.startedAt === wanted.startedAt;
  return same && !rewritten(shown, wanted);
}

/** The customers' words in an item, and whose they are. @param {Item} item @returns {string | null} */
function wordsOf(item) {
  if (item.kind === "mosaic") return item.quotes.map(wordsOf).join(" ");
  if (item.kind === "quote") return `${textOf(item.pieces)} ${item.who.kind} ${item.who.text}`;
  return item.kind === "improvement" && item.said ? textOf(item.said.pieces) : null;
}

/** @param {Piece[]} pieces */
function textOf(pieces) {
  return pieces.map((piece) => (piece.kind === "words" ? piece.text : `<${piece.kind}>`)).join("");
}
