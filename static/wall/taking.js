// How the quotes of a feed take turns, by what the feed says of it in its item `turns`.
/** @import { Feed, Feeds, Item, Items, NpsBand, Quote, Turns } from "./types.d.ts" */

import { turns } from "./mixture.js";
import { likeBand } from "./shapes.js";

/** Quotes in the order of their turns, each at least once; anything else as it is given. @param {Item[]} own the newest first @param {Items} items of their feed @param {number} now ms @returns {Item[]} */
export function inTurn(own, items, now) {
  const by = turnsOf(items);
  const quotes = own.filter((item) => item.kind === "quote");
  if (quotes.length < own.length || !(by || quotes.some((quote) => isPinned(quote, now))))
    return own;
  const takers = quotes.map((quote) => ({
    item: quote.id,
    band: quote.band ? likeBand(quote.band) : null,
    pinned: isPinned(quote, now),
  }));
  const known = new Map(quotes.map((quote) => [quote.id, quote]));
  return turns(takers, by?.mode ?? "as_answered", by?.shares ?? null).flatMap(
    (item) => known.get(item) ?? [],
  );
}

/** Whether a wall lets go of customers' words by itself. @param {{ expires_at?: number | null }} said @param {number} now ms */
export function hasEnded({ expires_at: end }, now) {
  return end != null && now >= end;
}

/** @param {Quote} quote @param {number} now ms */
export function isPinned({ pinned, pinned_until: until }, now) {
  return pinned === true && (until == null || now < until);
}

/** How quotes take turns in a feed; null where it does not say. @param {Items} items @returns {Turns | null} */
export function turnsOf(items) {
  const found = items.turns;
  return found?.kind === "turns" ? found : null;
}

/** How often each band has a turn in one cycle of a feed's quotes. @param {Feeds} feeds @param {number} now ms @param {string | null} [feed] @returns {Record<NpsBand, number>} */
export function countsOfTurns(feeds, now, feed = null) {
  const counts = { promoter: 0, passive: 0, detractor: 0 };
  const items = quotesOf(feeds, feed)?.items ?? {};
  const own = Object.values(items)
    .filter((item) => item.kind === "quote" && !hasEnded(item, now))
    .sort(inOrder(items));
  for (const item of inTurn(own, items, now))
    if (item.kind === "quote" && item.band) counts[likeBand(item.band)] += 1;
  return counts;
}

/** The feed of quotes of that name, else the one of all quotes. @param {Feeds} feeds @param {string | null} [feed] @returns {Feed | undefined} */
export function quotesOf(feeds, feed = null) {
  const named = feed === null ? undefined : feeds[feed];
  if (named?.kind === "quotes") return named;
  return feeds.quotes ?? Object.values(feeds).find(({ kind }) => kind === "quotes");
}

/** In the order that a feed asks for; the newest first where it does not say, or says what this wall does not know. @param {Items} items of the feed @returns {(a: Item, b: Item) => number} */
export function inOrder(items) {
  const order = turnsOf(items)?.order;
  if (order === "oldest") return (a, b) => newestFirst(b, a);
  if (order === "answered") return (a, b) => byAnswer(a, b) || newestFirst(a, b);
  return newestFirst;
}

/** @param {Item} a @param {Item} b */
function byAnswer(a, b) {
  const [one, other] = [answeredOn(a), answeredOn(b)];
  return one === other ? 0 : one > other ? -1 : 1;
}

/** @param {Item} item */
function answeredOn(item) {
  return item.kind === "quote" ? item.answered_on : "";
}

/** @param {Item} a @param {Item} b */
export function newestFirst(a, b) {
  return publishedAt(b) - publishedAt(a) || (a.id < b.id ? -1 : 1);
}

/** @param {Item} item */
export function publishedAt(item) {
  if (item.kind === "notice") return item.from;
  return "published_at" in item ? (item.published_at ?? 0) : 0;
}
