// Slots: what the brute force of tests/slot_minutes.py found in two years and ten time zones.
import assert from "node:assert/strict";
import { test } from "node:test";
import { playing } from "../../static/wall/slots.js";
import { vectors } from "./vectors.js";

const MINUTE_MS = 60_000;

for (const { timezone, slots, holidays, from, changes } of vectors("slots")) {
  test(`slots in ${timezone}`, () => {
    /** @param {number} minute */
    const at = (minute) =>
      playing(slots, from + minute * MINUTE_MS, timezone, holidays)?.playlist ?? null;
    let [last, before] = [0, null];
    for (const [minute, playlist] of changes) {
      assert.equal(at(minute), playlist, `minute ${minute}`);
      if (minute > 0) assert.equal(at(minute - 1), before, `minute ${minute - 1}`);
      if (minute > 0) assert.equal(at(Math.floor((last + minute) / 2)), before);
      [last, before] = [minute, playlist];
    }
  });
}

test("of equal ones the first in the list hangs, and a zone that nobody knows is UTC", () => {
  const slot = { days: [0, 1, 2, 3, 4, 5, 6], from: "00:00", to: "12:00", priority: 0 };
  const [a, b, c] = ["a", "b", "c"].map((playlist) => ({ ...slot, playlist }));
  assert.equal(playing([a, b], 0, "Mars/Olympus", {}), a);
  assert.equal(playing([a, { ...c, priority: 1 }, b], 0, "UTC", {})?.playlist, "c");
  assert.equal(playing([a], 13 * 3_600_000, "UTC", {}), null);
});
