// How large letters must be to be read from where people stand.
// height = 6.283 · distance · arc minutes / 21600 (ISO 9241-3, NUREG-0700): 16' is the least, 20' is good.

const MM_PER_INCH = 25.4;

/** Height of capitals as a part of the font size, read from the fonts' OS/2 tables. */
export const CAPITALS = { newsreader: 0.67, inter: 0.7275 };

/** What reading asks of capitals, arc minutes. */
export const ARC_MINUTES = { quote: 20, text: 16, aside: 10 };

/**
 * @typedef {{ width: number, height: number, diagonalInch: number, distanceM: number }} Panel
 * width and height in px of the whole picture
 */

/** The least font size in px. @param {Panel} panel @param {number} arcMinutes @param {number} capitals */
export function leastSize(panel, arcMinutes, capitals) {
  const heightMm = (6.283 * panel.distanceM * 1000 * arcMinutes) / 21_600;
  return (heightMm * pxPerMm(panel)) / capitals;
}

/** How far away a font size can be read, m. @param {Panel} panel @param {number} fontSize px @param {number} arcMinutes @param {number} capitals */
export function readableFrom(panel, fontSize, arcMinutes, capitals) {
  const heightMm = (fontSize * capitals) / pxPerMm(panel);
  return (heightMm * 21_600) / (6.283 * arcMinutes * 1000);
}

/** @param {Panel} panel */
function pxPerMm({ width, height, diagonalInch }) {
  return Math.hypot(width, height) / (diagonalInch * MM_PER_INCH);
}
