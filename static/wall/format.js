// Numbers, dates and times as the screen's language and time zone write them.
/** @import { Format } from "./types.d.ts" */

import { kept } from "./kept.js";

const DAY_MS = 86_400_000;
/** Days that are told relative to today; older ones by their date. */
const RELATIVE_DAYS = 6;
const MONTHS_WITHOUT_YEAR = 11;

/** @type {(language: string, timeZone: string) => Format} */
export const createFormat = kept((language, timeZone) => {
  const known = knownLocale(language);
  // English walls stand in Europe: day before month, and a clock of 24 hours.
  const locale = known === "en" ? "en-GB" : known;
  /** @param {Intl.DateTimeFormatOptions} options */
  const dates = (options) => kept(() => new Intl.DateTimeFormat(locale, options));
  /** @param {Intl.NumberFormatOptions} options */
  const numbers = (options) => kept(() => new Intl.NumberFormat(locale, options));
  const zone = knownZone(timeZone);
  const time = dates({ hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone });
  const today = dates({ weekday: "long", day: "numeric", month: "long", timeZone: zone });
  const dayOnly = dates({ day: "numeric", month: "long", timeZone: "UTC" });
  const dayAndYear = dates({ day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  const month = dates({ month: "long", timeZone: "UTC" });
  const monthAndYear = dates({ month: "long", year: "numeric", timeZone: "UTC" });
  const tick = dates({ month: "short", timeZone: "UTC" });
  const relative = kept(() => new Intl.RelativeTimeFormat(locale, { numeric: "auto" }));
  const plain = numbers({ maximumFractionDigits: 0 });
  const signs = numbers({
    maximumFractionDigits: 0,
    signDisplay: "exceptZero",
  });
  const shares = numbers({ style: "percent", maximumFractionDigits: 0 });
  const tenths = numbers({
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  const rules = kept(() => new Intl.PluralRules(locale));
  /** @param {string} day @param {number} now */
  const age = (day, now) => daysBetween(day, localDay(now, timeZone));
  /** @param {string} day @param {number} now */
  const date = (day, now) =>
    (sameYear(day, localDay(now, timeZone)) ? dayOnly : dayAndYear)().format(noon(day));
  return {
    locale,
    number: (value) => plain().format(value),
    signed: (score) => signs().format(score).replace("-", "\u2212"),
    percent: (share) => shares().format(share),
    decimal: (value) => tenths().format(value),
    time: (at) => time().format(at),
    clock: (at) => `${today().format(at)}\u2002${time().format(at)}`,
    since: (day, now) => {
      const days = age(day, now);
      return days >= 0 && days <= RELATIVE_DAYS ? relative().format(-days, "day") : date(day, now);
    },
    date,
    month: (day, now) =>
      (monthsBetween(day, localDay(now, timeZone)) < MONTHS_WITHOUT_YEAR
        ? month
        : monthAndYear)().format(noon(day)),
    monthTick: (at) => tick().format(at).replace(/\.$/, ""),
    hour: (at) => Number(time().format(at).slice(0, 2)),
    minute: (at) =>
      Number(time().format(at).slice(0, 2)) * 60 + Number(time().format(at).slice(3, 5)),
    day: (at) => Math.floor(noon(localDay(at, timeZone)).getTime() / DAY_MS),
    plural: (n) => (rules().select(n) === "one" ? "one" : "other"),
  };
});

const calendar = kept(
  (/** @type {string} */ timeZone) =>
    new Intl.DateTimeFormat("en-CA", {
      timeZone: knownZone(timeZone),
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
    }),
);

/** The calendar day at `at` in a time zone. @param {number} at @param {string} timeZone @returns {string} YYYY-MM-DD */
export function localDay(at, timeZone) {
  return calendar(timeZone).format(at);
}

/** English where the browser does not know the language. @param {string} language */
export function knownLocale(language) {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(language).length > 0 ? language : "en";
  } catch {
    return "en";
  }
}

/** UTC where the browser does not know the zone: an older one, or a device's "localtime". @param {string} timeZone */
export function knownZone(timeZone) {
  try {
    return new Intl.DateTimeFormat("en", { timeZone }).resolvedOptions().timeZone;
  } catch {
    return "UTC";
  }
}

/** @param {string} day */
function noon(day) {
  return new Date(`${day}T12:00:00Z`);
}

/** @param {string} from @param {string} to */
function daysBetween(from, to) {
  return Math.round((noon(to).getTime() - noon(from).getTime()) / DAY_MS);
}

/** @param {string} from @param {string} to */
function monthsBetween(from, to) {
  const [first, last] = [noon(from), noon(to)];
  const years = last.getUTCFullYear() - first.getUTCFullYear();
  return Math.abs(years * 12 + last.getUTCMonth() - first.getUTCMonth());
}

/** @param {string} a @param {string} b */
function sameYear(a, b) {
  return a.slice(0, 4) === b.slice(0, 4);
}
