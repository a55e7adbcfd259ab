// Says how many came to wait since the page was loaded; the list itself never moves under the hand.

import { say } from "./texts.js";

const EVERY_MS = 10_000;

/** @param {HTMLElement} place with data-newer, data-shows and, on an empty queue, data-alone */
export function watchNewer(place) {
  let known = 0;
  setInterval(async () => {
    if (document.hidden) return;
    const newer = await count(place.dataset.newer ?? "");
    if (newer <= known) return;
    known = newer;
    if ("alone" in place.dataset) location.reload();
    else place.replaceChildren(link(place.dataset.shows ?? "", newer));
  }, EVERY_MS);
}

/** 0 while the server cannot be reached: it is asked again. @param {string} address */
async function count(address) {
  try {
    const answer = await fetch(address, { headers: { accept: "application/json" } });
    return answer.ok ? Number((await answer.json()).newer) : 0;
  } catch {
    return 0;
  }
}

/** @param {string} address @param {number} newer */
function link(address, newer) {
  const element = document.createElement("a");
  element.href = address;
  element.textContent = say("newer", { n: newer });
  return element;
}
