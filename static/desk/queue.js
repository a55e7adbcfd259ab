// The list of the queue: it never moves under the hand. What was decided stays and is marked, what others
// look at is named, and more is fetched before the end is reached.

import { ask } from "./post.js";
import { say } from "./texts.js";

const FEW = 8;
/** So many stretches of lines are fetched to reach new ones; what is further off is opened for itself. */
const MOST_STRETCHES = 5;

/** @typedef {{ quote: number, user: number, by: string }} Held */

export class Queue {
  #root;
  /** Quotes newer than this wait until they are asked for. */
  #newest;
  /** @type {Promise<number> | null} */
  #extending = null;

  /** @param {HTMLElement} root @param {number} newest */
  constructor(root, newest) {
    this.#root = root;
    this.#newest = newest;
    this.uncover();
  }

  /** Up to here lines are listed. */
  get newest() {
    return this.#newest;
  }

  get #lines() {
    return /** @type {HTMLElement[]} */ ([...this.#root.querySelectorAll("#lines > li")]);
  }

  get #last() {
    return Number(this.#lines.at(-1)?.dataset.quote ?? 0);
  }

  /** The quote of a line. @param {EventTarget | null} target */
  quoteAt(target) {
    const line = target instanceof Element ? target.closest("#lines > li") : null;
    return line instanceof HTMLElement ? (line.dataset.quote ?? null) : null;
  }

  /** @param {string} quote */
  has(quote) {
    return this.#line(quote) !== undefined;
  }

  /** @param {string} quote */
  point(quote) {
    this.#root.querySelector("#lines [aria-current]")?.removeAttribute("aria-current");
    this.#line(quote)?.querySelector("a")?.setAttribute("aria-current", "true");
    this.uncover();
    const lines = this.#lines;
    if (lines.length - lines.findIndex((line) => line.dataset.quote === quote) < FEW)
      void this.extend();
  }

  /** The line before or after. @param {string} quote @param {1 | -1} way */
  async beside(quote, way) {
    if (way > 0 && !this.#beyond(quote, 1)) await this.extend();
    return this.#beyond(quote, way);
  }

  /** The next that is to be decided and that nobody else looks at. @param {string} quote */
  async open(quote) {
    if (!this.openNow(quote, 1).length) await this.extend();
    return this.openNow(quote, 1)[0] ?? null;
  }

  /** So many of them, as far as they are listed. @param {string} quote @param {number} n */
  openNow(quote, n) {
    const lines = this.#lines;
    const here = lines.findIndex((line) => line.dataset.quote === quote);
    return lines
      .slice(here + 1)
      .filter((line) => !line.dataset.verdict && !line.dataset.held)
      .slice(0, n)
      .map((line) => line.dataset.quote ?? "");
  }

  /** Marks what became of one; "" opens it again. @param {string} quote @param {string} verdict @param {string} [by] */
  note(quote, verdict, by = "") {
    const line = this.#line(quote);
    if (!line) return;
    line.dataset.verdict = verdict;
    const outcome = verdict && say(verdict);
    write(line, by && outcome ? say("by", { outcome, name: by }) : outcome);
  }

  /** Names who looks at what. @param {Held[]} held those of others */
  hold(held) {
    const names = new Map(held.map(({ quote, by }) => [`${quote}`, by]));
    for (const line of this.#lines) {
      const name = names.get(line.dataset.quote ?? "") ?? "";
      if (line.dataset.verdict || (line.dataset.held ?? "") === name) continue;
      line.dataset.held = name;
      write(line, name && say("holds", { name }));
    }
  }

  /** Lists more, up to the newest that was asked for; gives how many, -1 where they cannot be had. */
  extend() {
    this.#extending ??= this.#extend().finally(() => {
      this.#extending = null;
    });
    return this.#extending;
  }

  /** Lets in what came up to here; gives the first of it: its link, "far" where that is not near, null where it cannot be had. @param {number} newest @returns {Promise<HTMLElement | "far" | null>} */
  async letIn(newest) {
    const than = this.#newest;
    this.#newest = newest;
    let more = 1;
    for (let n = 0; n < MOST_STRETCHES && more > 0 && this.#last < newest; n += 1)
      more = await this.extend();
    if (more < 0) {
      this.#newest = than;
      return null;
    }
    const first = this.#lines.find((line) => Number(line.dataset.quote) > than);
    return first?.querySelector("a") ?? "far";
  }

  /** Scrolls the queue, never the page. */
  uncover() {
    const line = this.#root.querySelector("#lines [aria-current]");
    if (!line) return;
    const [here, all] = [line.getBoundingClientRect(), this.#root.getBoundingClientRect()];
    if (here.bottom > all.bottom) this.#root.scrollTop += here.bottom - all.bottom;
    else if (here.top < all.top) this.#root.scrollTop += here.top - all.top;
  }

  async #extend() {
    const last = this.#last;
    if (last >= this.#newest) return 0;
    const state = this.#root.dataset.state ?? "";
    const { kind, body } = await ask(`/desk/review/lines?state=${state}&start=${last + 1}`);
    if (kind !== "ok") return -1;
    const page = new DOMParser().parseFromString(body, "text/html");
    const fresh = /** @type {HTMLElement[]} */ ([...page.querySelectorAll("#lines > li")]);
    const let_in = fresh.filter((line) => Number(line.dataset.quote) <= this.#newest);
    this.#root.querySelector("#lines")?.append(...let_in.map((line) => document.adoptNode(line)));
    this.#goOnFrom(page.getElementById("later"));
    return let_in.length;
  }

  /** The way on from the lines that are listed now. @param {HTMLElement | null} later */
  #goOnFrom(later) {
    this.#root.querySelector("#later")?.remove();
    if (later && Number(later.dataset.start) <= this.#newest)
      this.#root.append(document.adoptNode(later));
  }

  /** @param {string} quote @param {1 | -1} way */
  #beyond(quote, way) {
    const lines = this.#lines;
    const here = lines.findIndex((line) => line.dataset.quote === quote);
    return lines[here + way]?.dataset.quote ?? null;
  }

  /** @param {string} quote */
  #line(quote) {
    return this.#lines.find((line) => line.dataset.quote === quote);
  }
}

/** @param {HTMLElement} line @param {string} text */
function write(line, text) {
  const note = line.querySelector(".note");
  if (note) note.textContent = text;
}
