// What was found in the words, as the page lists it, and what the marking made of each.

import { fromJson } from "./spans.js";

/** @typedef {{ line: HTMLElement, start: number, end: number }} Finding UTF-16 offsets */

/** In the order of the words. @param {HTMLElement} words @param {HTMLElement | null} list @returns {Finding[]} */
export function findingsIn(words, list) {
  const comment = words.textContent ?? "";
  const lines = /** @type {HTMLElement[]} */ ([...(list?.querySelectorAll("li") ?? [])]);
  return lines.flatMap((line) => {
    const { start, end } = line.dataset;
    const said = fromJson(comment, { cuts: [{ start: Number(start), end: Number(end) }] });
    return said.map((span) => ({ line, start: span.start, end: span.end }));
  });
}

/** What the marking made of it; null where it shows, even in part. @param {HTMLElement} words @param {Finding} finding @returns {"cut" | "masked" | null} */
export function hiddenAs(words, { start, end }) {
  /** @type {"cut" | "masked" | null} */
  let as = null;
  let at = 0;
  for (const node of words.childNodes) {
    const text = node.textContent ?? "";
    const inside = text.slice(Math.max(0, start - at), Math.max(0, end - at));
    at += text.length;
    if (!inside.trim()) continue;
    if (!(node instanceof HTMLElement)) return null;
    as = node.classList.contains("struck") ? "cut" : "masked";
  }
  return as;
}

/** @param {Finding} finding */
export function isOpen({ line }) {
  return !line.dataset.decided;
}

/** The next that is open, behind a place and then from the first on. @param {Finding[]} all @param {Finding} behind @returns {Finding | null} */
export function nextOpen(all, behind) {
  const place = all.indexOf(behind) + 1;
  return [...all.slice(place), ...all.slice(0, place)].find(isOpen) ?? null;
}

/** As it is told. @param {Finding} finding */
export function whatOf({ line }) {
  const part = (/** @type {string} */ selector) => line.querySelector(selector)?.textContent ?? "";
  return `${part(".kind")} “${part("q")}”, ${part(".certainty")}. ${part(".reason")}`;
}
