// Digits on keyboards whose layout writes something else on them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { digitOf } from "../../static/desk/digits.js";

test("a digit is taken as it is written, from wherever it comes", () => {
  assert.equal(digitOf({ key: "3", code: "Digit3", shiftKey: false }), "3");
  assert.equal(digitOf({ key: "3", code: "Numpad3", shiftKey: false }), "3");
  assert.equal(digitOf({ key: "3", code: "Digit3", shiftKey: true }), "3", "as in French");
  assert.equal(digitOf({ key: "3", code: "", shiftKey: false }), "3");
});

test("where the layout writes another character there, the key counts", () => {
  assert.equal(digitOf({ key: "&", code: "Digit1", shiftKey: false }), "1");
  assert.equal(digitOf({ key: "é", code: "Digit2", shiftKey: false }), "2");
  assert.equal(digitOf({ key: "à", code: "Digit0", shiftKey: false }), "0");
});

test("what is no digit's key stays what it is", () => {
  assert.equal(digitOf({ key: "!", code: "Digit1", shiftKey: true }), "");
  assert.equal(digitOf({ key: "End", code: "Numpad1", shiftKey: false }), "");
  assert.equal(digitOf({ key: "a", code: "KeyA", shiftKey: false }), "");
});
