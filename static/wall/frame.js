// Always there and always small: what this is, the time, how far the scene has come, how fresh it is.
/** @import { Caption, Context, Format, Freshness, Show } from "./types.d.ts" */

import { dotted, el } from "./dom.js";
import { localDay } from "./format.js";

const CHANGE_MS = 360;
/** The line grows in steps: one that glides takes more of a small computer than all else. */
const STEP_MS = 5000;

export class Frame {
  #title = el("p", "frame-title");
  #clock = el("p", "frame-clock");
  #foot = el("p", "frame-foot");
  #fresh = el("p", "frame-fresh");
  #line = el("div", "frame-line");
  /** @type {HTMLImageElement | null} */
  #logo = null;
  #texts = new Map();
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #steps;

  /** @param {HTMLElement} root */
  constructor(root) {
    root.append(
      el("header", "frame-head", this.#title, this.#clock),
      el("footer", "frame-base", this.#foot, this.#fresh),
      el("div", "frame-track", this.#line),
    );
  }

  /** @param {Caption} caption @param {boolean} motion @param {string | null} [logo] its address */
  caption({ title, subtitle, foot }, motion, logo = null) {
    this.#bear(logo);
    const name = title && el("strong", "", title);
    if (name) name.role = "heading";
    if (name) name.ariaLevel = "1";
    const parts = [name, subtitle && el("span", "", subtitle)];
    this.#set(this.#title, dotted(parts), motion);
    this.#set(this.#foot, foot, motion);
  }

  /** A logo that does not come leaves no hole. @param {string | null} logo */
  #bear(logo) {
    if (this.#logo?.dataset.from === (logo ?? undefined)) return;
    this.#logo?.remove();
    this.#logo = null;
    if (!logo) return;
    const image = document.createElement("img");
    image.className = "frame-logo";
    image.alt = "";
    image.dataset.from = logo;
    image.addEventListener("error", () => image.remove());
    image.src = logo;
    this.#logo = image;
    this.#title.before(image);
  }

  /** @param {number} now @param {Format} format */
  clock(now, format) {
    this.#clock.textContent = format.clock(now);
  }

  /** Null says nothing: there is nothing that could be fresh. @param {Freshness | null} freshness @param {Context} context */
  fresh(freshness, context) {
    if (!freshness) return this.#fresh.replaceChildren();
    this.#fresh.dataset.state = freshness.state;
    this.#fresh.replaceChildren(el("span", "frame-dot"), told(freshness, context));
  }

  /** From where the scene is to its end. @param {Show} show @param {number} now @param {boolean} motion */
  progress({ startedAt, endsAt }, now, motion) {
    this.hold();
    this.#line.style.transform = "";
    if (endsAt === null || !motion) return;
    const begun = performance.now() - (now - startedAt);
    const step = () => {
      const come = (performance.now() - begun) / (endsAt - startedAt);
      this.#line.style.transform = `scaleX(${Math.min(1, Math.max(0, come))})`;
      if (come >= 1) this.hold();
    };
    this.#steps = setInterval(step, STEP_MS);
    step();
  }

  /** The line grows no further. */
  hold() {
    clearInterval(this.#steps);
  }

  /** Only what reads otherwise than before is set anew. @param {HTMLElement} place @param {Node[]} nodes @param {boolean} motion */
  #set(place, nodes, motion) {
    const text = nodes.map((node) => node.textContent).join("");
    if (this.#texts.get(place) === text) return;
    this.#texts.set(place, text);
    place.replaceChildren(...nodes);
    if (motion) place.animate({ opacity: [0, 1] }, { duration: CHANGE_MS });
  }
}

/** A time of another day than today says which. @param {Freshness} freshness @param {Context} context */
function told({ state, since }, { programme, now, say, format }) {
  if (since === null) return say(state === "offline" ? "frame.offline_unknown" : `frame.${state}`);
  const today = format.day(since) === format.day(now);
  const day = today ? "" : format.date(localDay(since, programme.timezone), now);
  return say(`frame.${state}${today ? "" : "_day"}`, { day, time: format.time(since) });
}

/** The frame's own words for a scene that has none. @param {Context} context @returns {Caption} */
export function ownCaption({ programme }) {
  return { title: programme.title, subtitle: programme.screen.site, foot: [] };
}
