// Going through the scenes by hand: what was chosen hangs for as long as it may.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Hand } from "../../static/wall/hand.js";
import { still } from "../../static/wall/shows.js";

/** @param {string} key @param {object} [item] @returns {any} */
const show = (key, item = { id: key }) => ({ ...still("quote"), key, item, endsAt: 9000 });
const cycle = ["a", "b", "b", "c"].map((key) => show(key));

test("nothing is held until somebody asks for it", () => {
  const hand = new Hand();
  assert.equal(hand.holds, false);
  assert.equal(hand.chosen(cycle[1], cycle), cycle[1]);
  hand.step(1, cycle, 5000);
  assert.equal(hand.holds, false);
});

test("a scene that is held has no end", () => {
  const hand = new Hand();
  hand.hold(cycle[0]);
  const held = hand.chosen(cycle[3], cycle);
  assert.deepEqual([held.key, held.endsAt], ["a", null]);
  hand.release();
  assert.equal(hand.chosen(cycle[3], cycle).key, "c");
});

test("on and back go round, past turns of the same scene", () => {
  const hand = new Hand();
  hand.hold(cycle[0]);
  const keys = [];
  for (const by of /** @type {const} */ ([1, 1, 1, -1, -1, -1])) {
    hand.step(by, cycle, 5000);
    keys.push(hand.chosen(cycle[0], cycle).key);
  }
  assert.deepEqual(keys, ["b", "c", "a", "c", "b", "a"]);
});

test("in the place of what may hang no longer, what follows is held", () => {
  const hand = new Hand();
  hand.hold(cycle[1]);
  const others = [cycle[0], cycle[3]];
  const next = hand.chosen(cycle[0], others);
  assert.deepEqual([next.key, next.endsAt, hand.holds], ["a", null, true]);
  assert.equal(hand.chosen(cycle[3], others).key, "a");
  assert.equal(hand.chosen(still("empty"), []).key, "empty");
  assert.equal(hand.chosen(cycle[3], others).key, "c");
});

test("what takes over is shown to those who look by hand, too", () => {
  const hand = new Hand();
  hand.hold(cycle[0]);
  const over = show("notice", { id: "n", kind: "notice", takes_over: true });
  assert.equal(hand.chosen(over, cycle).key, "notice");
  assert.equal(hand.holds, false);
});

test("an item that is put right is held as it reads now", () => {
  const hand = new Hand();
  hand.hold(cycle[0]);
  const corrected = [show("a", { id: "a", also: 2 }), cycle[1]];
  assert.deepEqual(hand.chosen(cycle[1], corrected).item, { id: "a", also: 2 });
});
