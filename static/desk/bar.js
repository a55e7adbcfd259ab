// The bar at the foot: which of its decisions can be taken now, and what it says.

import { find } from "./find.js";
import { tell } from "./texts.js";

/** @param {{ open: boolean, approvable: boolean }} now whether there is something to decide, and whether that may be an approval */
export function allow({ open, approvable }) {
  for (const id of ["approve-button", "publish-button"]) {
    const button = find(id, HTMLButtonElement);
    if (button) button.disabled = !approvable;
  }
  for (const button of document.querySelectorAll("#set-aside button, #reject button"))
    if (button instanceof HTMLButtonElement) button.disabled = !open;
  bar("reject-menu", open);
  bar("publish-menu", approvable);
}

/** Said where the hand is: for the eye, and to those who listen. @param {string} text */
export function note(text) {
  const place = find("noted", HTMLElement);
  if (place) place.textContent = text;
  if (text) tell(text);
}

/** Why something could not be done. @param {string} text */
export function trouble(text) {
  const place = find("trouble", HTMLElement);
  if (place) place.textContent = text;
}

/** A menu has no `disabled` of its own. @param {string} id @param {boolean} opens */
function bar(id, opens) {
  const summary = find(id, HTMLDetailsElement)?.querySelector("summary");
  if (opens) summary?.removeAttribute("aria-disabled");
  else summary?.setAttribute("aria-disabled", "true");
}
