// Shows what `shows` says, changes scenes at their boundaries, and never leaves the wall blank.
/** @import { Arrangement, Context, Freshness, Link, Show, State } from "./types.d.ts" */

import { createContext, noProgramme } from "./context.js";
import { el } from "./dom.js";
import { dress, drift } from "./dress.js";
import { Frame, ownCaption } from "./frame.js";
import { Layers } from "./layers.js";
import { Pager } from "./pager.js";
import { SCENES } from "./scenes/index.js";
import { fontsFor } from "./settle.js";
import { shows, still } from "./shows.js";
import { turn } from "./turn.js";

/** Even with nothing to wait for, the stage looks again this often, ms: leases end, the day turns. */
const LOOK_AGAIN_MS = 30_000;

/** @typedef {{ now: () => number, english: Record<string, string>, address: string, locale: string }} Surroundings */

export class Stage {
  /** @type {HTMLElement} */
  #root;
  /** @type {Surroundings} */
  #around;
  #sheet = el("div", "sheet");
  /** @type {Frame} */
  #frame;
  /** @type {Layers} */
  #layers;
  #pager = new Pager();
  /** @type {State} */
  #state = { programme: null, feeds: {}, contact: null };
  /** @type {Link} */
  #link = "linked";
  /** @type {Freshness | null} */
  #freshness = null;
  /** @type {Show | null} */
  #shown = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #queue = Promise.resolve();
  #running = false;
  #errors = 0;
  #resized = new ResizeObserver(() => this.#again());

  /** @param {HTMLElement} root a `.stage` element @param {Surroundings} around */
  constructor(root, around) {
    this.#root = root;
    this.#around = around;
    const layers = el("div", "layers");
    this.#sheet.append(layers);
    this.#frame = new Frame(this.#sheet);
    this.#layers = new Layers(layers);
  }

  get scene() {
    return this.#shown?.scene ?? "none";
  }

  /** Scenes that could not be drawn since the start. */
  get errors() {
    return this.#errors;
  }

  async start() {
    if (this.#running) return;
    this.#running = true;
    this.#root.replaceChildren(this.#sheet);
    this.#resized.observe(this.#root);
    return this.#next();
  }

  stop() {
    this.#running = false;
    clearTimeout(this.#timer);
    this.#pager.stop();
    this.#resized.disconnect();
  }

  /** Resolves when what may hang no longer is out of the page. @param {State} state @param {Link} [link] */
  update(state, link = "linked") {
    this.#state = state;
    this.#link = link;
    return this.#next();
  }

  /** @param {Freshness | null} freshness */
  fresh(freshness) {
    this.#freshness = freshness;
    const { say, format } = this.#context();
    this.#frame.fresh(freshness, say, format);
  }

  /** One turn after the other, however they are asked for. */
  #next() {
    this.#queue = this.#queue.then(() => this.#turn());
    return this.#queue;
  }

  async #turn() {
    if (!this.#running) return;
    const context = this.#context();
    const wanted = this.#wanted(context.now);
    this.#dress(context);
    const { act, until } = turn(this.#shown, wanted, this.#state.feeds, context.now);
    if (act === "drop") await this.#layers.leave(context.programme.motion);
    if (act === "swap" || act === "drop")
      await this.#hang(wanted, context, context.programme.motion);
    if (act === "renew") this.#begin(wanted, context);
    this.#wait(until);
  }

  /** @param {number} now @returns {Show} */
  #wanted(now) {
    if (this.#link !== "linked") return still(this.#link === "none" ? "unlinked" : "revoked");
    return shows(this.#state.programme, this.#state.feeds, now, this.#state);
  }

  /** @param {Show} show @param {Context} context @param {boolean} motion */
  async #hang(show, context, motion) {
    try {
      const scene = SCENES[show.scene];
      const element = scene.render(show.item, context);
      await fontsFor(element.textContent ?? "");
      const layer = this.#layers.hang(element);
      this.#frame.caption(scene.caption?.(show.item, context) ?? ownCaption(context), motion);
      const pages = scene.arrange?.(element, show.item, context);
      this.#layers.cross(layer, motion);
      this.#begin(show, context, pages);
    } catch {
      this.#skip(show, context);
    }
  }

  /** What cannot be drawn is passed over: the scene before it hangs on, or a calm page. @param {Show} show @param {Context} context */
  #skip(show, context) {
    this.#errors += 1;
    this.#layers.tidy();
    const endsAt = show.endsAt ?? context.now + LOOK_AGAIN_MS;
    if (this.#layers.shown && this.#shown) this.#shown = { ...this.#shown, endsAt };
    else if (show.scene !== "empty") void this.#hang({ ...still("empty"), endsAt }, context, false);
  }

  /** @param {Show} show @param {Context} context @param {Arrangement | undefined} [pages] */
  #begin(show, context, pages) {
    this.#shown = show;
    const now = this.#around.now();
    this.#pager.start(show, now, pages);
    this.#frame.progress(show, now, context.programme.motion);
  }

  /** @param {number | null} until */
  #wait(until) {
    const now = this.#around.now();
    const minute = 60_000 - (now % 60_000);
    const boundary = Math.min(until === null ? LOOK_AGAIN_MS : until - now, minute, LOOK_AGAIN_MS);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#next(), Math.max(20, boundary + 5));
  }

  /** After a change of size everything is measured anew. */
  #again() {
    if (!this.#running || !this.#shown) return;
    const show = this.#shown;
    this.#queue = this.#queue.then(() => {
      const context = this.#context();
      dress(this.#root, context);
      return this.#hang(show, context, false);
    });
  }

  /** @param {Context} context */
  #dress(context) {
    dress(this.#root, context);
    const { x, y } = drift(context.now);
    this.#sheet.style.transform = context.programme.motion ? `translate(${x}cqmin, ${y}cqmin)` : "";
    this.#frame.clock(context.now, context.format);
    this.#frame.fresh(this.#freshness, context.say, context.format);
  }

  #context() {
    const { now, english, address, locale } = this.#around;
    const programme = this.#state.programme ?? noProgramme(locale);
    return createContext({ programme, feeds: this.#state.feeds, now: now(), english, address });
  }
}
