// Where customers answer: a code to photograph, and the address to type.
/** @import { Ask, Caption, Context } from "../types.d.ts" */

import { el } from "../dom.js";
import { fitTold } from "../least.js";
import { codeOf } from "../qr.js";

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
