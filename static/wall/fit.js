// Setting text as large as its box allows. Fonts must be ready first: `document.fonts.ready`.

/** Half a pixel more or less is not seen. */
const PRECISION_PX = 0.5;

/**
 * Sets the largest font size in px between `least` and `most` with which `text` stays in `box`.
 * @param {HTMLElement} text @param {HTMLElement} box @param {{ least: number, most: number }} sizes
 * @returns {boolean} whether it fits, at the least size when at no other
 */
export function fit(text, box, { least, most }) {
  let low = least;
  let high = Math.max(least, most);
  if (fitsAt(text, box, high)) return true;
  if (!fitsAt(text, box, low)) return false;
  while (high - low > PRECISION_PX) {
    const middle = (low + high) / 2;
    if (fitsAt(text, box, middle)) low = middle;
    else high = middle;
  }
  return fitsAt(text, box, low);
}

/** @param {HTMLElement} text @param {HTMLElement} box @param {number} size px */
export function fitsAt(text, box, size) {
  text.style.fontSize = `${size}px`;
  const wide = text.scrollWidth <= Math.ceil(text.clientWidth);
  return wide && text.offsetHeight <= box.clientHeight && text.offsetWidth <= box.clientWidth;
}
