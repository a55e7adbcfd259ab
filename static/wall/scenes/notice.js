// A headline of the company's own, a few words, and a picture where there is one.
/** @import { Caption, Context, Notice } from "../types.d.ts" */

import { el } from "../dom.js";
import { fit } from "../fit.js";
import { glued } from "../hyphens.js";
import { leastOf } from "../least.js";

/** Largest sizes, in hundredths of the stage's short side. */
const MOST = { alone: 15, beside: 10.5 };

/** @param {Notice} notice @param {Context} _context */
export function render({ headline, text, picture, urgent }, _context) {
  const title = headline ? el("h2", "notice-headline", headline) : null;
  const words = text ? el("p", "notice-text", glued(text)) : null;
  for (const part of [title, words]) if (part) part.dir = "auto";
  const told = el("div", "notice-words", el("div", "notice-told", title, words));
  const scene = el("section", "scene notice", told);
  if (urgent) scene.classList.add("is-urgent");
  if (picture) scene.append(pictureOf(picture));
  else scene.classList.add("is-alone");
  return scene;
}

/** @param {Notice} notice @param {Context} context @returns {Caption} */
export function caption({ urgent }, { programme, say }) {
  const title = urgent ? say("notice.urgent") : programme.title;
  return { title, subtitle: programme.screen.site, foot: [] };
}

/** @param {HTMLElement} scene @param {Notice} notice @param {Context} context */
export function arrange(scene, { picture, look }, { programme }) {
  const stage = /** @type {HTMLElement} */ (scene.closest(".stage"));
  const box = /** @type {HTMLElement} */ (scene.querySelector(".notice-words"));
  const told = /** @type {HTMLElement} */ (scene.querySelector(".notice-told"));
  const short = Math.min(stage.clientWidth, stage.clientHeight) / 100;
  const beside = picture || look === "celebration";
  const most = short * (beside ? MOST.beside : MOST.alone);
  fit(told, box, { least: leastOf(scene, programme, most), most });
  return undefined;
}

/** A picture that does not come leaves the words alone. @param {NonNullable<Notice["picture"]>} picture */
function pictureOf({ url, width, height, tells }) {
  const image = document.createElement("img");
  image.className = "notice-picture";
  image.alt = tells;
  image.width = width;
  image.height = height;
  image.decoding = "async";
  image.addEventListener("error", () => image.remove());
  image.src = url;
  return image;
}
