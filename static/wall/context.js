// What scenes are handed to draw themselves with; the desk's live preview uses the same.
/** @import { Context, Feeds, Programme } from "./types.d.ts" */

import { createFormat } from "./format.js";
import { createSay } from "./words.js";

/**
 * @param {{ programme: Programme, feeds: Feeds, feed?: string | null, now: number, english: Record<string, string>, address: string }} given
 * @returns {Context}
 */
export function createContext({ programme, feeds, feed = null, now, english, address }) {
  const format = createFormat(programme.locale, programme.timezone);
  const say = createSay(programme.words, english, format.plural);
  const still = globalThis.matchMedia?.("(prefers-reduced-motion: reduce)").matches;
  const shown = still ? { ...programme, motion: false } : programme;
  return { programme: shown, feeds, feed, now, say, format, address };
}

/** Stands in until the server has sent a programme, on the ground that the page comes with: no flash at a start. @param {string} locale @returns {Programme} */
export function noProgramme(locale) {
  return {
    protocol: 1,
    version: "",
    screen: { id: "", name: "", site: null },
    title: "",
    locale,
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    theme: "ink",
    motion: true,
    diagonal_inch: 55,
    distance_m: 5,
    lease_hours: 0,
    playlist: [],
    words: {},
  };
}
