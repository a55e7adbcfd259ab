// The pages of a scene, each for its share of the scene's time, and no longer than the scene hangs.
/** @import { Arrangement, Show } from "../../static/wall/types.d.ts" */

import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { Pager } from "../../static/wall/pager.js";

/** @type {string[]} */
let turned;
/** @type {Pager} */
let pager;

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout"] });
  turned = [];
  pager = new Pager();
});

afterEach(() => mock.timers.reset());

/** @param {string} name @returns {Arrangement} of three pages */
const pages = (name) => ({
  shares: [0.5, 0.25, 0.25],
  turn: (page) => void turned.push(`${name} ${page}`),
});
/** @param {number} startedAt @returns {Show} of 8 s */
const from = (startedAt) => /** @type {Show} */ ({ startedAt, endsAt: startedAt + 8000 });

test("each page comes when the ones before it had their share", () => {
  pager.start(from(0), 0, pages("quote"));
  mock.timers.tick(3999);
  assert.deepEqual(turned, ["quote 0"]);
  mock.timers.tick(1);
  assert.deepEqual(turned, ["quote 0", "quote 1"]);
  mock.timers.tick(4000);
  assert.deepEqual(turned, ["quote 0", "quote 1", "quote 2"]);
});

test("who comes in the middle sees the page that is due", () => {
  pager.start(from(0), 5000, pages("quote"));
  assert.deepEqual(turned, ["quote 1"]);
});

test("a scene that only goes on begins its pages again", () => {
  pager.start(from(0), 0, pages("quote"));
  mock.timers.tick(8000);
  turned = [];
  pager.start(from(8000), 8000);
  mock.timers.tick(8000);
  assert.deepEqual(turned, ["quote 0", "quote 1", "quote 2"]);
});

test("a scene without pages does not turn those of the one before it", () => {
  pager.start(from(0), 0, pages("mosaic"));
  turned = [];
  pager.start(from(1000), 1000, null);
  mock.timers.tick(20_000);
  assert.deepEqual(turned, []);
  assert.equal(pager.step(1), false);
});

test("who holds the wall goes from page to page, and to none beyond", () => {
  pager.start(from(0), 0, pages("quote"));
  pager.hold();
  turned = [];
  assert.deepEqual([pager.step(1), pager.step(1), pager.step(1)], [true, true, false]);
  mock.timers.tick(20_000);
  assert.deepEqual(turned, ["quote 1", "quote 2"]);
});
