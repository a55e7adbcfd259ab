import assert from "node:assert/strict";
import { test } from "node:test";
import {
  charactersOf,
  likelyLabel,
  wholeWords,
  wordFrom,
  wordsOf,
} from "../../static/desk/wordwise.js";

/** @param {string} text @param {number} start @param {number} end */
function chosen(text, start, end) {
  const stretch = wholeWords(text, wordsOf(text, "sv"), { start, end });
  return stretch && text.slice(stretch.start, stretch.end);
}

test("half words become whole", () => {
  assert.equal(chosen("Anna löste allt i dag", 6, 13), "löste allt");
  assert.equal(chosen("Fråga Anna, gärna", 7, 9), "Anna");
});

test("white space at the ends is not chosen", () => {
  assert.equal(chosen("ett två tre", 3, 8), "två");
  assert.equal(chosen("ett   två", 3, 6), null);
});

test("a whole sentence takes its full stop along, a part of one does not", () => {
  const text = "Bra. Har väntat länge! Tack.";
  assert.equal(chosen(text, 5, 21), "Har väntat länge!");
  assert.equal(chosen(text, 9, 21), "väntat länge");
  assert.equal(chosen("Bra.", 0, 3), "Bra.");
});

test("emoji are words, punctuation is not", () => {
  const text = "Tack 👨‍👩‍👧 – hej";
  const words = wordsOf(text, "sv").map(({ start, end }) => text.slice(start, end));
  assert.deepEqual(words, ["Tack", "👨‍👩‍👧", "hej"]);
});

test("a language that nobody knows still has words", () => {
  assert.equal(wordsOf("one two", "not a language").length, 2);
});

test("from a place to the next word and back, never past the ends", () => {
  const words = wordsOf("one two three", "en");
  assert.equal(wordFrom(words, 0, 1), 0);
  assert.equal(wordFrom(words, 4, 1), 1);
  assert.equal(wordFrom(words, 13, 1), 2);
  assert.equal(wordFrom(words, 7, -1), 1);
  assert.equal(wordFrom(words, 0, -1), 0);
});

test("a mask is named for what it most likely hides", () => {
  assert.equal(likelyLabel("Anna"), "name");
  assert.equal(likelyLabel("070-174 06 05"), "phone");
  assert.equal(likelyLabel("anna@example.org"), "email");
  assert.equal(likelyLabel("4711"), "number");
});

test("single characters are what a reader sees, without white space", () => {
  const text = "é👨‍👩‍👧 ש";
  const seen = charactersOf(text).map(({ start, end }) => text.slice(start, end));
  assert.deepEqual(seen, ["é", "👨‍👩‍👧", "ש"]);
});
