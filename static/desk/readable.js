// A company's colour made readable on a ground: the same as signage/core/contrast.py, which says why.
// Vectors shared with it: tests/vectors/readable.json.

const STEPS = 200;
const DARK = 0.18;

/** @typedef {[number, number, number]} Three */

/** The colour nearest to `colour` with at least this contrast on the ground. @param {string} colour as #0a7d5c @param {string} ground @param {number} ratio */
export function readable(colour, ground, ratio) {
  if (contrast(colour, ground) >= ratio) return colour.toLowerCase();
  const [lightness, a, b] = oklab(channels(colour));
  const up = luminance(ground) < DARK;
  for (let step = 1; step <= STEPS; step += 1) {
    const share = step / STEPS;
    const moved = up ? lightness + (1 - lightness) * share : lightness * (1 - share);
    const strength = 1 - share * share;
    const found = hex(rgb([moved, a * strength, b * strength]));
    if (contrast(found, ground) >= ratio) return found;
  }
  return up ? "#ffffff" : "#000000";
}

/** @param {string} one @param {string} other */
function contrast(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

/** @param {string} colour */
function luminance(colour) {
  const [red, green, blue] = channels(colour).map(linear);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** @param {string} colour @returns {Three} */
function channels(colour) {
  const part = (/** @type {number} */ at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255;
  return [part(1), part(3), part(5)];
}

/** @param {number} channel */
function linear(channel) {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
}

/** @param {number} channel */
function gamma(channel) {
  const within = Math.min(1, Math.max(0, channel));
  return within <= 0.0031308 ? within * 12.92 : 1.055 * within ** (1 / 2.4) - 0.055;
}

/** @param {Three} parts */
function hex(parts) {
  return `#${parts
    .map((part) =>
      Math.round(part * 255)
        .toString(16)
        .padStart(2, "0"),
    )
    .join("")}`;
}

/** @param {Three} parts @returns {Three} */
function oklab(parts) {
  const [red, green, blue] = parts.map(linear);
  const long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3);
  const middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3);
  const short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3);
  return [
    0.2104542553 * long + 0.793617785 * middle - 0.0040720468 * short,
    1.9779984951 * long - 2.428592205 * middle + 0.4505937099 * short,
    0.0259040371 * long + 0.7827717662 * middle - 0.808675766 * short,
  ];
}

/** @param {Three} lab @returns {Three} */
function rgb([lightness, a, b]) {
  const long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    gamma(4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short),
    gamma(-1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short),
    gamma(-0.0041960863 * long - 0.7034186147 * middle + 1.707614701 * short),
  ];
}
