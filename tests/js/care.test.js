// When a wall wants a fresh start, and what it tells of its faults.
import assert from "node:assert/strict";
import { test } from "node:test";
import { isDue } from "../../static/wall/care.js";
import { Faults } from "../../static/wall/faults.js";
import { isBoundary } from "../../static/wall/turn.js";

const HOUR = 3600;
/** @param {number} from @param {number} to */
const grown = (from, to) => [...Array(8).fill(from), ...Array(8).fill(to)];

test("memory that has doubled for good wants a fresh start", () => {
  assert.equal(isDue(grown(30, 70), false, HOUR, 0), true);
  assert.equal(isDue(grown(30, 59), false, HOUR, 0), false, "not doubled");
  assert.equal(isDue(grown(4, 12), false, HOUR, 0), false, "twice of little");
  assert.equal(isDue([...grown(30, 70), 31], false, HOUR, 0), false, "given back");
  assert.equal(isDue([30, 90], false, HOUR, 0), false, "too early to tell");
});

test("fresh starts that do not help come ever more seldom: no loop", () => {
  const due = (/** @type {number} */ hours, /** @type {number} */ times) =>
    isDue([], true, hours * HOUR, times);
  assert.equal(due(0, 0), true);
  assert.deepEqual([due(0.9, 1), due(1, 1)], [false, true]);
  assert.deepEqual([due(3.9, 3), due(4, 3)], [false, true]);
  assert.deepEqual([due(23, 30), due(24, 30)], [false, true]);
});

test("faults are told by where and kind, never by what they say", () => {
  const faults = new Faults();
  for (let i = 0; i < 2; i += 1) faults.note("quote", new TypeError("Anna said: ring me"));
  assert.deepEqual(faults.report, { "quote TypeError": 2 });
  assert.equal(faults.isTooOften, false);
  faults.note("quote", new TypeError("again"));
  faults.note("nps", "thrown as text");
  assert.deepEqual(faults.report, { "quote TypeError": 3, "nps Error": 1 });
  assert.equal(faults.isTooOften, true);
  for (let i = 0; i < 50; i += 1) faults.note(`scene${i}`, null);
  assert.equal(Object.keys(faults.report).length, 8);
  assert.equal(faults.total, 54);
});

test("a page is loaded anew between two scenes only", () => {
  /** @type {any} */
  const shown = { startedAt: 0, endsAt: 1000 };
  assert.equal(isBoundary(shown, "keep", 999), false);
  assert.equal(isBoundary(shown, "swap", 999), false, "news comes in the middle");
  assert.equal(isBoundary(shown, "swap", 1000), true);
  assert.equal(isBoundary(shown, "drop", 1000), false, "a withdrawal comes first");
  assert.equal(isBoundary({ ...shown, endsAt: null }, "keep", 5), true, "nothing is under way");
  assert.equal(isBoundary(null, "swap", 5), false);
});
