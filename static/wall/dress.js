// Theme, language, least sizes and the slow drift of a stage, as the programme and the hour ask.
/** @import { Brand, Context } from "./types.d.ts" */

import { ARC_MINUTES, CAPITALS, leastSize } from "./legible.js";
import { brightness } from "./night.js";

const DAY_FROM = 7;
const DAY_TO = 19;
const MINUTE_MS = 60_000;

/** Gives how bright the picture is to be. @param {HTMLElement} stage @param {Context} context */
export function dress(stage, { programme, format, now }) {
  const light = brightness(programme.night, format.minute(now));
  const theme = light < 1 ? "ink" : themeAt(programme.theme, format.hour(now));
  stage.dataset.theme = theme;
  // Title and time change places every other day, so that neither burns in.
  stage.dataset.swapped = `${format.day(now) % 2 === 1}`;
  stage.dataset.turned = `${programme.turned ?? 0}`;
  brand(stage, programme.brand, theme);
  stage.lang = programme.locale;
  const panel = panelOf(stage, programme);
  const least = (/** @type {number} */ minutes) => `${leastSize(panel, minutes, CAPITALS.inter)}px`;
  stage.style.setProperty("--least-text", least(ARC_MINUTES.text));
  stage.style.setProperty("--least-aside", least(ARC_MINUTES.aside));
  return light;
}

/** The company's own colour and frame. @param {HTMLElement} stage @param {Brand | undefined} brand @param {"ink" | "paper"} theme */
function brand(stage, brand, theme) {
  stage.dataset.frame = brand?.frame ?? "full";
  for (const use of /** @type {const} */ (["text", "graphic"])) {
    const colour = brand?.accent?.[theme][use];
    if (colour) stage.style.setProperty(`--accent-${use}`, colour);
    else stage.style.removeProperty(`--accent-${use}`);
  }
}

/** The stage taken as the whole picture of its panel. @param {HTMLElement} stage @param {Context["programme"]} programme */
export function panelOf(stage, programme) {
  const { clientWidth: width, clientHeight: height } = stage;
  return { width, height, diagonalInch: programme.diagonal_inch, distanceM: programme.distance_m };
}

/** Paper by day and ink by night, unless the screen is set to one. @param {"auto" | "ink" | "paper"} theme @param {number} hour */
export function themeAt(theme, hour) {
  if (theme !== "auto") return theme;
  return hour >= DAY_FROM && hour < DAY_TO ? "paper" : "ink";
}

/**
 * Where the whole picture stands, in hundredths of the stage's short side: a slow closed path, so that
 * nothing burns in. Two periods without a common measure visit the whole square.
 * @param {number} now
 */
export function drift(now) {
  const minutes = now / MINUTE_MS;
  const x = 0.35 * Math.sin((2 * Math.PI * minutes) / 97);
  const y = 0.35 * Math.sin((2 * Math.PI * minutes) / 61);
  return { x, y };
}
