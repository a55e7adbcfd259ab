// What was stored is used as far as it is whole: what a bad record spoilt must not keep the wall from the server.
/** @import { Feed, Feeds, Memory, Programme, State } from "./types.d.ts" */

import { UNKNOWN } from "./feeds.js";

/** @type {State} */
export const NOTHING = { programme: null, feeds: {}, contact: null };

const METRIC = ["counts", "trend", "improvements"];
/** Kind → what its scene cannot do without. @type {Record<string, string[]>} */
const NEEDS = {
  quote: ["pieces", "who"],
  nps: METRIC,
  csat: METRIC,
  ces: METRIC,
  touchpoints: ["points"],
  ask: ["modules"],
};

/** @param {any} state @param {any} seen as found, of this key @returns {Memory} */
export function remembered(state, seen) {
  return { state: sound(state), seen: Number.isFinite(seen) ? seen : null };
}

/** Asks for all of it anew, and goes by it until the server answers. @param {State} state @returns {State} */
export function doubted({ programme, feeds, contact }) {
  const named = Object.entries(feeds).map(([name, feed]) => [name, { ...feed, epoch: UNKNOWN }]);
  return {
    programme: programme && { ...programme, version: UNKNOWN },
    feeds: Object.fromEntries(named),
    contact,
  };
}

/** What does not hold counts as not stored: the server is asked for it. @param {any} state @returns {State} */
function sound(state) {
  if (!isRecord(state) || !isRecord(state.feeds)) return NOTHING;
  const { programme, contact } = state;
  if (contact !== null && !Number.isFinite(contact)) return NOTHING;
  const feeds = soundFeeds(state.feeds);
  return { programme: isProgramme(programme) ? programme : null, feeds, contact };
}

/** @param {Record<string, unknown>} found @returns {Feeds} */
function soundFeeds(found) {
  /** @type {Feeds} */
  const feeds = {};
  for (const [name, feed] of Object.entries(found))
    if (isFeed(feed)) feeds[name] = isWhole(feed) ? feed : mended(feed);
  return feeds;
}

/** What is good of it hangs on while the whole is asked for. @param {Feed} feed @returns {Feed} */
function mended(feed) {
  const good = Object.entries(feed.items).filter(([, item]) => isItem(item));
  return { ...feed, epoch: UNKNOWN, items: Object.fromEntries(good) };
}

/** @param {any} feed @returns {feed is Feed} */
function isFeed(feed) {
  return (
    isRecord(feed) &&
    typeof feed.epoch === "string" &&
    Number.isInteger(feed.rev) &&
    isRecord(feed.items)
  );
}

/** @param {Feed} feed */
function isWhole({ items }) {
  return Object.values(items).every(isItem);
}

/** @param {any} item */
function isItem(item) {
  return (
    isRecord(item) &&
    areTexts(item.id, item.kind) &&
    (NEEDS[item.kind] ?? []).every((part) => isRecord(item[part]))
  );
}

/** @param {any} programme @returns {programme is Programme} */
function isProgramme(programme) {
  if (!isRecord(programme)) return false;
  const { version, title, locale, timezone, theme, screen, words } = programme;
  const { diagonal_inch, distance_m, lease_hours, playlist, playlists, slots } = programme;
  return (
    areTexts(version, title, locale, timezone, theme) &&
    [diagonal_inch, distance_m, lease_hours].every(Number.isFinite) &&
    [screen, words, playlists ?? {}].every(isRecord) &&
    [playlist, ...Object.values(playlists ?? {})].every(isPlaylist) &&
    areRecords(slots ?? []) &&
    isPlace(locale, timezone)
  );
}

/** @param {any} entries */
function isPlaylist(entries) {
  return (
    areRecords(entries) &&
    entries.every((/** @type {any} */ { scene, feed }) => areTexts(scene, feed))
  );
}

/** One that this browser can tell the time of. @param {string} locale @param {string} timeZone */
function isPlace(locale, timeZone) {
  try {
    return Boolean(new Intl.DateTimeFormat(locale, { timeZone }));
  } catch {
    return false;
  }
}

/** @param {any[]} values */
function areTexts(...values) {
  return values.every((value) => typeof value === "string");
}

/** @param {any} values */
function areRecords(values) {
  return Array.isArray(values) && values.every(isRecord);
}

/** @param {any} value */
function isRecord(value) {
  return typeof value === "object" && value !== null;
}
