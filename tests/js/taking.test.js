// When words end by themselves, and how a feed's quotes take turns: what the wall itself holds to.
import assert from "node:assert/strict";
import { test } from "node:test";
import { listsOf } from "../../static/wall/playlist.js";
import { shows } from "../../static/wall/shows.js";
import { countsOfTurns, hasEnded } from "../../static/wall/taking.js";
import { vectors } from "./vectors.js";

for (const { name, expires_at, now, expect } of vectors("expiry"))
  test(`expiry: ${name}`, () => assert.equal(hasEnded({ expires_at }, now), expect));

/** @param {string} id @param {number} published_at @param {object} [more] @returns {any} */
const quote = (id, published_at, more = {}) => ({
  id,
  kind: "quote",
  band: "promoter",
  words: 5,
  published_at,
  ...more,
});
/** @param {...any} items @returns {any} */
const feeds = (...items) => ({
  quotes: { kind: "quotes", items: Object.fromEntries(items.map((item) => [item.id, item])) },
});
/** @type {any} */
const programme = {
  lease_hours: 72,
  playlist: [{ scene: "quote", feed: "quotes", count: 1 }],
};
/** @param {any} of @param {number} now */
const order = (of, now) =>
  (listsOf(programme.playlist, of, true, now).get("quote:quotes") ?? []).map(({ id }) => id);

test("a wall lets go of a quote by itself, and of words beside an improvement", () => {
  const a = quote("a", 1, { expires_at: 5000 });
  assert.deepEqual(order(feeds(a, quote("b", 2)), 4999), ["b", "a"]);
  assert.deepEqual(order(feeds(a, quote("b", 2)), 5000), ["b"]);
  assert.equal(shows(programme, feeds(a), 9e6, { contact: 9e6 }).scene, "empty");
  const said = { id: "i", kind: "improvement", words: 5, said: { expires_at: 5000 } };
  /** @type {any} */
  const playlist = [{ scene: "improvement", feed: "quotes", count: 1 }];
  /** @param {number} now @returns {any} */
  const shown = (now) => listsOf(playlist, feeds(said), true, now).get("improvement:quotes")?.[0];
  assert.ok(shown(4999).said);
  assert.equal(shown(5000).said, null);
});

test("a pinned quote comes first until its pin ends, also where no mix is known", () => {
  const pinned = quote("old", 1, { pinned: true, pinned_until: 5000 });
  assert.deepEqual(order(feeds(pinned, quote("new", 2)), 4999), ["old", "new"]);
  assert.deepEqual(order(feeds(pinned, quote("new", 2)), 5000), ["new", "old"]);
});

test("what a feed says of turns is followed, and shows nowhere itself", () => {
  const bands = [...Array(9).fill("promoter"), "detractor"];
  const all = bands.map((band, i) => quote(`q${i}`, 100 - i, { band }));
  const shares = { promoter: 500, passive: 0, detractor: 500 };
  const turns = { id: "turns", kind: "turns", mode: "as_answered", shares, window_days: 90 };
  const mixed = order(feeds(...all, turns), 0);
  assert.deepEqual(new Set(mixed), new Set(all.map(({ id }) => id)));
  assert.ok(mixed.filter((id) => id === "q9").length > 1);
  const counts = countsOfTurns(feeds(...all, turns), 0);
  assert.deepEqual(counts, { promoter: 14, passive: 0, detractor: 2 });
  assert.deepEqual(
    order(feeds(...all, { ...turns, mode: "newest" }), 0),
    all.map(({ id }) => id),
  );
  assert.deepEqual(countsOfTurns({}, 0), { promoter: 0, passive: 0, detractor: 0 });
});
