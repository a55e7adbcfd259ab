import assert from "node:assert/strict";
import { test } from "node:test";
import { lanes, spread } from "../../static/wall/labels.js";

const ROOM = { total: 100, lanes: 2, gap: 2, pad: 1 };

test("labels with room stand at their own places", () => {
  assert.deepEqual(spread([0, 50, 80], [10, 10, 10], 4, 100), [0, 50, 80]);
});

test("labels too near are pushed on, and back from the end", () => {
  assert.deepEqual(spread([0, 2, 95], [10, 10, 10], 4, 100), [0, 14, 90]);
  assert.deepEqual(spread([70, 80, 95], [10, 10, 10], 4, 100), [62, 76, 90]);
});

test("labels that cannot stand in one row say so", () => {
  assert.equal(spread([0, 1, 2], [40, 40, 40], 4, 100), null);
});

test("flags far apart share a lane", () => {
  const places = lanes(
    [
      { x: 0, width: 20 },
      { x: 60, width: 20 },
    ],
    ROOM,
  );
  assert.deepEqual(
    places.map((place) => place?.lane),
    [0, 0],
  );
});

test("of flags that would meet, the left one hangs lower", () => {
  const places = lanes(
    [
      { x: 10, width: 30 },
      { x: 20, width: 30 },
    ],
    ROOM,
  );
  assert.deepEqual(places, [
    { left: 11, lane: 1 },
    { left: 21, lane: 0 },
  ]);
});

test("a label at the right edge hangs to the left of its pole", () => {
  assert.deepEqual(lanes([{ x: 95, width: 30 }], ROOM), [{ left: 64, lane: 0 }]);
});

test("a label with no room is left out", () => {
  assert.deepEqual(lanes([{ x: 50, width: 90 }], ROOM), [null]);
});

/** @typedef {{ x: number, width: number }} Flag */
/** @typedef {{ left: number, lane: number } | null} Place */

/** Whether one label covers another label or its pole. @param {[Flag, Place]} one @param {[Flag, Place]} other */
function covers([flag, place], [otherFlag, other]) {
  if (!place || !other) return false;
  const right = place.left + flag.width;
  const meets = other.left < right && other.left + otherFlag.width > place.left;
  const pole = otherFlag.x > place.left && otherFlag.x < right;
  return (meets && place.lane === other.lane) || (pole && other.lane >= place.lane);
}

test("no label covers another or another's pole, however they fall", () => {
  for (let seed = 1; seed < 200; seed += 1) {
    const flags = [3, 7, 11, 13].map((prime) => ({
      x: (seed * prime * 17) % 100,
      width: 10 + ((seed * prime) % 25),
    }));
    const hung = lanes(flags, ROOM).map(
      (place, i) => /** @type {[Flag, Place]} */ ([flags[i], place]),
    );
    const clash = hung.some((one) => hung.some((other) => one !== other && covers(one, other)));
    assert.equal(clash, false, `seed ${seed}`);
  }
});
