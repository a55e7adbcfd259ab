// Cuts and masks that are not approved yet wait in this tab while other quotes are looked at.
/** @import { Revision } from "./spans.js" */

/** @param {string} key @returns {Revision | null} */
export function recall(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? "null");
  } catch {
    return null;
  }
}

/** @param {string} key @param {Revision} revision */
export function remember(key, revision) {
  sessionStorage.setItem(key, JSON.stringify(revision));
}
