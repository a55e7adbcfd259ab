// Shows what `shows` says, changes scenes at their boundaries, and never leaves the wall blank.
/** @import { Context, Feeds, Freshness, Link, PairingCode, Show, State } from "./types.d.ts" */

import { createContext, noProgramme } from "./context.js";
import { Faults } from "./faults.js";
import { Hand } from "./hand.js";
import { nextOf } from "./notices.js";
import { Picture } from "./picture.js";
import { Queue } from "./queue.js";
import { mayShow, shows, still } from "./shows.js";
import { isBoundary, lost, mayHang, turn } from "./turn.js";

/** Even with nothing to wait for, the stage looks again this often, ms: leases end, the day turns. */
const LOOK_AGAIN_MS = 30_000;
const MINUTE_MS = 60_000;
/** Timers may fire a little early. */
const LATE_MS = 5;

/**
 * @typedef {object} Surroundings
 * @property {() => number} now
 * @property {Record<string, string>} english
 * @property {string} address
 * @property {string} locale
 * @property {() => void} [painted] a scene hangs as it should
 * @property {(show: Show | null) => void} [shown] what hangs, for who counts it
 * @property {() => Promise<boolean>} [boundary] between two scenes; whether the page is loaded anew
 */

export class Stage {
  /** @type {HTMLElement} */
  #root;
  /** @type {Surroundings} */
  #around;
  /** @type {Picture} */
  #picture;
  /** @type {State} */
  #state = { programme: null, feeds: {}, contact: null };
  /** @type {Link} */
  #link = "linked";
  /** @type {PairingCode | null} */
  #code = null;
  /** @type {Freshness | null} */
  #freshness = null;
  /** @type {Show | null} */
  #shown = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #queue = new Queue((error) => this.#recover(error));
  #running = false;
  #hand = new Hand();
  /** Before the first content there is nothing to fade from, and it is waited for. */
  #moves = false;
  /** What went wrong since the start: scenes that could not be drawn, above all. */
  faults = new Faults();
  /** @type {Feeds} */
  #painted = {};
  /** As it was measured. */
  #size = "";
  #resized = new ResizeObserver(() => this.#measureAgain());

  /** @param {HTMLElement} root a `.stage` element @param {Surroundings} around */
  constructor(root, around) {
    this.#root = root;
    this.#around = around;
    this.#picture = new Picture(root);
  }

  get scene() {
    return this.#shown?.scene ?? "none";
  }

  /** What is on show. */
  get shown() {
    return this.#shown;
  }

  get errors() {
    return this.faults.total;
  }

  /** The feeds as they are on the page: what it shows holds nothing from before them. */
  get painted() {
    return this.#painted;
  }

  /** Resolves when the first scene hangs. */
  async start() {
    if (this.#running) return;
    this.#running = true;
    this.#picture.open();
    this.#size = sizeOf(this.#root);
    this.#resized.observe(this.#root);
    await this.#next();
  }

  stop() {
    this.#running = false;
    clearTimeout(this.#timer);
    this.#picture.close();
    this.#resized.disconnect();
  }

  /** Resolves when what may hang no longer is out of the page. @param {State} state @param {Link} [link] */
  update(state, link = "linked") {
    this.#state = state;
    this.#link = link;
    return this.#next();
  }

  /** A screen that is not paired shows its code; null: there is none yet. @param {PairingCode | null} code */
  pair(code) {
    this.#code = code;
    this.#link = "pairing";
    return this.#next();
  }

  get isHeld() {
    return this.#hand.holds;
  }

  /** What hangs stays until it is let go, or may hang no longer. */
  hold() {
    if (!this.#shown || this.isHeld) return;
    this.#shown = this.#hand.hold(this.#shown);
    this.#picture.hold();
  }

  /** A page or a scene on or back, by hand. @param {1 | -1} by */
  step(by) {
    this.hold();
    if (this.#picture.step(by)) return Promise.resolve();
    const now = this.#around.now();
    this.#hand.step(by, this.#cycle(now), now);
    return this.#next();
  }

  /** Back to what the clock asks for. */
  letGo() {
    this.#hand.release();
    if (this.#shown) this.#shown = { ...this.#shown, startedAt: Number.NaN, endsAt: null };
    return this.#next();
  }

  /** @param {Freshness | null} freshness */
  fresh(freshness) {
    this.#freshness = freshness;
    try {
      this.#picture.dress(lit(this.#context(), this.#shown), freshness);
    } catch (error) {
      this.faults.note("frame", error);
    }
  }

  #next() {
    return this.#queue.add(() => this.#turn());
  }

  /** @returns {Promise<void>} */
  async #turn() {
    if (!this.#running) return;
    const errors = this.errors;
    const wanted = this.#wanted(this.#around.now());
    const context = lit(this.#context(), wanted);
    this.#picture.dress(context, this.#freshness);
    const { act, until } = turn(this.#shown, wanted, this.#state.feeds, context.now);
    const ends = !this.isHeld && isBoundary(this.#shown, act, context.now);
    if (ends && (await this.#around.boundary?.())) return this.#wait(until);
    if (!(await this.#follow(act, wanted, context))) return this.#turn();
    this.#wait(until);
    if (errors === this.errors) this.#claim(context.feeds);
    this.#tell();
  }

  /** Resolves to whether it came about: see #draw. @param {ReturnType<typeof turn>["act"]} act @param {Show} wanted @param {Context} context */
  async #follow(act, wanted, context) {
    if (act === "drop") {
      await this.#picture.leave();
      this.#shown = null;
    }
    if (act === "swap" || act === "drop") return this.#hang(wanted, context);
    if (act === "renew" && this.#running) {
      this.#picture.begin(wanted, context);
      this.#shown = wanted;
    }
    return this.#running;
  }

  /** At night the picture may be black: then nothing hangs for who counts it. */
  #tell() {
    this.#around.shown?.(this.#picture.isBlack ? null : this.#shown);
    this.#root.dispatchEvent(new Event("turned", { bubbles: true }));
  }

  /** The page shows these feeds now; a picture that still fades away may hold what they lost. @param {Feeds} feeds */
  #claim(feeds) {
    if (Object.keys(this.#painted).some((name) => lost(this.#painted[name], feeds[name])))
      this.#picture.tidy();
    this.#painted = feeds;
  }

  /** @param {number} now @returns {Show} */
  #wanted(now) {
    if (this.#link === "revoked") return still("revoked");
    if (this.#link === "pairing") return this.#unpaired();
    const { programme, feeds } = this.#state;
    return this.#hand.chosen(shows(programme, feeds, now, this.#state), this.#cycle(now));
  }

  /** @returns {Show} */
  #unpaired() {
    const code = this.#code;
    return code
      ? { ...still("pairing"), item: code, key: `pairing:${code.code}` }
      : still("waiting");
  }

  /** What a person can go through; nobody needs it while nobody holds the wall. @param {number} now */
  #cycle(now) {
    return this.#hand.holds
      ? mayShow(this.#state.programme, this.#state.feeds, now, this.#state)
      : [];
  }

  /** What cannot be drawn is passed over: the scene before it hangs on, or a calm page. False: see #draw. @param {Show} show @param {Context} context @param {boolean} [substitute] @returns {Promise<boolean>} */
  async #hang(show, context, substitute = false) {
    try {
      if (!(await this.#draw(show, context, context.programme.motion && this.#moves))) return false;
      this.#moves ||= show.item !== null;
      this.#shown = show;
      if (!substitute) this.#around.painted?.();
    } catch (error) {
      this.faults.note(show.scene, error);
      const endsAt = show.endsAt ?? context.now + LOOK_AGAIN_MS;
      if (this.#picture.isBlank && show.scene !== "empty")
        return this.#hang({ ...still("empty"), endsAt }, context, true);
      if (this.#shown) this.#shown = { ...this.#shown, endsAt };
    }
    return this.#running;
  }

  /** False: it does not hang, since the stage stopped meanwhile, or somebody took hold of what hangs or let it go. @param {Show} show @param {Context} context @param {boolean} motion */
  #draw(show, context, motion) {
    const { isHeld } = this;
    const wanted = () => this.#running && this.isHeld === isHeld;
    return this.#picture.hang(show, context, motion, wanted);
  }

  /** After a turn that failed: what may no longer hang makes way for a calm page. @param {unknown} error */
  async #recover(error) {
    this.faults.note("stage", error);
    if (!this.#running) return;
    this.#wait(null);
    const { now, locale } = this.#around;
    const may = this.#link === "linked" && this.#shown && mayHang(this.#shown, this.#state, now());
    if (may) return;
    this.#picture.clear();
    this.#shown = null;
    await this.#hang(still("empty"), this.#context(noProgramme(locale)), true);
  }

  /** @param {number | null} until */
  #wait(until) {
    const now = this.#around.now();
    const boundary = until === null ? LOOK_AGAIN_MS : until - now;
    const notice = (nextOf(this.#state.feeds, now) ?? Number.POSITIVE_INFINITY) - now;
    const wait = Math.min(boundary, notice, MINUTE_MS - (now % MINUTE_MS), LOOK_AGAIN_MS);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#next(), Math.max(0, wait) + LATE_MS);
  }

  /** After a change of size everything is measured anew; a first look at it is none. */
  #measureAgain() {
    if (sizeOf(this.#root) === this.#size) return;
    this.#size = sizeOf(this.#root);
    void this.#queue.add(() => this.#redraw());
  }

  /** What may hang no longer makes way in a turn of its own. */
  async #redraw() {
    const show = this.#shown;
    if (!this.#running || !show || !mayHang(show, this.#state, this.#around.now())) return;
    const context = lit(this.#context(), show);
    this.#picture.dress(context, this.#freshness);
    if (!(await this.#draw(show, context, false).catch(() => true))) await this.#redraw();
  }

  #context(programme = this.#state.programme ?? noProgramme(this.#around.locale)) {
    const { now, english, address } = this.#around;
    return createContext({ programme, feeds: this.#state.feeds, now: now(), english, address });
  }
}

/** @param {HTMLElement} element */
function sizeOf({ clientWidth, clientHeight }) {
  return `${clientWidth} ${clientHeight}`;
}

/** What is urgent is seen by night, and said to be so in the quietest frame. @param {Context} context @param {Show | null} show @returns {Context} */
function lit(context, show) {
  const urgent = show?.item && "urgent" in show.item && show.item.urgent;
  if (!urgent) return context;
  const { brand } = context.programme;
  const whole = brand && { ...brand, frame: /** @type {const} */ ("full") };
  return { ...context, programme: { ...context.programme, night: null, brand: whole } };
}
