// A page that says one thing and asks for nothing, for when there is no scene to show.

import { el } from "../dom.js";

/** @param {string} title @param {string} text @param {string} [aside] */
export function calm(title, text, aside = "") {
  const words = el("div", "calm-words", el("p", "calm-title", title), el("p", "calm-text", text));
  if (aside) words.append(el("p", "calm-aside", aside));
  return el("section", "scene calm", words);
}
