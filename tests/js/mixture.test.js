import assert from "node:assert/strict";
import { test } from "node:test";
import { turns } from "../../static/wall/mixture.js";
import { vectors } from "./vectors.js";

for (const { name, takers, mode, shares, expect } of vectors("mix"))
  test(`mixture: ${name}`, () => assert.deepEqual(turns(takers, mode, shares), expect));
