import assert from "node:assert/strict";
import { test } from "node:test";
import { answered, apply, applyAll, earlier, positions } from "../../static/wall/feeds.js";
import { vectors } from "./vectors.js";

for (const vector of vectors("feeds").filter(({ call }) => call === "apply")) {
  test(`apply: ${vector.name}`, () => {
    const before = structuredClone(vector.state);
    const after = apply(vector.state, vector.epoch, vector.change);
    assert.deepEqual(after ?? "gap", vector.expect);
    assert.deepEqual(vector.state, before, "the feed handed in stays as it was");
  });
}

for (const vector of vectors("feeds").filter(({ call }) => call === "applyAll")) {
  test(`applyAll: ${vector.name}`, () => {
    const before = structuredClone(vector.state);
    assert.deepEqual(applyAll(vector.state, vector.epoch, vector.changes), vector.expect);
    assert.deepEqual(vector.state, before, "the feed handed in stays as it was");
  });
}

for (const vector of vectors("feeds").filter(({ call }) => call === "answered")) {
  test(`answered: ${vector.name}`, () => {
    const after = answered(vector.have, vector.feeds);
    // The kind is the player's own business: the rule does not look at it.
    const feeds = Object.entries(after.feeds).map(([name, { kind: _, ...feed }]) => [name, feed]);
    assert.deepEqual({ ...after, feeds: Object.fromEntries(feeds) }, vector.expect);
  });
}

/** @type {any} */
const QUOTE = { id: "q1", kind: "quote" };
const FEED = { kind: "quotes", epoch: "e1", rev: 4, items: { q1: QUOTE } };

test("changes in a row tell that something left", () => {
  const step = applyAll(FEED, "e1", [{ rev: 5, op: "drop", item: "q1" }]);
  assert.deepEqual([step.feed.rev, step.gap, step.dropped], [5, false, true]);
});

test("a drop already applied is not confirmed again", () => {
  assert.equal(applyAll(FEED, "e1", [{ rev: 4, op: "drop", item: "q1" }]).dropped, false);
});

test("an answer's snapshot replaces the feed and tells what left", () => {
  const { feeds, gap, dropped } = answered(
    { quotes: FEED },
    { quotes: { kind: "quotes", epoch: "e2", rev: 1, items: {} } },
  );
  assert.deepEqual(feeds.quotes, { kind: "quotes", epoch: "e2", rev: 1, items: {} });
  assert.deepEqual([gap, dropped], [false, ["quotes"]]);
});

test("a feed the answer does not name is forgotten", () => {
  assert.deepEqual(answered({ quotes: FEED }, {}).feeds, {});
});

test("an answer that does not follow on is asked for whole, while what is here hangs on", () => {
  const changes = [{ rev: 9, op: /** @type {const} */ ("drop"), item: "q1" }];
  const { feeds, gap } = answered(
    { quotes: FEED },
    { quotes: { kind: "quotes", epoch: "e1", rev: 9, changes } },
  );
  assert.equal(gap, true);
  assert.deepEqual(feeds.quotes.items, FEED.items);
  assert.deepEqual(positions(feeds), { quotes: { epoch: "", rev: 4 } });
});

test("changes for a feed that is not here are a gap", () => {
  const answer = { quotes: { kind: "quotes", epoch: "e1", rev: 4, changes: [] } };
  assert.deepEqual(answered({}, answer), { feeds: {}, gap: true, dropped: [] });
});

test("what is painted and written down is the earlier of both, of the same history", () => {
  const feed = (/** @type {string} */ epoch, /** @type {number} */ rev) =>
    /** @type {any} */ ({ kind: "quotes", epoch, rev, items: {} });
  const painted = {
    ahead: feed("a", 3),
    behind: feed("a", 1),
    other: feed("a", 1),
    only: feed("a", 1),
  };
  const written = { ahead: feed("a", 2), behind: feed("a", 2), other: feed("b", 9) };
  assert.deepEqual(positions(earlier(painted, written)), {
    ahead: { epoch: "a", rev: 2 },
    behind: { epoch: "a", rev: 1 },
  });
});
