// What is told beside the preview: how long it stands, from how far it is read, on how many pages.
/** @import { Facts, Preview } from "./preview.js" */

import { find } from "./find.js";
import { say } from "./texts.js";

/** @param {Facts} facts @param {Preview} preview */
export function tellFacts({ seconds, metres, pages }, preview) {
  const told = [say("seconds", { n: seconds }), say("readable", { n: metres })];
  if (pages > 1) told.push(say("pages", { n: pages }));
  find("preview-facts", HTMLElement)?.replaceChildren(...told.map(line));
  const turn = find("turn", HTMLButtonElement);
  const turns = find("turns", HTMLElement);
  if (!turn || !turns) return;
  const number = (/** @type {number} */ page) => {
    turn.textContent = say("turn", { page: page + 1, pages });
  };
  turns.hidden = pages < 2;
  turn.onclick = () => number(preview.turn());
  number(0);
}

/** In place of a picture that there is none of. @param {string} text */
export function tellUnfit(text) {
  const place = find("unfit", HTMLElement);
  if (place) place.textContent = text;
}

/** @param {string} text */
function line(text) {
  return Object.assign(document.createElement("li"), { textContent: text });
}
