// One scene as a wall would show it, in any `.stage` on any page: the desk's live preview.
/** @import { Context, Item } from "./types.d.ts" */

import { el } from "./dom.js";
import { dress } from "./dress.js";
import { Frame, ownCaption } from "./frame.js";
import { SCENES } from "./scenes/index.js";
import { fontsFor } from "./settle.js";

/**
 * Draws into `stage` (a `.stage` element with a size); resolves when it is set.
 * @param {HTMLElement} stage @param {string} name of the scene @param {Item | null} item @param {Context} context
 * @returns {Promise<{ pages: number }>} how many pages the words need
 */
export async function preview(stage, name, item, context) {
  const scene = SCENES[name];
  const element = scene.render(item, context);
  await fontsFor(element.textContent ?? "");
  const sheet = el("div", "sheet", el("div", "layers", el("div", "layer", element)));
  const frame = new Frame(sheet);
  frame.caption(scene.caption?.(item, context) ?? ownCaption(context), false);
  frame.clock(context.now, context.format);
  frame.fresh({ state: "live", since: null }, context.say, context.format);
  stage.replaceChildren(sheet);
  dress(stage, context);
  const pages = scene.arrange?.(element, item, context);
  return { pages: pages?.shares.length ?? 1 };
}
