// Quotes as the server draws them, loaded before they are asked for.

import { ask } from "./post.js";

/** So many are kept at most; the oldest give way. */
const MOST = 12;

export class Cards {
  /** @type {Map<string, Promise<HTMLElement | null>>} */
  #loading = new Map();
  /** @type {Map<string, HTMLElement>} */
  #ready = new Map();

  /** Begins to load those that are not there. @param {string[]} quotes */
  want(quotes) {
    for (const quote of quotes) void this.get(quote);
    for (const old of [...this.#loading.keys()].slice(0, -MOST)) this.drop(old);
  }

  /** What is there already: no waiting. @param {string} quote */
  now(quote) {
    return this.#ready.get(quote);
  }

  /** Null where it cannot be had. @param {string} quote @returns {Promise<HTMLElement | null>} */
  get(quote) {
    const begun = this.#loading.get(quote) ?? this.#load(quote);
    this.#loading.set(quote, begun);
    return begun;
  }

  /** It is on show now, or no longer true. @param {string} quote */
  drop(quote) {
    this.#loading.delete(quote);
    this.#ready.delete(quote);
  }

  /** @param {string} quote @param {string} html */
  put(quote, html) {
    const card = drawn(html);
    this.drop(quote);
    if (!card) return;
    this.#ready.set(quote, card);
    this.#loading.set(quote, Promise.resolve(card));
  }

  /** @param {string} quote */
  async #load(quote) {
    const { kind, body } = await ask(`/desk/quotes/${quote}/card`);
    const card = kind === "ok" ? drawn(body) : null;
    if (!this.#loading.has(quote)) return card;
    if (card) this.#ready.set(quote, card);
    else this.drop(quote);
    return card;
  }
}

/** @param {string} html */
function drawn(html) {
  const card = new DOMParser().parseFromString(html, "text/html").getElementById("card");
  return card && document.adoptNode(card);
}
