// Choosing with the keys: arrows go word by word and line by line, with Alt character by character; Shift
// chooses more.
/** @import { Stretch } from "./wordwise.js" */

import { rangeOf, select, selectedIn, uncover } from "./sheet.js";
import { wordFrom } from "./wordwise.js";

export class Chooser {
  /** @type {HTMLElement} */
  #root;
  /** What a key goes to: words, or characters. @type {Stretch[]} */
  #words;
  #all;
  #characters;
  /** @type {{ anchor: number, head: number } | null} places of words, or of characters */
  #chosen = null;

  /** @param {HTMLElement} root @param {Stretch[]} words @param {() => Stretch[]} characters */
  constructor(root, words, characters) {
    this.#root = root;
    this.#all = this.#words = words;
    this.#characters = characters;
  }

  /** Whether single characters were chosen last. */
  get isFine() {
    return this.#words !== this.#all;
  }

  /** The pointer chose something else. */
  forget() {
    this.#refine(false);
  }

  /** Whether the key moved the choice. @param {KeyboardEvent} event */
  press({ key, shiftKey, altKey }) {
    if (altKey !== this.isFine) this.#refine(altKey);
    if (!this.#words.length) return false;
    const head = this.#target(key);
    if (head === null) return false;
    const anchor = shiftKey ? (this.#places()?.anchor ?? head) : head;
    this.#chosen = { anchor, head };
    const [first, last] = [Math.min(anchor, head), Math.max(anchor, head)];
    select(this.#root, { start: this.#words[first].start, end: this.#words[last].end });
    uncover(this.#root, this.#words[head]);
    return true;
  }

  /** From words to characters, or back; what is chosen stays. @param {boolean} fine */
  #refine(fine) {
    this.#chosen = null;
    this.#words = fine ? this.#characters() : this.#all;
  }

  /** @param {string} key @returns {number | null} */
  #target(key) {
    const rtl = getComputedStyle(this.#root).direction === "rtl";
    /** @type {Record<string, () => number>} */
    const targets = {
      Home: () => 0,
      End: () => this.#words.length - 1,
      ArrowRight: () => this.#beside(rtl ? -1 : 1),
      ArrowLeft: () => this.#beside(rtl ? 1 : -1),
      ArrowDown: () => this.#inLine(1),
      ArrowUp: () => this.#inLine(-1),
    };
    return targets[key]?.() ?? null;
  }

  /** @param {1 | -1} way */
  #beside(way) {
    const places = this.#places();
    if (places) return Math.min(Math.max(places.head + way, 0), this.#words.length - 1);
    const at = selectedIn(this.#root);
    return at ? wordFrom(this.#words, way > 0 ? at.end : at.start, way) : 0;
  }

  /** The nearest word in the line above or below. @param {1 | -1} way */
  #inLine(way) {
    const head = this.#places()?.head;
    if (head === undefined) return this.#beside(way);
    const here = this.#middle(head);
    const height = rangeOf(this.#root, this.#words[head]).getBoundingClientRect().height / 2;
    const others = this.#words
      .map((_, place) => ({ place, ...this.#middle(place) }))
      .filter(({ y }) => (y - here.y) * way > height);
    const line = Math.min(...others.map(({ y }) => Math.abs(y - here.y)));
    const near = others
      .filter(({ y }) => Math.abs(y - here.y) < line + height)
      .sort((a, b) => Math.abs(a.x - here.x) - Math.abs(b.x - here.x));
    return near[0]?.place ?? head;
  }

  /** The words chosen by key, or those the pointer chose. */
  #places() {
    if (this.#chosen) return this.#chosen;
    const at = selectedIn(this.#root);
    if (!at || at.start === at.end) return null;
    const anchor = this.#words.findIndex(({ end }) => end > at.start);
    const head = this.#words.findLastIndex(({ start }) => start < at.end);
    return anchor < 0 || head < 0 ? null : { anchor, head };
  }

  /** @param {number} place */
  #middle(place) {
    const { left, right, top, bottom } = rangeOf(
      this.#root,
      this.#words[place],
    ).getBoundingClientRect();
    return { x: (left + right) / 2, y: (top + bottom) / 2 };
  }
}
