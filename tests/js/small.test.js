// The player's small rules: waiting, quotation marks, sizes, shares, themes.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fullJitter } from "../../static/wall/backoff.js";
import { sharesOf } from "../../static/wall/distribution.js";
import { drift, themeAt } from "../../static/wall/dress.js";
import { ofPart } from "../../static/wall/figures.js";
import { glued } from "../../static/wall/hyphens.js";
import { CAPITALS, leastSize, readableFrom } from "../../static/wall/legible.js";
import { quotationMarks } from "../../static/wall/marks.js";
import { quoteIn } from "../../static/wall/scenes/mosaic.js";
import { percentages } from "../../static/wall/shapes.js";

test("full jitter: from nothing to the whole wait, doubling up to 20 s", () => {
  assert.equal(
    fullJitter(3, () => 0),
    0,
  );
  assert.deepEqual(
    [0, 1, 4, 5, 99].map((attempt) => fullJitter(attempt, () => 1)),
    [1000, 2000, 16_000, 20_000, 20_000],
  );
});

test("quotation marks are the quote's language's own, else the screen's", () => {
  assert.equal(quotationMarks("de", "sv").open, "„");
  assert.equal(quotationMarks("da-DK", "sv").open, "»");
  assert.equal(quotationMarks(null, "sv").open, "”");
  assert.equal(quotationMarks("ja", "sv").open, "“");
});

test("a 55 inch panel at 5 m needs capitals of about 46 px for 20 arc minutes at 1080p", () => {
  const panel = { width: 1920, height: 1080, diagonalInch: 55, distanceM: 5 };
  const size = leastSize(panel, 20, CAPITALS.newsreader);
  assert.ok(Math.abs(size * CAPITALS.newsreader - 46) < 0.5);
  assert.ok(Math.abs(readableFrom(panel, size, 20, CAPITALS.newsreader) - 5) < 1e-9);
});

test("two parts are named, and how many more there are", () => {
  assert.equal(ofPart({}, "NPS"), "NPS");
  assert.equal(ofPart({ about: ["Delivery", "Assembly"] }, "NPS"), "NPS · Delivery, Assembly");
  assert.equal(ofPart({ about: ["a", "b", "c", "d"] }, "NPS"), "NPS · a, b +2");
});

test("shares are whole and add up to 100", () => {
  assert.deepEqual(percentages([693, 244, 347]), [54, 19, 27]);
  assert.deepEqual(percentages([1, 1, 1]), [34, 33, 33]);
  assert.deepEqual(percentages([0, 0, 0]), [0, 0, 0]);
});

test("a bar says the same share of the good as the words beside it", () => {
  const counts = [67, 14, 14];
  assert.deepEqual(percentages(counts), [70, 15, 15]);
  assert.deepEqual(sharesOf(counts, 71), [71, 15, 14]);
  assert.deepEqual(sharesOf([95, 0, 0], 100), [100, 0, 0]);
  assert.deepEqual(sharesOf(counts, null), [70, 15, 15]);
});

test("paper by day, ink by night, unless the screen is set to one", () => {
  assert.deepEqual(
    [6, 7, 18, 19].map((hour) => themeAt("auto", hour)),
    ["ink", "paper", "paper", "ink"],
  );
  assert.equal(themeAt("ink", 12), "ink");
});

test("the drift stays within half a hundredth of the picture", () => {
  for (let minute = 0; minute < 6000; minute += 7) {
    const { x, y } = drift(minute * 60_000);
    assert.ok(Math.abs(x) <= 0.35 && Math.abs(y) <= 0.35);
  }
});

test("a short last word keeps to the one before it, where there are others to lend", () => {
  assert.equal(glued("Cake in the hall at two."), "Cake in the hall at\u00a0two.");
  assert.equal(glued("See you at Selbstaufbauanleitung"), "See you at Selbstaufbauanleitung");
  assert.equal(glued("Thank you all"), "Thank you all");
  assert.equal(glued("One\ntwo three\nfour"), "One\ntwo three\nfour");
});

test("a mosaic changes one place with each page, and a page back brings the quote again", () => {
  const pages = [0, 1, 2, 3, 4, 5];
  const hung = pages.map((page) => [0, 1, 2].map((place) => quoteIn(place, page, 3)));
  assert.deepEqual(hung, [
    [0, 1, 2],
    [3, 1, 2],
    [3, 4, 2],
    [3, 4, 5],
    [6, 4, 5],
    [6, 7, 5],
  ]);
});
