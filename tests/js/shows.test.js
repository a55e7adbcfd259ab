import assert from "node:assert/strict";
import { test } from "node:test";
import { cycleLength, shows } from "../../static/wall/shows.js";
import { vectors } from "./vectors.js";

for (const { name, programme, feeds, now, contact, expect } of vectors("shows")) {
  test(`shows: ${name}`, () => {
    const show = shows(programme, feeds, now, { contact });
    const { said, ...rest } = expect;
    const seen = { ...show, item: show.item?.id ?? null };
    for (const key of Object.keys(rest))
      assert.deepEqual(seen[/** @type {keyof typeof seen} */ (key)], rest[key], key);
    if (said === null) assert.equal(/** @type {any} */ (show.item).said, null);
  });
}

test("every moment belongs to one turn, and turns follow each other without a hole", () => {
  const { programme, feeds } = vectors("shows").find(({ name }) => name.startsWith("turn 1"));
  const length = cycleLength(programme, feeds);
  let now = length * 100_000;
  const end = now + length;
  let turns = 0;
  while (now < end) {
    const show = shows(programme, feeds, now, { contact: now });
    assert.equal(show.startedAt, now);
    now = Number(show.endsAt);
    turns += 1;
  }
  assert.equal(now, end);
  assert.equal(turns, 7);
});

test("around each change of playlist every moment belongs to one scene, which nothing cuts short", () => {
  const { programme, feeds } = vectors("shows").find(({ name }) =>
    name.startsWith("before a slot"),
  );
  const begins = Date.UTC(2026, 11, 1, 11);
  for (const change of [begins, begins + 2 * 3_600_000]) {
    let show = shows(programme, feeds, change - 60_000, { contact: change });
    while (show.startedAt < change + 5 * 60_000) {
      const at = Number(show.endsAt);
      const next = shows(programme, feeds, at, { contact: at });
      const goesOn = next.key === show.key && next.startedAt === show.startedAt;
      assert.ok(goesOn ? Number(next.endsAt) > at : next.startedAt === at, `${next.key} ${at}`);
      show = next;
    }
  }
});
