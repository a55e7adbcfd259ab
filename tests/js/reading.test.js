import assert from "node:assert/strict";
import { test } from "node:test";
import { countWords, dwell } from "../../static/wall/reading.js";
import { vectors } from "./vectors.js";

for (const { name, text, expect } of vectors("reading")) {
  test(`reading: ${name}`, () => {
    assert.equal(countWords(text), expect.words);
    assert.ok(Math.abs(dwell(expect.words) - expect.seconds) < 1e-9);
  });
}
