// The least size of what must be read on a scene, as its screen and its place ask.
/** @import { Context } from "./types.d.ts" */

import { panelOf } from "./dress.js";
import { fit } from "./fit.js";
import { ARC_MINUTES, CAPITALS, leastSize } from "./legible.js";

/** Of words in the serif, px; never above `most`. @param {HTMLElement} scene @param {Context["programme"]} programme @param {number} most px @param {number} [arcMinutes] */
export function leastOf(scene, programme, most, arcMinutes = ARC_MINUTES.text) {
  const stage = /** @type {HTMLElement} */ (scene.closest(".stage"));
  return Math.min(most, leastSize(panelOf(stage, programme), arcMinutes, CAPITALS.newsreader));
}

/** A sentence as large as its parent allows, from what its style says down to the least. @param {HTMLElement} text @param {HTMLElement} scene @param {Context["programme"]} programme */
export function fitTold(text, scene, programme) {
  const most = Number.parseFloat(getComputedStyle(text).fontSize);
  const box = /** @type {HTMLElement} */ (text.parentElement);
  return fit(text, box, { least: leastOf(scene, programme, most), most });
}
