// Decisions on their way: what becomes of them when the server fails.

import assert from "node:assert/strict";
import { test } from "node:test";

/** @type {Map<string, string>} */
const kept = new Map();
/** Quotes at which the server fails. @type {Set<string>} */
const failing = new Set();
/** @type {string[]} */
let asked = [];
/** So long was waited, ms. @type {number[]} */
let waits = [];

Object.assign(globalThis, {
  addEventListener: () => {},
  sessionStorage: {
    getItem: (/** @type {string} */ key) => kept.get(key) ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ value) => kept.set(key, value),
  },
  setTimeout: (/** @type {() => void} */ act, /** @type {number} */ ms) => {
    waits.push(ms);
    setImmediate(act);
    return 0;
  },
  fetch: async (/** @type {string} */ address) => {
    const [, quote] = /quotes\/(\d+)\//.exec(address) ?? [];
    asked.push(quote);
    const headers = { "content-type": "application/json" };
    if (failing.has(quote)) return new Response('{"status": 500}', { status: 500, headers });
    return new Response('{"decision": 7, "seconds": 8, "on": ""}', { headers });
  },
});
const { Outbox } = await import("../../static/desk/outbox.js");

/** @param {number} person */
function outbox(person) {
  /** @type {string[]} */
  const told = [];
  const note = (/** @type {string} */ what) => () => told.push(what);
  const made = new Outbox(person, {
    conflict: note("conflict"),
    refused: note("refused"),
    gone: note("gone"),
    signedOut: note("signed out"),
    waits: (/** @type {boolean} */ is) => told.push(is ? "waits" : "sent"),
    stuck: (/** @type {number} */ n) => told.push(`stuck ${n}`),
  });
  return { made, told };
}

/** @param {string} quote */
function decision(quote) {
  return { quote, verb: "approval", verdict: "approve", fields: { revision: "0" } };
}

const inTab = () =>
  JSON.parse(kept.get("desk.outbox") ?? "[]").map((/** @type {any} */ d) => d.quote);

test("a lasting failure is asked about for a while, then laid beside, and nothing is lost", async () => {
  failing.add("1");
  const { made, told } = outbox(3);
  const first = made.send(decision("1"));
  const second = made.send(decision("2"));

  assert.equal(await first, null);
  assert.equal((await second)?.decision, 7);
  assert.deepEqual(asked, ["1", "1", "1", "1", "1", "1", "2"]);
  assert.deepEqual(waits, [1000, 2000, 4000, 8000, 15000]);
  assert.equal(told.at(-1), "stuck 1");
  assert.deepEqual(inTab(), ["1"]);

  failing.clear();
  asked = waits = [];
  made.retry();
  while (inTab().length) await new Promise(setImmediate);
  assert.deepEqual(asked, ["1"]);
  assert.equal(told.at(-1), "sent");
});

test("the next page of the tab sends what was laid beside", async () => {
  failing.add("5");
  const before = outbox(3);
  assert.equal(await before.made.send(decision("5")), null);
  failing.clear();

  const after = outbox(3);
  assert.equal(after.made.resume(), 0);
  while (inTab().length) await new Promise(setImmediate);
});
