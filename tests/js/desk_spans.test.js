import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import {
  anythingLeft,
  fromJson,
  hide,
  isHidden,
  piecesOf,
  restore,
  toJson,
  unfit,
} from "../../static/desk/spans.js";

const file = new URL("../vectors/verbatim.json", import.meta.url);
const vectors = JSON.parse(readFileSync(file, "utf8"));

for (const { name, comment, revision, expect } of vectors)
  test(`as the server: ${name}`, () => {
    assert.deepEqual(piecesOf(comment, fromJson(comment, revision)), expect);
  });

test("spans go out in code points, as they came in", () => {
  const revision = { cuts: [{ start: 3, end: 7 }], masks: [{ start: 8, end: 10, label: "name" }] };
  const comment = "😀😀 Anna ok";
  assert.deepEqual(toJson(comment, fromJson(comment, revision)), revision);
});

test("a mask in a cut opens the cut around it", () => {
  const cut = [{ start: 0, end: 9, label: null }];
  const both = hide(cut, { start: 4, end: 8, label: "name" });
  assert.deepEqual(both, [
    { start: 0, end: 4, label: null },
    { start: 4, end: 8, label: "name" },
    { start: 8, end: 9, label: null },
  ]);
});

test("restoring a word in a cut leaves the rest cut", () => {
  const cut = [{ start: 0, end: 13, label: null }];
  const spans = restore(cut, { start: 4, end: 7 });
  assert.deepEqual(piecesOf("one two three", spans), [
    { kind: "cut" },
    { kind: "words", text: "two" },
    { kind: "cut" },
  ]);
});

test("hidden all through, white space aside", () => {
  const comment = "one two three";
  const spans = [
    { start: 0, end: 3, label: null },
    { start: 4, end: 7, label: "name" },
  ];
  assert.equal(isHidden(comment, spans, { start: 0, end: 7 }), true);
  assert.equal(isHidden(comment, spans, { start: 0, end: 8 }), true);
  assert.equal(isHidden(comment, spans, { start: 0, end: 9 }), false);
  assert.equal(isHidden(comment, [], { start: 0, end: 3 }), false);
});

test("white space and masks alone are nothing to show", () => {
  assert.equal(anythingLeft([{ kind: "words", text: " \n" }, { kind: "cut" }]), false);
  assert.equal(anythingLeft([{ kind: "mask", label: "name" }]), false);
  assert.equal(anythingLeft([{ kind: "words", text: "ok" }]), true);
});

test("what is too long names the limit that applies", () => {
  const shown = (/** @type {string} */ text) => unfit(piecesOf(text, []));
  assert.equal(shown("word ".repeat(200).trim()), "");
  assert.equal(shown("word ".repeat(201).trim()), "tooManyWords");
  assert.equal(shown("seven77 ".repeat(190).trim()), "tooManyCharacters");
});
