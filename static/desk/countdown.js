// Seconds until an approval is on the wall; then there is nothing left to undo.

import { filled, tell } from "./texts.js";

/** @param {HTMLElement} place with data-countdown, data-left, data-then @param {() => void} over */
export function countDown(place, over) {
  const { left = "", then: finally_ = "" } = place.dataset;
  const end = performance.now() + Number(place.dataset.countdown) * 1000;
  const tick = () => {
    const seconds = Math.ceil((end - performance.now()) / 1000);
    place.textContent = seconds > 0 ? filled(left, { n: seconds }) : finally_;
    if (seconds > 0) setTimeout(tick, 250);
    else {
      over();
      tell(finally_);
    }
  };
  if (Number(place.dataset.countdown) > 0) tick();
}
