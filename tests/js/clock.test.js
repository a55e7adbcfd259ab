// The server's time from its answers: outliers, drift, jumps of the device's clock, 1970.
import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { ServerClock } from "../../static/wall/clock.js";
import { sampled, surest, taken } from "../../static/wall/samples.js";

const REAL = Date.UTC(2026, 9, 25, 0, 59);
const HOUR_MS = 3_600_000;

/** Time since the page was loaded, as performance.now() tells it. */
let running = 0;

beforeEach(() => {
  running = 0;
  mock.method(performance, "now", () => running);
  device(REAL);
});

afterEach(() => {
  mock.timers.reset();
  mock.restoreAll();
});

/** Sets the device's clock. @param {number} to */
function device(to) {
  mock.timers.reset();
  mock.timers.enable({ apis: ["Date"], now: to });
}

/** Both clocks go on. @param {number} by */
function pass(by) {
  running += by;
  device(Date.now() + by);
}

/** An answer that took `there` and `back` ms, at the server's time `real`. @param {ServerClock} clock @param {number} real @param {number} [there] @param {number} [back] */
function answer(clock, real, there = 5, back = 5) {
  clock.correct(real, running - there - back, running);
}

/** @param {number[][]} told pairs of how far ahead and doubt, 30 s apart */
function kept(told) {
  return told.reduce(
    (samples, [ahead, doubt], i) => {
      const at = i * 30_000;
      return taken(samples, { ahead, doubt, at });
    },
    /** @type {import("../../static/wall/samples.js").Sample[]} */ ([]),
  );
}

const VECTORS = [
  { name: "the first counts", told: [[500, 2000]], is: 500 },
  {
    name: "a surer one counts more",
    told: [
      [500, 2000],
      [90, 4],
    ],
    is: 90,
  },
  {
    name: "a slow answer does not undo a quick one",
    told: [
      [90, 4],
      [1500, 1600],
    ],
    is: 90,
  },
  {
    name: "one that contradicts is dropped",
    told: [
      [90, 4],
      [5000, 4],
    ],
    is: 90,
  },
  {
    name: "however sure it is",
    told: [
      [90, 40],
      [92, 50],
      [5000, 1],
      [91, 45],
    ],
    is: 91,
  },
  {
    name: "twice the same is the time set anew",
    told: [
      [90, 4],
      [91, 4],
      [90, 4],
      [5000, 4],
      [5001, 4],
    ],
    is: 5001,
  },
  {
    name: "two that differ are not",
    told: [
      [90, 4],
      [91, 4],
      [90, 3],
      [5000, 4],
      [9000, 4],
    ],
    is: 90,
  },
  {
    name: "an old one is less sure",
    told: [[90, 1], ...Array.from({ length: 6 }, () => [95, 8])],
    is: 95,
  },
];

for (const { name, told, is } of VECTORS) {
  test(`of several answers: ${name}`, () => {
    assert.equal(surest(kept(told), (told.length - 1) * 30_000)?.ahead, is);
  });
}

test("half the way there and back is the answer's age", () => {
  assert.deepEqual(sampled(10_000, 100, 300), { ahead: 9800, doubt: 100, at: 300 });
});

test("answers with a skewed way stay within 100 ms of the server's time", () => {
  const clock = new ServerClock();
  const ways = [
    [180, 20],
    [20, 160],
    [5, 9],
    [900, 30],
    [40, 60],
  ];
  for (const [i, [there, back]] of ways.entries()) {
    pass(30_000);
    answer(clock, REAL + running - back, there, back);
    if (i >= 2) assert.ok(Math.abs(clock.now() - (REAL + running)) <= 10, `${i}`);
  }
});

test("a small correction never takes the time back", () => {
  const clock = new ServerClock();
  answer(clock, REAL, 0, 0);
  const before = clock.now();
  answer(clock, REAL - 40, 60, 60);
  answer(clock, REAL - 45, 1, 1);
  answer(clock, REAL - 45, 1, 1);
  assert.equal(clock.now(), before);
  pass(100);
  assert.equal(clock.now(), REAL + 56);
});

test("a device that starts in 1970 learns the time from the first answer", () => {
  device(0);
  const clock = new ServerClock();
  assert.ok(clock.now() < HOUR_MS);
  pass(3000);
  answer(clock, REAL, 5, 5);
  assert.equal(clock.now(), REAL + 5);
});

test("a jump of the device's clock moves nothing, and is noticed once", () => {
  const clock = new ServerClock();
  answer(clock, REAL, 0, 0);
  pass(60_000);
  for (const jump of [-50 * 365 * 24 * HOUR_MS, 9 * HOUR_MS]) {
    device(Date.now() + jump);
    assert.equal(clock.now(), REAL + 60_000);
    assert.equal(clock.jumped(), true);
    assert.equal(clock.jumped(), false);
    assert.equal(clock.now(), REAL + 60_000);
  }
});

test("after a sleep the next answer counts alone", () => {
  const clock = new ServerClock();
  for (let i = 0; i < 8; i += 1) answer(clock, REAL, 1, 1);
  device(REAL + 8 * HOUR_MS); // the page's own clock stood still
  assert.equal(clock.jumped(), true);
  answer(clock, REAL + 8 * HOUR_MS, 300, 300);
  assert.equal(clock.now(), REAL + 8 * HOUR_MS + 300);
});

test("until the server was heard, a device that learns the time is believed, and never goes back", () => {
  device(0);
  const clock = new ServerClock();
  clock.notBefore(REAL - HOUR_MS);
  pass(1000);
  device(REAL);
  assert.equal(clock.jumped(), true);
  assert.equal(clock.now(), REAL);
  device(0);
  assert.equal(clock.jumped(), true);
  assert.equal(clock.now(), REAL);
});

test("the server is asked more often while few of its answers are known", () => {
  const clock = new ServerClock();
  assert.equal(clock.isSure, false);
  for (let i = 0; i < 3; i += 1) answer(clock, REAL);
  assert.equal(clock.isSure, true);
});
