// What a wall starts with, and what time it takes it to be.
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { ServerClock } from "../../static/wall/clock.js";
import { doubted, NOTHING, remembered } from "../../static/wall/memory.js";
import { leased } from "../../static/wall/shows.js";

const HOUR_MS = 3_600_000;
const CONTACT = Date.UTC(2026, 3, 14, 7, 42);
const PROGRAMME = {
  version: "v",
  title: "",
  locale: "sv",
  timezone: "Europe/Stockholm",
  theme: "ink",
  screen: { id: 1, name: "Hall", site: null },
  words: {},
  diagonal_inch: 55,
  distance_m: 5,
  lease_hours: 72,
  playlist: [{ scene: "quote", feed: "quotes", count: 1 }],
};
const QUOTE = { id: "q1", kind: "quote", pieces: [], who: { kind: "customer", text: null } };
const WHOLE = {
  programme: PROGRAMME,
  feeds: { quotes: { kind: "quotes", epoch: "e", rev: 4, items: { q1: QUOTE } } },
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
const near = (a, b) => assert.ok(Math.abs(a - b) < 60_000, `${a} is not ${b}`);

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
    { ...WHOLE, contact: Number.NaN },
  ];
  for (const state of bad) assert.deepEqual(remembered(state, "5"), { state: NOTHING, seen: null });
});

test("a feed that is none, and a programme that cannot hang, count as not stored", () => {
  for (const quotes of [
    null,
    { epoch: "e", rev: "4", items: {} },
    { epoch: "e", rev: 4, items: null },
  ])
    assert.deepEqual(remembered({ ...WHOLE, feeds: { quotes } }, 5).state, { ...WHOLE, feeds: {} });
  const bad = [
    {},
    { version: "v", playlist: [] },
    { ...PROGRAMME, playlist: [null] },
    { ...PROGRAMME, playlists: { lunch: [{ scene: "quote" }] } },
    { ...PROGRAMME, slots: [null] },
    { ...PROGRAMME, screen: null },
    { ...PROGRAMME, words: undefined },
    { ...PROGRAMME, lease_hours: Number.NaN },
    { ...PROGRAMME, locale: "?" },
    { ...PROGRAMME, timezone: "Nowhere" },
  ];
  for (const programme of bad)
    assert.deepEqual(remembered({ ...WHOLE, programme }, 5).state, { ...WHOLE, programme: null });
});

test("of a feed with bad items the good ones hang on, and the whole is asked for", () => {
  const bad = [null, "text", {}, { ...QUOTE, kind: 5 }, { ...QUOTE, pieces: undefined }];
  const others = [
    { ...QUOTE, who: null },
    { id: "nps", kind: "nps", counts: {}, trend: [] },
  ];
  for (const x of [...bad, ...others]) {
    const feed = { ...WHOLE.feeds.quotes, items: { q1: QUOTE, x } };
    const { feeds } = remembered({ ...WHOLE, feeds: { quotes: feed } }, 5).state;
    assert.deepEqual(feeds.quotes, { ...WHOLE.feeds.quotes, epoch: "" });
  }
});

test("what is in doubt is asked for whole, and hangs until then", () => {
  const { programme, feeds, contact } = doubted(remembered(WHOLE, 5).state);
  assert.deepEqual(programme, { ...PROGRAMME, version: "" });
  assert.deepEqual(feeds.quotes, { ...WHOLE.feeds.quotes, epoch: "" });
  assert.equal(contact, CONTACT);
  assert.deepEqual(doubted(NOTHING), NOTHING);
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
