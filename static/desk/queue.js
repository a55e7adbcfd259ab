// The list of the queue: it never moves under the hand. What was decided stays and is marked, what others
// look at is named, and more is fetched before the end is reached.

import { ask } from "./post.js";
import { say } from "./texts.js";

const FEW = 8;

/** @typedef {{ quote: number, user: number, by: string }} Held */

export class Queue {
  #root;
  /** Quotes newer than this wait until they are asked for. */
  #newest;
  /** @type {Promise<void> | null} */
  #extending = null;

  /** @param {HTMLElement} root @param {number} newest */
  constructor(root, newest) {
    this.#root = root;
    this.#newest = newest;
    this.uncover();
  }

  get #lines() {
    return /** @type {HTMLElement[]} */ ([...this.#root.querySelectorAll("#lines > li")]);
  }

  get #later() {
    const link = this.#root.querySelector("#later");
    return link instanceof HTMLAnchorElement ? link : null;
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

  /** Lists more, up to the newest that was asked for. */
  extend() {
    this.#extending ??= this.#extend().finally(() => {
      this.#extending = null;
    });
    return this.#extending;
  }

  /** Lets in what came up to here. @param {number} newest */
  letIn(newest) {
    this.#newest = newest;
    return this.extend();
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
    const last = Number(this.#lines.at(-1)?.dataset.quote ?? 0);
    if (last >= this.#newest) return;
    const state = this.#root.dataset.state ?? "";
    const { kind, body } = await ask(`/desk/review/lines?state=${state}&start=${last + 1}`);
    if (kind !== "ok") return;
    const page = new DOMParser().parseFromString(body, "text/html");
    const fresh = /** @type {HTMLElement[]} */ ([...page.querySelectorAll("#lines > li")]);
    const let_in = fresh.filter((line) => Number(line.dataset.quote) <= this.#newest);
    this.#root.querySelector("#lines")?.append(...let_in.map((line) => document.adoptNode(line)));
    this.#later?.remove();
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
