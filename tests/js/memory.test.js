// What a wall starts with, and what time it takes it to be.
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { ServerClock } from "../../static/wall/clock.js";
import { NOTHING, remembered } from "../../static/wall/memory.js";
import { leased } from "../../static/wall/shows.js";

const HOUR_MS = 3_600_000;
const CONTACT = Date.UTC(2026, 3, 14, 7, 42);
const WHOLE = {
  programme: { playlist: [] },
  feeds: { quotes: { kind: "quotes", epoch: "e", rev: 4, items: {} } },
  contact: CONTACT,
};

/** What a device without a battery clock takes the time to be when it starts. @param {number | null} contact @param {number | null} [seen] */
function wake(contact, seen) {
  mock.timers.enable({ apis: ["Date"], now: 0 });
  const clock = new ServerClock();
  mock.timers.reset();
  clock.notBefore(contact, seen);
  return clock.now();
}

/** @param {number} a @param {number} b */
const near = (a, b) => assert.ok(Math.abs(a - b) < 1000, `${a} is not ${b}`);

test("a whole record is used as it is", () => {
  assert.deepEqual(remembered(WHOLE, CONTACT + 5), { state: WHOLE, seen: CONTACT + 5 });
  assert.deepEqual(remembered(NOTHING, undefined), { state: NOTHING, seen: null });
});

test("a bad record counts as none", () => {
  const bad = [
    undefined,
    null,
    "text",
    { ...WHOLE, feeds: null },
    { ...WHOLE, feeds: { quotes: null } },
    { ...WHOLE, feeds: { quotes: { epoch: "e", rev: "4", items: {} } } },
    { ...WHOLE, programme: {} },
    { ...WHOLE, contact: Number.NaN },
  ];
  for (const state of bad) assert.deepEqual(remembered(state, "5"), { state: NOTHING, seen: null });
});

test("the clock starts no earlier than the last contact and the latest time seen", () => {
  near(wake(null), 0);
  near(wake(CONTACT), CONTACT);
  near(wake(CONTACT, CONTACT + HOUR_MS), CONTACT + HOUR_MS);
  near(wake(CONTACT, CONTACT - HOUR_MS), CONTACT);
});

test("a clock that is right is left alone", () => {
  const clock = new ServerClock();
  clock.notBefore(CONTACT - 1e12, CONTACT - 1e12);
  near(clock.now(), Date.now());
});

test("time without the server adds up over reboots until the lease is over", () => {
  /** @type {any} */
  const programme = { lease_hours: 72 };
  /** @type {number | null} */
  let seen = null;
  const held = [30, 30, 30].map((hours) => {
    seen = wake(CONTACT, seen) + hours * HOUR_MS;
    return leased(programme, seen, CONTACT);
  });
  assert.deepEqual(held, [true, true, false]);
});
