import assert from "node:assert/strict";
import { test } from "node:test";
import { still } from "../../static/wall/shows.js";
import { lost, mayHang, turn } from "../../static/wall/turn.js";

/** @param {string} id @param {object} [more] @returns {any} */
const quote = (id, more = {}) => ({
  id,
  kind: "quote",
  pieces: [{ kind: "words", text: `words of ${id}` }],
  who: { kind: "customer", text: null },
  ...more,
});
/** @param {...any} items @returns {any} */
const feeds = (...items) => ({
  quotes: { items: Object.fromEntries(items.map((item) => [item.id, item])) },
});
/** @param {any} item @param {number} startedAt @param {object} [more] @returns {any} */
const show = (item, startedAt, more = {}) => ({
  scene: "quote",
  feed: "quotes",
  item,
  key: `quote:quotes/${item.id}`,
  startedAt,
  endsAt: startedAt + 12_000,
  fresh: false,
  ...more,
});
const [a, b] = [quote("a"), quote("b")];

test("the first scene hangs at once", () => {
  assert.deepEqual(turn(null, show(a, 0), feeds(a), 5000), { act: "swap", until: 12_000 });
});

test("a scene hangs to its end when the content changes under it", () => {
  assert.deepEqual(turn(show(a, 0), show(b, 1000), feeds(a, b), 5000), {
    act: "keep",
    until: 12_000,
  });
});

test("at its end the next one follows", () => {
  assert.equal(turn(show(a, 0), show(b, 12_000), feeds(a, b), 12_000).act, "swap");
});

test("news does not wait", () => {
  assert.equal(turn(show(a, 0), show(b, 5000, { fresh: true }), feeds(a, b), 5000).act, "swap");
});

test("a withdrawn quote leaves at once", () => {
  assert.equal(turn(show(a, 0), show(b, 1000), feeds(b), 5000).act, "drop");
});

test("a feed that is gone takes its scene with it", () => {
  assert.equal(turn(show(a, 0), still("empty"), {}, 5000).act, "drop");
});

test("a quote whose words were changed leaves at once, for the new ones may hide something", () => {
  const masked = quote("a", { pieces: [{ kind: "mask", label: "name" }] });
  assert.equal(turn(show(a, 0), show(masked, 0), feeds(masked), 5000).act, "drop");
});

test("a quote sent again as it was hangs on", () => {
  assert.equal(turn(show(a, 0), show(quote("a"), 0), feeds(quote("a")), 5000).act, "keep");
});

test("an improvement without the words it had leaves; one that hangs without them does not", () => {
  const said = { id: "i", kind: "improvement", said: { pieces: a.pieces } };
  const silent = { id: "i", kind: "improvement", said: null };
  assert.equal(turn(show(said, 0), show(silent, 0), feeds(silent), 5000).act, "drop");
  assert.equal(turn(show(silent, 0), show(silent, 0), feeds(said), 5000).act, "keep");
});

test("the same picture again only begins its time anew", () => {
  assert.equal(turn(show(a, 0), show(a, 12_000), feeds(a), 12_000).act, "renew");
});

test("a scene with hardly any time left is not begun", () => {
  const late = turn(show(a, 0), show(b, 3000, { endsAt: 15_000 }), feeds(a, b), 12_500);
  assert.deepEqual(late, { act: "keep", until: 15_000 });
});

test("an empty wall makes way at once, and a link that ended clears the wall at once", () => {
  assert.equal(turn(still("empty"), show(a, 0), feeds(a), 11_000).act, "swap");
  assert.equal(turn(show(a, 0), still("revoked"), feeds(a), 5000).act, "swap");
});

test("a clock set back does not hold a scene for hours", () => {
  assert.equal(turn(show(a, 9_000_000), show(b, 0), feeds(a, b), 5000).act, "swap");
});

test("after a fault only what is surely still lent hangs on", () => {
  /** @type {any} */
  const programme = { lease_hours: 1 };
  /** @param {any} [changes] */
  const state = (changes) => ({ programme, feeds: feeds(a), contact: 0, ...changes });
  assert.equal(mayHang(show(a, 0), state(), 5000), true);
  assert.equal(mayHang(show(a, 0), state({ feeds: feeds(b) }), 5000), false);
  assert.equal(mayHang(show(a, 0), state({ feeds: { quotes: {} } }), 5000), false);
  assert.equal(mayHang(show(a, 0), state({ programme: null }), 5000), false);
  assert.equal(mayHang(show(a, 0), state(), 3_600_001), false);
  assert.equal(mayHang(still("empty"), state({ programme: null }), 5000), true);
});

/** @param {...any} items @returns {any} */
const feed = (...items) => feeds(...items).quotes;

test("words are lost when their item leaves or says something else, and by nothing more", () => {
  const masked = quote("a", { pieces: [{ kind: "mask", label: "name" }] });
  const unnamed = { kind: "customer", text: null };
  const named = quote("a", { who: { kind: "first_name", text: "Ida" } });
  assert.ok(lost(feed(a, b), feed(b)));
  assert.ok(lost(feed(a), undefined));
  assert.ok(lost(feed(a), feed(masked)));
  assert.ok(lost(feed(named), feed({ ...named, who: unnamed })));
  assert.ok(!lost(feed(a), feed(a, b)));
  assert.ok(!lost(feed(a), feed({ ...a, score: 3 })));
  assert.ok(!lost(undefined, feed(a)));
  assert.ok(!lost(feed(quote("a", { pieces: null })), feed(quote("a", { pieces: null }))));
  assert.ok(lost(feed(quote("a", { pieces: null })), feed()));
});

test("an improvement loses words only with those beside it", () => {
  const said = { id: "i", kind: "improvement", did: "x", said: { pieces: a.pieces } };
  const silent = { id: "i", kind: "improvement", did: "x", said: null };
  assert.ok(lost(feed(said), feed(silent)));
  assert.ok(lost(feed(said), feed()));
  assert.ok(!lost(feed(silent), feed()));
  assert.ok(!lost(feed(said), feed({ ...said, did: "y" })));
});

test("a mosaic leaves as soon as one of its quotes may not hang", () => {
  const mosaic = show({ id: "m-a", kind: "mosaic", quotes: [a, b] }, 0);
  const masked = quote("b", { pieces: [{ kind: "mask", label: "name" }] });
  assert.equal(turn(mosaic, mosaic, feeds(a, b), 5000).act, "keep");
  assert.equal(turn(mosaic, show(a, 0), feeds(a), 5000).act, "drop");
  assert.equal(turn(mosaic, mosaic, feeds(a, masked), 5000).act, "drop");
});

test("what takes over is put right in place, and nothing else is", () => {
  const said = (/** @type {string} */ headline, /** @type {boolean} */ over) =>
    show({ id: "n", kind: "notice", headline, takes_over: over }, 0, { fresh: true });
  const [over, rewritten] = [said("Fire drill", true), said("Fire drill at noon", true)];
  assert.equal(turn(over, rewritten, feeds(rewritten.item), 5000).act, "swap");
  assert.equal(turn(over, said("Fire drill", true), feeds(over.item), 5000).act, "keep");
  const quiet = said("Cake", false);
  assert.equal(turn(quiet, said("Two cakes", false), feeds(quiet.item), 5000).act, "keep");
});
