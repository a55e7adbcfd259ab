import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { posix } from "node:path";
import { test } from "node:test";

const root = new URL("../../", import.meta.url);

/** @param {string} path */
function read(path) {
  return readFileSync(new URL(path, root), "utf8");
}

/** All that a module imports, and what those import. @param {string} module @param {Set<string>} found */
function importsOf(module, found = new Set()) {
  for (const [, from] of read(`static/${module}`).matchAll(/^import[^;]*?"([^"]+)";/gm)) {
    const path = posix.join(posix.dirname(module), from);
    if (!found.has(path)) importsOf(path, found.add(path));
  }
  return found;
}

test("the review page fetches every module it needs at once, and no other", () => {
  const listed = read("templates/desk/review_modules.html").matchAll(
    /"((?:desk|vendor|wall)\/[^"]+\.js)"/g,
  );
  const wanted = importsOf("desk/review.js");
  assert.deepEqual([...listed].map(([, name]) => name).sort(), [...wanted].sort());
});
