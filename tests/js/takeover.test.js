import assert from "node:assert/strict";
import { test } from "node:test";
import { ServerClock } from "../../static/wall/clock.js";
import { isMeant, takeover } from "../../static/wall/notices.js";
import { shows } from "../../static/wall/shows.js";
import { turn } from "../../static/wall/turn.js";
import { vectors } from "./vectors.js";

const HOUR = 3_600_000;
const NOON = 1_776_168_000_000;

for (const { name, for: target, screen, group, meant } of vectors("targets"))
  test(`meant: ${name}`, () => {
    assert.equal(isMeant(target, { id: screen, name: "", site: null, group }), meant);
  });

/** @param {string} id @param {object} [more] @returns {any} */
const over = (id, more = {}) => ({
  id,
  kind: "takeover",
  look: "notice",
  for: null,
  headline: id,
  from: NOON,
  until: NOON + HOUR,
  takes_over: true,
  words: 3,
  ...more,
});
/** @param {any[]} items @returns {any} */
const hung = (...items) => ({
  notices: {
    kind: "notices",
    epoch: "e",
    rev: 1,
    items: Object.fromEntries(items.map((each) => [each.id, each])),
  },
});
/** @param {number | null} [group] @returns {any} */
const programme = (group = null) => ({ lease_hours: 72, playlist: [], screen: { id: 7, group } });

test("what is urgent goes before what came later, and the later one before the earlier", () => {
  const feeds = hung(over("n1", { urgent: true }), over("n2", { from: NOON + 1 }), over("n3"));
  assert.equal(takeover(programme(), feeds, NOON + 5)?.notice.id, "n1");
  const { n1: _, ...others } = feeds.notices.items;
  assert.equal(takeover(programme(), hung(...Object.values(others)), NOON + 5)?.notice.id, "n2");
});

test("a screen that is moved shows what is meant for its new group, and no more what was for the old one", () => {
  const feeds = hung(over("n1", { for: { groups: [3], screens: [] } }));
  const scene = (/** @type {number | null} */ group) =>
    shows(programme(group), feeds, NOON + 5, { contact: NOON }).scene;
  assert.deepEqual([scene(null), scene(3), scene(4)], ["empty", "notice", "empty"]);
});

test("a celebration is a scene of its own, and one that is a notice the same as ever", () => {
  const show = (/** @type {object} */ more) =>
    shows(programme(), hung(over("n1", more)), NOON, { contact: NOON });
  assert.equal(show({ look: "celebration" }).key, "celebration:notices/n1");
  assert.equal(show({ kind: "notice", look: undefined }).key, "notice:notices/n1");
  assert.equal(show({ look: "of later" }).scene, "notice");
});

test("it gives way at its own end, without the server", () => {
  const feeds = hung(over("n1"));
  const last = { contact: NOON - 24 * HOUR };
  const shown = shows(programme(), feeds, NOON + HOUR - 1, last);
  assert.equal(shown.scene, "notice");
  const wanted = shows(programme(), feeds, NOON + HOUR, last);
  assert.equal(wanted.scene, "empty");
  assert.equal(turn(shown, wanted, feeds, NOON + HOUR).act, "swap");
});

test("ended by hand it leaves at once", () => {
  const shown = shows(programme(), hung(over("n1")), NOON + 1, { contact: NOON });
  const wanted = shows(programme(), hung(), NOON + 2, { contact: NOON });
  assert.equal(turn(shown, wanted, hung(), NOON + 2).act, "drop");
});

test("a device whose clock is wrong by a day begins and ends it by the server's", () => {
  for (const wrong of [-24 * HOUR, 24 * HOUR]) {
    const clock = new ServerClock();
    const asked = performance.now();
    clock.notBefore(Date.now() + wrong);
    clock.correct(NOON + HOUR - 2000, asked, asked);
    const scene = () => shows(programme(), hung(over("n1")), clock.now(), { contact: NOON }).scene;
    assert.equal(scene(), "notice", `off by ${wrong}`);
    clock.correct(NOON + HOUR, asked, asked);
    clock.correct(NOON + HOUR, asked, asked);
    assert.equal(scene(), "empty", `off by ${wrong}`);
  }
});
