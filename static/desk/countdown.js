// Seconds until an approval is on the wall; then there is nothing left to undo.

import { filled, tell } from "./texts.js";

/** @param {HTMLElement} place with data-left, data-then @param {number} seconds @param {() => void} over @returns {() => void} stops it */
export function countDown(place, seconds, over) {
  const { left = "", then: finally_ = "" } = place.dataset;
  const end = performance.now() + seconds * 1000;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let next;
  const tick = () => {
    const still = Math.ceil((end - performance.now()) / 1000);
    place.textContent = still > 0 ? filled(left, { n: still }) : finally_;
    if (still > 0) next = setTimeout(tick, 250);
    else {
      over();
      if (seconds > 0) tell(finally_);
    }
  };
  tick();
  return () => clearTimeout(next);
}
