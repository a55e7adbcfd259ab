// Single keys decide, unless a field has the focus or the person has switched them off (WCAG 2.1.4). Which
// deed has which key is the person's own choice, kept by the server.

import { digitOf } from "./digits.js";

const FIELDS = "input, select, textarea, [contenteditable]";

/** The page is on its way out: what is pressed now was meant for the next one. */
let leaving = false;
let on = true;

/**
 * @param {Record<string, string>} keys deed → key, "" for none
 * @param {Record<string, () => void>} deeds
 * @param {(digit: string) => void} choose
 */
export function listen(keys, deeds, choose) {
  const byKey = new Map(Object.entries(keys).map(([deed, key]) => [key, deeds[deed]]));
  document.addEventListener("keydown", (event) => {
    if (!on || isElsewhere(event)) return;
    // A deed comes before the digit that its key would be on another layout.
    const deed = event.key.length === 1 ? byKey.get(event.key.toLowerCase()) : undefined;
    const digit = digitOf(event);
    const act = deed ?? (digit ? () => choose(digit) : undefined);
    if (!act) return;
    event.preventDefault();
    act();
  });
  addEventListener("pageshow", () => {
    leaving = false;
  });
}

/** @param {boolean} are */
export function switchKeys(are) {
  on = are;
  document.documentElement.dataset.singleKeys = on ? "on" : "off";
}

/** @param {string} address */
export function leaveFor(address) {
  leaving = true;
  location.assign(address);
}

/** A held key, a chord, or one that something else is for. @param {KeyboardEvent} event */
function isElsewhere(event) {
  if (leaving || event.defaultPrevented || event.repeat || event.isComposing) return true;
  if (event.ctrlKey || event.metaKey || event.altKey) return true;
  if (document.querySelector("dialog[open]")) return true;
  return event.target instanceof Element && event.target.matches(FIELDS);
}
