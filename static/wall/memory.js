// What was stored is used only when it is whole: a bad record must not keep the wall from the server.
/** @import { Feed, Memory, State } from "./types.d.ts" */

/** @type {State} */
export const NOTHING = { programme: null, feeds: {}, contact: null };

/** @param {any} state @param {any} seen as found, of this key @returns {Memory} */
export function remembered(state, seen) {
  return { state: isWhole(state) ? state : NOTHING, seen: Number.isFinite(seen) ? seen : null };
}

/** @param {any} state */
function isWhole(state) {
  if (!isRecord(state) || !isRecord(state.feeds)) return false;
  const { programme, contact } = state;
  return (
    (contact === null || Number.isFinite(contact)) &&
    (programme === null || (isRecord(programme) && Array.isArray(programme.playlist))) &&
    Object.values(state.feeds).every(isFeed)
  );
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

/** @param {any} value */
function isRecord(value) {
  return typeof value === "object" && value !== null;
}
