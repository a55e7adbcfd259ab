// Proof of play: what hung is added up, told in batches that count once, and kept without a server.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  add,
  BATCH_ROWS,
  MOST_ROWS,
  nothingPlayed,
  rememberedPlays,
  said,
  seal,
  taken,
} from "../../static/wall/played.js";
import { Plays } from "../../static/wall/plays.js";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const DAY = Date.UTC(2026, 3, 14);
const HOUR = DAY + 7 * HOUR_MS;

/** @param {string} id @param {number} [startedAt] @returns {any} */
const quote = (id, startedAt = 0) => ({
  scene: "quote",
  feed: "quotes",
  item: { id, kind: "quote" },
  key: `quote:${id}`,
  startedAt,
});

test("times count where it began, seconds where they passed", () => {
  const until = HOUR + HOUR_MS + 4000;
  const played = add(nothingPlayed("q"), quote("q12"), until - 10_000, until, true);
  assert.deepEqual(played.scenes, {
    [`${HOUR} quote`]: [1, 6000],
    [`${HOUR + HOUR_MS} quote`]: [0, 4000],
  });
  assert.deepEqual(played.items, { [`${DAY} q12`]: [1, 10_000] });
});

test("several quotes at a time count each, and figures have no number of their own", () => {
  const mosaic = { kind: "mosaic", quotes: [{ id: "q1" }, { id: "q2" }], id: "mosaic" };
  const several = /** @type {any} */ ({ scene: "mosaic", item: mosaic, key: "m", startedAt: 0 });
  const nps = /** @type {any} */ ({ scene: "nps", item: { id: "nps", kind: "nps" } });
  const played = add(
    add(nothingPlayed("q"), several, HOUR, HOUR + 5000, true),
    nps,
    HOUR + 5000,
    HOUR + 9000,
    true,
  );
  assert.deepEqual(Object.keys(played.items), [`${DAY} q1`, `${DAY} q2`]);
  assert.deepEqual(Object.keys(played.scenes), [`${HOUR} mosaic`, `${HOUR} nps`]);
});

test("a page without content proves nothing", () => {
  const empty = /** @type {any} */ ({ scene: "empty", item: null, key: "empty", startedAt: 0 });
  const before = nothingPlayed("q");
  assert.equal(add(before, empty, HOUR, HOUR + 5000, true), before);
});

test("a batch keeps its number until the server has it", () => {
  let played = add(nothingPlayed("q"), quote("q12"), HOUR, HOUR + 5400, true);
  played = seal(played);
  assert.deepEqual(said(played), {
    queue: "q",
    batch: 1,
    scenes: [[HOUR, "quote", 1, 5]],
    items: [[DAY, "q12", 1, 5]],
  });
  played = seal(add(played, quote("q13"), HOUR, HOUR + 5000, true));
  assert.equal(said(played)?.batch, 1);
  assert.deepEqual(taken(played, "another", 1), played);
  assert.deepEqual(taken(played, "q", 2), played);
  played = taken(played, "q", 1);
  assert.equal(said(played), null);
  assert.equal(said(seal(played))?.batch, 2);
  assert.deepEqual(said(seal(played))?.items, [[DAY, "q13", 1, 5]]);
});

test("with nothing to tell there is no batch", () => {
  assert.equal(said(seal(nothingPlayed("q"))), null);
});

/** Twelve scenes, every sixteen hours of forty days. */
function longPlayed() {
  const hours = Array.from({ length: 60 }, (_, n) => DAY + 16 * n * HOUR_MS);
  const scenes = Array.from("abcdefghijkl");
  const shows = hours.flatMap((from) => scenes.map((scene, n) => ({ from, scene, n })));
  return shows.reduce((played, { from, scene, n }) => {
    const show = { ...quote(`q${from}${n}`), scene };
    return add(played, show, from, from + 5000, true);
  }, nothingPlayed("q"));
}

test("days without a server stay within bounds, and all that is left is told in its order", () => {
  let played = longPlayed();
  const starts = Object.keys(played.scenes).map((key) => Number(key.split(" ")[0]));
  assert.ok(Math.min(...starts) > DAY + 39 * DAY_MS - 32 * DAY_MS);
  assert.ok(starts.length <= MOST_ROWS && starts.length > BATCH_ROWS);
  const told = [];
  for (played = seal(played); said(played); played = seal(taken(played, "q", played.next - 1))) {
    told.push(...(said(played)?.scenes ?? []).map(([start]) => start));
    assert.ok((said(played)?.items.length ?? 0) <= BATCH_ROWS);
  }
  assert.deepEqual(
    told,
    starts.toSorted((a, b) => a - b),
  );
});

test("a record that is not whole is begun anew", () => {
  const whole = seal(add(nothingPlayed("old"), quote("q1"), HOUR, HOUR + 5000, true));
  assert.equal(rememberedPlays(whole, "new"), whole);
  for (const broken of [
    null,
    undefined,
    7,
    {},
    { ...whole, scenes: null },
    { ...whole, next: "1" },
  ])
    assert.deepEqual(rememberedPlays(broken, "new"), nothingPlayed("new"));
});

/** A player's plays with a clock that a test moves. @param {{ isSet?: boolean }} [given] */
function playing({ isSet = true } = {}) {
  const state = { isSet, now: HOUR, saved: /** @type {any} */ (null) };
  const passed = performance.now();
  const plays = new Plays({
    now: () => state.now + performance.now() - passed,
    isSet: () => state.isSet,
    save: async (played) => {
      state.saved = structuredClone(played);
    },
  });
  return { plays, state };
}

test("what hung before the server set the clock is not counted", async () => {
  const { plays, state } = playing({ isSet: false });
  plays.shows(quote("q1"));
  await plays.keep(true);
  assert.deepEqual(plays.report, {});
  state.isSet = true;
  plays.shows(quote("q2"));
  await plays.keep(true);
  assert.deepEqual(
    plays.report.plays?.items.map(([, id, times]) => [id, times]),
    [["q2", 1]],
  );
});

test("nothing is told that is not stored, and a reboot says the same batch again", async () => {
  const { plays, state } = playing();
  plays.shows(quote("q1"));
  const storing = plays.keep(true);
  assert.deepEqual(plays.report, {});
  await storing;
  const { plays: batch } = plays.report;
  assert.equal(batch?.batch, 1);

  const again = playing();
  again.plays.load(state.saved);
  assert.deepEqual(again.plays.report.plays, batch);
  await again.plays.taken({ queue: batch?.queue ?? "", batch: 1 });
  assert.deepEqual(again.plays.report, {});
});

test("what was counted without the server is ready when it is back", async () => {
  const { plays } = playing();
  await plays.online(true);
  plays.shows(quote("q1"));
  await plays.online(true);
  assert.deepEqual(plays.report, {});
  await plays.online(false);
  await plays.online(true);
  assert.equal(plays.report.plays?.items[0][1], "q1");
});

test("a scene that hangs on counts once, and one that comes again counts again", async () => {
  const { plays } = playing();
  for (const startedAt of [1, 1, 1, 2]) plays.shows(quote("q1", startedAt));
  plays.shows(null);
  plays.shows(quote("q1", 3));
  await plays.keep(true);
  assert.equal(plays.report.plays?.items[0][2], 3);
});
