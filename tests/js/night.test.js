// By the screen's own wall clock: the night, the day's side of the frame, across DST and a leap day.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createFormat } from "../../static/wall/format.js";
import { brightness } from "../../static/wall/night.js";

const NIGHT = { from: "22:00", to: "06:30", percent: 20 };
/** @param {string} iso */
const at = (iso) => Date.parse(iso);

test("the night goes over midnight, and its end is day", () => {
  const minutes = [21 * 60 + 59, 22 * 60, 0, 6 * 60 + 29, 6 * 60 + 30, 12 * 60];
  assert.deepEqual(
    minutes.map((minute) => brightness(NIGHT, minute)),
    [1, 0.2, 0.2, 0.2, 1, 1],
  );
});

test("a night within one day, a black one, and none", () => {
  const within = { from: "01:00", to: "05:00", percent: 0 };
  assert.deepEqual(
    [0, 60, 299, 300].map((minute) => brightness(within, minute)),
    [1, 0, 0, 1],
  );
  assert.equal(brightness(null, 0), 1);
  assert.equal(brightness(undefined, 0), 1);
});

const CLOCKS = [
  ["Europe/Stockholm", "2026-03-29T00:59:59Z", "01:59"], // the hour from 2 to 3 is left out
  ["Europe/Stockholm", "2026-03-29T01:00:00Z", "03:00"],
  ["Europe/Stockholm", "2026-10-25T00:59:00Z", "02:59"], // and comes twice
  ["Europe/Stockholm", "2026-10-25T01:59:00Z", "02:59"],
  ["Europe/Stockholm", "2026-10-25T02:00:00Z", "03:00"],
  ["Australia/Lord_Howe", "2026-04-04T15:30:00Z", "02:00"], // by half an hour
  ["Asia/Kathmandu", "2028-02-29T18:20:00Z", "00:05"],
  ["America/St_Johns", "2028-02-29T03:29:00Z", "23:59"],
];

for (const [zone, iso, clock] of CLOCKS) {
  test(`${iso} in ${zone}`, () => {
    for (const language of ["en", "sv", "da", "nb", "fi", "de", "fr"]) {
      const format = createFormat(language, zone);
      const [hour, minute] = clock.split(":").map(Number);
      assert.equal(format.minute(at(iso)), hour * 60 + minute, language);
      assert.equal(format.hour(at(iso)), hour, language);
    }
  });
}

test("local days count one by one, over DST and a leap day", () => {
  const { day } = createFormat("sv", "Europe/Stockholm");
  const days = [
    ["2026-03-28T22:59:59Z", "2026-03-28T23:00:00Z"],
    ["2026-03-29T21:59:59Z", "2026-03-29T22:00:00Z"], // a day of 23 hours
    ["2026-10-25T22:59:59Z", "2026-10-25T23:00:00Z"], // and one of 25
    ["2028-02-28T22:59:59Z", "2028-02-28T23:00:00Z"],
    ["2028-02-29T22:59:59Z", "2028-02-29T23:00:00Z"],
  ];
  for (const [before, after] of days) assert.equal(day(at(after)) - day(at(before)), 1, before);
  assert.equal(day(at("2028-03-01T12:00:00Z")) - day(at("2028-02-28T12:00:00Z")), 2);
});
