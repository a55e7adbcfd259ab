// Something to be glad about together: the words, and a sun in the company's colour that rises once and
// then stands still.
/** @import { Caption, Context, Notice } from "../types.d.ts" */

import { svg } from "../dom.js";
import * as notice from "./notice.js";

/** Rays of the sun, from one side to the other. */
const RAYS = 13;
const DISC = 36;
const RISE_MS = 900;
const NEXT_MS = 90;

/** @param {Notice} celebrated @param {Context} context */
export function render(celebrated, context) {
  const scene = notice.render(celebrated, context);
  scene.classList.remove("is-alone");
  scene.classList.add("celebration");
  if (!celebrated.picture) scene.append(sun());
  return scene;
}

/** @param {Notice} celebrated @param {Context} context @returns {Caption} */
export function caption(celebrated, context) {
  return notice.caption(celebrated, context);
}

/** @param {HTMLElement} scene @param {Notice} celebrated @param {Context} context */
export function arrange(scene, celebrated, context) {
  notice.arrange(scene, celebrated, context);
  if (context.programme.motion) rise(scene);
  return undefined;
}

function sun() {
  const disc = svg("path", {
    class: "sun-disc",
    d: `M${100 - DISC} 100a${DISC} ${DISC} 0 0 1 ${2 * DISC} 0z`,
  });
  const rays = Array.from({ length: RAYS }, (_, place) => ray(place));
  return svg("svg", { class: "sun", viewBox: "6 6 188 94", "aria-hidden": "true" }, disc, ...rays);
}

/** Long and short in turn. @param {number} place */
function ray(place) {
  const turn = (Math.PI * (place + 0.5)) / RAYS;
  const at = (/** @type {number} */ r) => [100 - r * Math.cos(turn), 100 - r * Math.sin(turn)];
  const [[x1, y1], [x2, y2]] = [at(DISC + 12), at(place % 2 ? 74 : 92)];
  return svg("line", { class: "sun-ray", x1, y1, x2, y2 });
}

/** From the disc outwards, once. @param {HTMLElement} scene */
function rise(scene) {
  for (const [place, part] of [...scene.querySelectorAll(".sun > *")].entries())
    part.animate(
      { opacity: [0, 1] },
      { duration: RISE_MS, delay: (place + 1) * NEXT_MS, fill: "backwards" },
    );
}
