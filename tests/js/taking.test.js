// When words end by themselves, and how a feed's quotes take turns: what the wall itself holds to.
import assert from "node:assert/strict";
import { test } from "node:test";
import { answersOf, bandsShown } from "../../static/wall/mix.js";
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

/** @param {string} name @param {...any} items @returns {any} */
const made = (name, ...items) => ({
  [name]: {
    kind: "quotes",
    epoch: "e",
    rev: 1,
    items: Object.fromEntries(items.map((item) => [item.id, item])),
  },
});

test("quotes hang in the order that their feed asks for, the newest first for a word unknown here", () => {
  const all = [
    quote("a", 3, { answered_on: "2026-04-01" }),
    quote("b", 2, { answered_on: "2026-04-03" }),
    quote("c", 1, { answered_on: "2026-04-03" }),
  ];
  const turns = { id: "turns", kind: "turns", mode: "newest", shares: null, window_days: null };
  const said = { oldest: "cba", answered: "bca", newest: "abc", loudest: "abc" };
  for (const [by, expected] of Object.entries(said))
    assert.equal(order(feeds(...all, { ...turns, order: by }), 0).join(""), expected, by);
});

test("each feed of quotes is counted by itself, and held against the part that it tells of", () => {
  const shares = { promoter: 100, passive: 0, detractor: 900 };
  const turns = { id: "turns", kind: "turns", mode: "as_answered", shares, about: ["Shop"] };
  const nps = { id: "nps", kind: "nps", enough: true, counts: { promoter: 9, detractor: 1 } };
  const part = { id: "f9", kind: "nps", enough: true, counts: { promoter: 0, detractor: 5 } };
  /** @type {any} */
  const both = {
    f9: { kind: "metric", items: { f9: part } },
    ...made("f7", quote("a", 1, { band: "detractor" }), turns),
    ...feeds(quote("a", 1, { band: "detractor" }), quote("b", 2)),
    nps: { kind: "metric", items: { nps } },
  };
  assert.deepEqual(bandsShown(both, "f7"), { promoter: 0, passive: 0, detractor: 1 });
  assert.deepEqual(bandsShown(both, "nps"), { promoter: 1, passive: 0, detractor: 1 });
  assert.deepEqual(countsOfTurns(both, 0, "f7"), { promoter: 0, passive: 0, detractor: 1 });
  assert.deepEqual(answersOf(both, "f7"), [100, 0, 900]);
  assert.deepEqual(answersOf(both, "quotes"), [9, 0, 1]);
  const few = made("f7", quote("a", 1), { ...turns, shares: null });
  assert.equal(answersOf({ ...both, ...few }, "f7"), null);
});

test("what hangs in two feeds is news once; a feed that is gone is passed over", () => {
  const news = quote("a", 1_000_000);
  /** @type {any} */
  const twice = {
    lease_hours: 72,
    playlist: [
      { scene: "quote", feed: "quotes", count: 1 },
      { scene: "quote", feed: "f7", count: 1 },
      { scene: "quote", feed: "f8", count: 1 },
    ],
  };
  const both = { ...feeds(news, quote("b", 1)), ...made("f7", news) };
  const at = (/** @type {number} */ now) => shows(twice, both, now, { contact: now });
  const first = at(1_000_000);
  assert.ok(first.fresh && first.item?.id === "a");
  assert.equal(at(Number(first.endsAt)).fresh, false);
});
