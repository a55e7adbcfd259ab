// Until when customers' words may hang without the server: the same vectors as for signage/core/lease.py.
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { ServerClock } from "../../static/wall/clock.js";
import { leased } from "../../static/wall/shows.js";
import { vectors } from "./vectors.js";

const HOUR_MS = 3_600_000;
const LEASES = vectors("lease");

/** @param {string} call */
const of = (call) => LEASES.filter((vector) => vector.call === call);

/** @param {number} hours @returns {any} */
const programme = (hours) => ({ lease_hours: hours });

/** What a device takes the time to be when it starts. @param {number} now @param {number | null} contact @param {number | null} seen */
function wake(now, contact, seen) {
  mock.timers.enable({ apis: ["Date"], now });
  const clock = new ServerClock();
  mock.timers.reset();
  clock.notBefore(contact, seen);
  return clock.now();
}

for (const { name, lease_hours: hours, now, contact, expect } of of("leased")) {
  test(`leased: ${name}`, () => {
    assert.equal(leased(programme(hours), now, contact), expect);
  });
}

for (const { name, clock, contact, seen, expect } of of("reckoned")) {
  test(`reckoned: ${name}`, () => {
    const now = wake(clock, contact, seen);
    assert.ok(now >= expect && now - expect < 1000, `${now} is not ${expect}`);
  });
}

for (const { name, contact, lease_hours: hours, runs, expect } of of("restarts")) {
  test(`restarts: ${name}`, () => {
    /** @type {number | null} */
    let seen = null;
    const held = runs.map((/** @type {number} */ run) => {
      // The run itself takes a moment here, which is not part of it.
      seen = Math.floor(wake(0, contact, seen) / 60_000) * 60_000 + run * HOUR_MS;
      return leased(programme(hours), seen, contact);
    });
    assert.deepEqual(held, expect);
  });
}

for (const { name, contact, lease_hours: hours, expect } of of("dies_at")) {
  test(`dies_at: ${name}`, () => {
    assert.equal(leased(programme(hours), expect, contact), true);
    assert.equal(leased(programme(hours), expect + 1, contact), false);
  });
}
