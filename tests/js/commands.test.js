import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Commands } from "../../static/wall/commands.js";

const NOW = 1_776_168_000_000;
/** @type {Map<string, string>} */
const kept = new Map();
let keeps = true;

beforeEach(() => {
  kept.clear();
  keeps = true;
});

Object.defineProperty(globalThis, "sessionStorage", {
  configurable: true,
  value: {
    getItem: (/** @type {string} */ key) => kept.get(key) ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ value) => {
      if (!keeps) throw new Error("nothing is kept");
      kept.set(key, value);
    },
  },
});

/** A page of a screen. @param {{ comes?: boolean, now?: number }} [how] */
function page({ comes = true, now = NOW } = {}) {
  /** @type {any[]} */
  const said = [];
  let loads = 0;
  const root = { clientWidth: 1920, clientHeight: 1080, dataset: { theme: "ink" } };
  const commands = new Commands(/** @type {any} */ (root), {
    now: () => now,
    state: () => ({ programme: null, feeds: {}, contact: null }),
    shown: () => /** @type {any} */ ({ scene: "quote", item: { id: "q12" } }),
    reload: async () => {
      loads += 1;
      return comes;
    },
    tell: (told) => said.push(told),
    english: {},
  });
  return { commands, said, loads: () => loads };
}

/** @param {string} what @param {number} [id] */
const asked = (what, id = 7) => [{ id, what, until: NOW + 1000 }];

test("a report names what hangs, and tells no word of it", async () => {
  const { commands, said } = page();
  await commands.take(asked("report"));
  assert.deepEqual(said, [{ id: 7, outcome: "done", detail: "quote q12 1920 1080 ink" }]);
});

test("a reload is done once the new page is asked again, and not a second time", async () => {
  const first = page();
  await first.commands.take(asked("reload"));
  assert.deepEqual([first.loads(), first.said], [1, []]);
  const second = page();
  await second.commands.take(asked("reload"));
  assert.deepEqual([second.loads(), second.said], [0, [{ id: 7, outcome: "done", detail: "" }]]);
});

test("a page that would not come is not left", async () => {
  const { commands, said } = page({ comes: false });
  await commands.take(asked("reload"));
  await commands.take(asked("reload"));
  const failed = { id: 7, outcome: "failed", detail: "no-page" };
  assert.deepEqual(said, [failed, failed]);
});

test("where nothing is kept, a page is not loaded again and again", async () => {
  keeps = false;
  const { commands, said, loads } = page();
  await commands.take(asked("reload"));
  assert.equal(loads(), 0);
  assert.deepEqual(said, [{ id: 7, outcome: "failed", detail: "no-memory" }]);
});

test("what comes too late is not done", async () => {
  const { commands, said } = page({ now: NOW + 1000 });
  await commands.take(asked("report"));
  assert.deepEqual(said, []);
});

test("a command of later is told to be unknown, once for each id", async () => {
  const { commands, said } = page();
  await commands.take(asked("dance"));
  await commands.take([...asked("dance"), ...asked("report", 8)]);
  assert.deepEqual(
    said.map(({ id, outcome }) => [id, outcome]),
    [
      [7, "failed"],
      [7, "failed"],
      [8, "done"],
    ],
  );
});
