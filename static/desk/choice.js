// What is chosen in the words: words, single characters, or the hidden stretch that the caret stands in.
/** @import { Span } from "./spans.js" */
/** @import { Stretch } from "./wordwise.js" */

import { Chooser } from "./chooser.js";
import { select, selectedIn } from "./sheet.js";
import { hiddenIn } from "./spans.js";
import { charactersOf, wholeWords, wordsOf } from "./wordwise.js";

export class Choice {
  #root;
  #comment;
  #words;
  #chooser;
  /** The pointer chooses characters, not whole words. */
  #byCharacter = false;
  /** @type {Stretch | null} */
  now = null;

  /** @param {HTMLElement} root the words on the page @param {string} comment */
  constructor(root, comment) {
    this.#root = root;
    this.#comment = comment;
    this.#words = wordsOf(comment, root.lang || undefined);
    this.#chooser = new Chooser(root, this.#words, () => charactersOf(comment));
  }

  /** Null where the page's selection is elsewhere; else whether another stretch is chosen than before. @param {Span[]} spans */
  look(spans) {
    const at = selectedIn(this.#root);
    if (!at) return null;
    const before = this.now;
    const inside = (/** @type {Stretch} */ span) => span.start <= at.start && at.end <= span.end;
    this.now =
      at.start === at.end ? (hiddenIn(this.#comment, spans).find(inside) ?? null) : this.#grown(at);
    return before?.start !== this.now?.start || before?.end !== this.now?.end;
  }

  /** Whether a key chose anything. @param {KeyboardEvent} event */
  move(event) {
    this.#byCharacter = false;
    return this.#chooser.press(event);
  }

  /** With Alt, single characters are meant. @param {PointerEvent} event */
  begin({ altKey }) {
    this.#chooser.forget();
    this.#byCharacter = altKey;
  }

  /** Shows that whole words are meant. */
  settle() {
    if (this.now && getSelection()?.type === "Range") select(this.#root, this.now);
  }

  /** The caret goes behind what was done. */
  leave() {
    this.#chooser.forget();
    if (this.now) select(this.#root, { start: this.now.end, end: this.now.end });
  }

  drop() {
    getSelection()?.removeAllRanges();
    this.now = null;
    this.#chooser.forget();
  }

  /** @param {Stretch} at @returns {Stretch | null} */
  #grown(at) {
    const fine = this.#byCharacter || this.#chooser.isFine;
    if (!fine) return wholeWords(this.#comment, this.#words, at);
    return this.#comment.slice(at.start, at.end).trim() ? at : null;
  }
}
