import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { createSay } from "../../static/wall/words.js";

const wall = new URL("../../static/wall/", import.meta.url);
/** @type {Record<string, string>} */
const english = JSON.parse(readFileSync(new URL("words.json", wall), "utf8"));
/** @param {number} n */
const plural = (n) => /** @type {"one" | "other"} */ (n === 1 ? "one" : "other");

test("the screen's language comes first, English where it has no word", () => {
  const say = createSay({ "frame.live": "direkt" }, english, plural);
  assert.equal(say("frame.live"), "direkt");
  assert.equal(say("quote.score", { score: 9, max: 10 }), "9 of 10");
});

test("one and many", () => {
  const say = createSay({}, english, plural);
  assert.equal(say("score.answers", { n: "1", count: 1 }), "1 answer");
  assert.equal(say("score.answers", { n: "1 284", count: 1284 }), "1 284 answers");
});

test("no line begins with a dash, and names stay as they are", () => {
  const say = createSay({ a: "før – mere end {name} – enden", b: "1–2" }, english, plural);
  assert.equal(say("a", { name: "x – y" }), "før\u00a0– mere end x – y\u00a0– enden");
  assert.equal(say("b"), "1–2");
});

test("every word a scene says is in words.json, and every word there is said", () => {
  const files = readdirSync(wall, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".js"),
  );
  const source = files.map((name) => readFileSync(new URL(name, wall), "utf8")).join("\n");
  const said = new Set(
    [
      ...source.matchAll(
        /"((?:frame|quote|improvement|effect|score|touchpoints|mix|ask|mosaic|empty|lapsed|waiting|pairing|revoked|notice|identify|metric|tools)\.[a-z_]+)"/g,
      ),
    ].map((match) => match[1]),
  );
  for (const key of said) assert.ok(key in english, `${key} is not in words.json`);
  const made =
    /^(band|bands|mask|metric|frame|score\.(question|meaning|up|down|up_points|down_points)|mix\.(less|newest|equal)|touchpoints\.(pain|truth))\b/;
  for (const key of Object.keys(english))
    assert.ok(said.has(key) || made.test(key), `${key} is never said`);
});
