// The wall as it would be: the player's own scene and frame, set at full size and shown smaller. It stands
// in a shadow root, so that the wall's style and the desk's never meet.
/** @import { Arrangement, Context, Feeds, Piece, Programme, Quote } from "../wall/types.d.ts" */

import { createContext } from "../wall/context.js";
import { el } from "../wall/dom.js";
import { dress, panelOf } from "../wall/dress.js";
import { Frame } from "../wall/frame.js";
import { ARC_MINUTES, CAPITALS, readableFrom } from "../wall/legible.js";
import { wordsIn } from "../wall/pages.js";
import { dwell } from "../wall/reading.js";
import * as quote from "../wall/scenes/quote.js";
import { fontsFor } from "../wall/settle.js";
import { unfit } from "./spans.js";

/** The picture of a 1080p panel, px. */
const WIDTH = 1920;

/** @typedef {{ seconds: number, metres: number, pages: number }} Facts */

export class Preview {
  #host;
  #stage;
  #programme;
  /** Only what the frame's line of the mix counts. @type {Feeds} */
  #feeds;
  #layers = el("div", "layers");
  #frame;
  /** @type {Arrangement | undefined} */
  #pages;
  #page = 0;
  #wanted = 0;

  /** @param {HTMLElement} host @param {{ programme: Programme, feeds: Feeds }} data */
  constructor(host, { programme, feeds }) {
    this.#host = host;
    this.#stage = /** @type {HTMLElement} */ (host.shadowRoot?.querySelector(".stage"));
    this.#programme = programme;
    this.#feeds = feeds;
    const sheet = el("div", "sheet", this.#layers);
    this.#frame = new Frame(sheet);
    this.#stage.replaceChildren(sheet);
  }

  start() {
    new ResizeObserver(() => this.#scale()).observe(this.#host);
    this.#scale();
  }

  /** Null when a later call overtook this one, and for what cannot hang. @param {Quote} quoted @param {Piece[]} pieces @returns {Promise<Facts | null>} */
  async show(quoted, pieces) {
    this.#wanted += 1;
    const turn = this.#wanted;
    const body = { ...quoted, pieces, words: wordsIn(pieces) };
    const context = this.#context();
    // Setting what nobody could hang would take as long as reading it.
    if (unfit(pieces)) return this.#clear(context, body);
    const scene = quote.render(body, context);
    await fontsFor(scene.textContent ?? "");
    if (turn !== this.#wanted) return null;
    this.#dress(context, body);
    this.#layers.replaceChildren(el("div", "layer", scene));
    const pages = await quote.arrange(scene, body, context);
    if (turn !== this.#wanted) return null;
    this.#pages = pages;
    this.#page = 0;
    return this.#facts(scene, body.words);
  }

  /** The frame around nothing. @param {Context} context @param {Quote} body */
  #clear(context, body) {
    this.#dress(context, body);
    this.#layers.replaceChildren();
    this.#pages = undefined;
    return null;
  }

  /** Turns to the next page. */
  turn() {
    this.#page = (this.#page + 1) % (this.#pages?.shares.length ?? 1);
    this.#pages?.turn(this.#page);
    return this.#page;
  }

  /** @param {Context} context @param {Quote} body */
  #dress(context, body) {
    dress(this.#stage, context);
    this.#frame.caption(quote.caption(body, context), false);
    this.#frame.clock(context.now, context.format);
    this.#frame.fresh({ state: "live", since: null }, context);
  }

  /** @param {HTMLElement} scene @param {number} words @returns {Facts} */
  #facts(scene, words) {
    const text = /** @type {HTMLElement} */ (scene.querySelector(".quote-words"));
    const size = Number.parseFloat(getComputedStyle(text).fontSize);
    const panel = panelOf(this.#stage, this.#programme);
    return {
      seconds: Math.round(dwell(words)),
      metres: Math.floor(readableFrom(panel, size, ARC_MINUTES.quote, CAPITALS.newsreader)),
      pages: this.#pages?.shares.length ?? 1,
    };
  }

  /** @returns {Context} */
  #context() {
    return createContext({
      programme: this.#programme,
      feeds: this.#feeds,
      now: Date.now(),
      english: {},
      address: location.host,
    });
  }

  #scale() {
    this.#stage.style.scale = `${this.#host.clientWidth / WIDTH}`;
  }
}
