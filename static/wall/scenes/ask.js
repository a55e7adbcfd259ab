// Where customers answer: a code to photograph, and the address to type.
/** @import { Ask, Caption, Context } from "../types.d.ts" */

import { el, svg } from "../dom.js";
import { fitTold } from "../least.js";

/** White around a code, in modules: readers need it. */
const QUIET = 4;

/** @param {Ask} ask @param {Context} context */
export function render({ headline, address, modules }, { say }) {
  const told = el(
    "div",
    "ask-told",
    el("p", "ask-headline", headline || say("ask.headline")),
    el("p", "ask-text", say("ask.text")),
    el("p", "ask-address", el("bdi", "", address)),
  );
  const words = el("div", "ask-words", told);
  return el("section", "scene ask", words, codeOf(modules, say("ask.code", { address })));
}

/** @param {Ask} _ask @param {Context} context @returns {Caption} */
export function caption(_ask, { programme, say }) {
  return { title: say("ask.title"), subtitle: programme.screen.site, foot: [] };
}

/** @param {HTMLElement} scene @param {Ask} _ask @param {Context} context */
export function arrange(scene, _ask, { programme }) {
  fitTold(/** @type {HTMLElement} */ (scene.querySelector(".ask-told")), scene, programme);
  return undefined;
}

/** @param {string[]} modules rows of 0 and 1 @param {string} label */
function codeOf(modules, label) {
  const size = modules.length + 2 * QUIET;
  const dark = modules.flatMap((row, y) =>
    [...row.matchAll(/1+/g)].map(
      ({ 0: run, index }) => `M${index + QUIET} ${y + QUIET}h${run.length}v1h-${run.length}z`,
    ),
  );
  return svg(
    "svg",
    { class: "ask-code", viewBox: `0 0 ${size} ${size}`, role: "img", "aria-label": label },
    svg("path", { class: "ask-paper", d: `M0 0h${size}v${size}h-${size}z` }),
    svg("path", { class: "ask-dark", d: dark.join("") }),
  );
}
