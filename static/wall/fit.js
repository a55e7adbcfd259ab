// Setting text as large as its box allows. Fonts must be ready first: `document.fonts.ready`.

/** Half a pixel more or less is not seen. */
const PRECISION_PX = 0.5;

/** @typedef {{ least: number, most: number }} Sizes px */

/**
 * Sets the largest font size between `least` and `most` with which `text` stays in `box`.
 * @param {HTMLElement} text @param {HTMLElement} box @param {Sizes} sizes
 * @returns {boolean} whether it fits, at the least size when at no other
 */
export function fit(text, box, sizes) {
  const search = searching(text, box, sizes);
  let step = search.next();
  while (!step.done) step = search.next();
  return step.value;
}

/** The same, resting between two looks. @param {HTMLElement} text @param {HTMLElement} box @param {Sizes} sizes @param {() => Promise<void> | undefined} rest */
export async function fitCalmly(text, box, sizes, rest) {
  const search = searching(text, box, sizes);
  let step = search.next();
  while (!step.done) {
    await rest();
    step = search.next();
  }
  return step.value;
}

/** One look at the page a step. @param {HTMLElement} text @param {HTMLElement} box @param {Sizes} sizes @returns {Generator<void, boolean, void>} */
function* searching(text, box, { least, most }) {
  let low = least;
  let high = Math.max(least, most);
  if (fitsAt(text, box, high)) return true;
  yield;
  if (!fitsAt(text, box, low)) return false;
  yield;
  while (high - low > PRECISION_PX) {
    const middle = (low + high) / 2;
    if (fitsAt(text, box, middle)) low = middle;
    else high = middle;
    yield;
  }
  return fitsAt(text, box, low);
}

/** @param {HTMLElement} text @param {HTMLElement} box @param {number} size px */
export function fitsAt(text, box, size) {
  text.style.fontSize = `${size}px`;
  const wide = text.scrollWidth <= Math.ceil(text.clientWidth);
  return wide && text.offsetHeight <= box.clientHeight && text.offsetWidth <= box.clientWidth;
}
