import assert from "node:assert/strict";
import { test } from "node:test";
import { readable } from "../../static/desk/readable.js";
import { vectors } from "./vectors.js";

for (const { colour, ground, ratio, expect } of vectors("readable"))
  test(`as the server: ${colour} on ${ground} at ${ratio}:1`, () => {
    assert.equal(readable(colour, ground, ratio), expect);
  });
