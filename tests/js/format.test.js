import assert from "node:assert/strict";
import { test } from "node:test";
import { createFormat, localDay } from "../../static/wall/format.js";

const NOW = Date.UTC(2026, 3, 14, 7, 42);
/** @param {string} locale */
const format = (locale) => createFormat(locale, "Europe/Stockholm");

test("scores carry their sign, and minus is a minus", () => {
  for (const locale of ["en", "sv", "da", "nb", "fi", "de", "fr"]) {
    assert.equal(format(locale).signed(27), "+27");
    assert.equal(format(locale).signed(-4), "\u22124");
    assert.equal(format(locale).signed(0), "0");
  }
});

test("the clock is the screen's own, in its own language", () => {
  assert.equal(format("sv").clock(NOW), "tisdag 14 april\u200209:42");
  assert.equal(format("en").clock(NOW), "Tuesday 14 April\u200209:42");
  assert.equal(createFormat("sv", "Asia/Tokyo").time(NOW), "16:42");
});

test("near days are told from today, others by date", () => {
  assert.equal(format("sv").since("2026-04-14", NOW), "i dag");
  assert.equal(format("sv").since("2026-04-13", NOW), "i går");
  assert.equal(format("en").since("2026-04-10", NOW), "4 days ago");
  assert.equal(format("en").since("2026-03-01", NOW), "1 March");
  assert.equal(format("en").since("2025-12-24", NOW), "24 December 2025");
});

test("today ends at the screen's midnight, not at the server's", () => {
  const late = Date.UTC(2026, 3, 14, 22, 30);
  assert.equal(localDay(late, "Europe/Stockholm"), "2026-04-15");
  assert.equal(format("en").since("2026-04-14", late), "yesterday");
});

test("a month names its year when it is far", () => {
  assert.equal(format("sv").month("2025-11-13", NOW), "november");
  assert.equal(format("sv").month("2025-04-13", NOW), "april 2025");
  assert.equal(format("en").month("2027-07-01", NOW), "July 2027");
});

test("a zone or a language that the browser does not know stops nothing", () => {
  assert.equal(createFormat("sv", "localtime").time(NOW), "07:42");
  assert.equal(localDay(NOW, "Mars/Olympus_Mons"), "2026-04-14");
  assert.equal(createFormat("sv_SE", "UTC").locale, "en-GB");
  assert.equal(createFormat("qqq", "UTC").date("2026-03-01", NOW), "1 March");
});

test("one and many, by the language's own rule", () => {
  assert.equal(format("fr").plural(0), "one");
  assert.equal(format("sv").plural(0), "other");
});
