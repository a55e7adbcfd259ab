// What is to be seen: the scene's layers, its pages and the frame around them.
/** @import { Arrangement, Context, Freshness, Show } from "./types.d.ts" */

import { breath } from "./breath.js";
import { calmly } from "./calm.js";
import { el } from "./dom.js";
import { dress, drift } from "./dress.js";
import { Frame, ownCaption } from "./frame.js";
import { Layers } from "./layers.js";
import { Pager } from "./pager.js";
import { SCENES } from "./scenes/index.js";
import { fontsFor } from "./settle.js";

export class Picture {
  /** @type {HTMLElement} */
  #stage;
  #sheet = el("div", "sheet");
  #night = el("div", "night");
  /** @type {Frame} */
  #frame;
  /** @type {Layers} */
  #layers;
  #pager = new Pager();
  #light = 1;

  /** @param {HTMLElement} stage */
  constructor(stage) {
    this.#stage = stage;
    const layers = el("div", "layers");
    this.#sheet.append(layers);
    this.#frame = new Frame(this.#sheet);
    this.#layers = new Layers(layers);
  }

  /** At night it may be: then nothing is seen. */
  get isBlack() {
    return this.#light === 0;
  }

  get isBlank() {
    return this.#layers.shown === null;
  }

  open() {
    this.#stage.replaceChildren(this.#sheet, this.#night);
  }

  close() {
    this.#pager.stop();
    this.#frame.hold();
  }

  /** Draws a scene, measures it unseen, then cross-fades to it, if it is `wanted` even then; throws when it cannot be drawn. @param {Show} show @param {Context} around @param {boolean} motion @param {() => boolean} [wanted] */
  async hang(show, around, motion, wanted = () => true) {
    const context = { ...around, feed: show.feed };
    try {
      // What it takes to choose, draw, measure and fade a scene is too much work for one task.
      if (motion) await breath();
      const rest = calmly();
      const scene = SCENES[show.scene];
      const element = scene.render(show.item, context);
      await fontsFor(element.textContent ?? "", scene.italic);
      await rest();
      const layer = this.#layers.hang(element);
      const pages = await scene.arrange?.(element, show.item, context);
      if (motion) await breath();
      if (!wanted()) {
        this.#layers.tidy();
        return false;
      }
      const caption = scene.caption?.(show.item, context) ?? ownCaption(context);
      const { brand } = context.programme;
      const title = brand?.titles[show.scene] ?? caption.title;
      this.#frame.caption({ ...caption, title }, motion, brand?.logo);
      named(layer, title);
      this.#layers.cross(layer, motion);
      this.begin(show, context, pages ?? null);
      return true;
    } catch (error) {
      this.#layers.tidy();
      throw error;
    }
  }

  /** Starts the scene's time; a scene that only goes on keeps its pages. @param {Show} show @param {Context} context @param {Arrangement | null} [pages] */
  begin(show, context, pages) {
    this.#pager.start(show, context.now, pages);
    this.#frame.progress(show, context.now, context.programme.motion);
  }

  /** What moves by itself stands still. */
  hold() {
    this.#pager.hold();
    this.#frame.hold();
  }

  /** One page on or back; false where there is none. @param {number} by */
  step(by) {
    return this.#pager.step(by);
  }

  /** Resolves when what was on show is out of sight. */
  leave() {
    this.#pager.stop();
    return this.#layers.leave();
  }

  /** What still fades away is gone, this instant. */
  tidy() {
    this.#layers.tidy();
  }

  /** Takes everything but the frame away, this instant. */
  clear() {
    this.#pager.stop();
    this.#layers.clear();
  }

  /** Theme, sizes, drift, clock and freshness, as they are now. @param {Context} context @param {Freshness | null} freshness */
  dress(context, freshness) {
    const light = dress(this.#stage, context);
    this.#light = light;
    this.#night.hidden = light === 1;
    this.#night.style.opacity = `${1 - light}`;
    // In whole pixels: between two of them letters would blur.
    const { x, y } = drift(context.now);
    const unit = Math.min(this.#stage.clientWidth, this.#stage.clientHeight) / 100;
    this.#sheet.style.transform = `translate(${Math.round(x * unit)}px, ${Math.round(y * unit)}px)`;
    this.#frame.clock(context.now, context.format);
    this.#frame.fresh(freshness, context);
  }
}

/** For those who hear the wall. @param {HTMLElement} layer @param {string | null} title */
function named(layer, title) {
  if (!title) return;
  layer.setAttribute("role", "region");
  layer.setAttribute("aria-label", title);
}
