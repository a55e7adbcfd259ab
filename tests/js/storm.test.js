// All walls lose their server at once: they come back spread out, and more so the longer it is away.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fullJitter } from "../../static/wall/backoff.js";

const WALLS = 5000;

/** The same row of numbers each time. @param {number} seed */
function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** When each wall finds the server that is away until `back`, in ms. @param {number} back */
function returns(back) {
  const random = randomFrom(7);
  return Array.from({ length: WALLS }, () => {
    let at = 0;
    for (let attempt = 0; at < back || attempt === 0; attempt++) at += fullJitter(attempt, random);
    return at;
  });
}

/** How many come in the busiest stretch of so many ms. @param {number[]} moments @param {number} stretch */
function most(moments, stretch) {
  /** @type {Map<number, number>} */
  const counts = new Map();
  for (const at of moments) {
    const key = Math.floor(at / stretch);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return Math.max(...counts.values());
}

test("a server that is back at once is asked evenly over a second", () => {
  const moments = returns(0);
  assert.ok(Math.max(...moments) <= 1000);
  assert.ok(most(moments, 100) < (WALLS / 10) * 1.2);
});

for (const [away, share] of /** @type {const} */ ([
  [3000, 0.4],
  [10_000, 0.2],
  [60_000, 0.12],
])) {
  test(`after ${away / 1000} s away no second brings more than ${share * 100} % of the walls`, () => {
    const moments = returns(away);
    assert.ok(moments.every((at) => at >= away && at <= away + 20_000));
    assert.ok(most(moments, 1000) < WALLS * share, String(most(moments, 1000)));
  });
}
