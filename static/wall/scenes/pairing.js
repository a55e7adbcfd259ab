// A new screen: the code that somebody types or photographs at the desk.
/** @import { Caption, Context, PairingCode } from "../types.d.ts" */

import { el } from "../dom.js";
import { codeOf } from "../qr.js";

/** @param {PairingCode} pairing @param {Context} context */
export function render({ code, address, modules }, { say }) {
  const letters = el(
    "p",
    "pairing-letters",
    ...code.split("-").map((part) => el("span", "", part)),
  );
  letters.setAttribute("aria-label", code.split("").join(" "));
  letters.role = "img";
  const told = el(
    "div",
    "pairing-told",
    el("p", "pairing-title", say("pairing.title")),
    letters,
    el("p", "pairing-text", say("pairing.text", { address })),
  );
  return el("section", "scene pairing", told, codeOf(modules, say("pairing.code", { address })));
}

/** @returns {Caption} */
export function caption() {
  return { title: null, subtitle: null, foot: [] };
}
