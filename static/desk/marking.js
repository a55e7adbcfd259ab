// Cutting and masking: what is chosen, what a key or a button does with it, and taking it back.
/** @import { Span } from "./spans.js" */
/** @import { Stretch } from "./wordwise.js" */

import { Choice } from "./choice.js";
import { draw } from "./sheet.js";
import { hiddenIn, hide, isHidden, restore } from "./spans.js";
import { say, tell } from "./texts.js";
import { likelyLabel } from "./wordwise.js";

/** Of what is chosen, so much is read out. */
const READ_OUT = 80;

/**
 * @typedef {object} Parts
 * @property {HTMLElement} words
 * @property {HTMLButtonElement} cut
 * @property {HTMLButtonElement} mask
 * @property {HTMLButtonElement} clear
 * @property {HTMLSelectElement} label
 */

export class Marking {
  #parts;
  #comment;
  #labels;
  #choice;
  #changed;
  #keys;
  #ended = new AbortController();
  /** @type {Span[][]} the last is in force */
  #history;

  /** @param {Parts} parts @param {string} comment @param {Span[]} spans @param {Record<string, string>} keys @param {(spans: Span[]) => void} changed */
  constructor(parts, comment, spans, keys, changed) {
    this.#parts = parts;
    this.#comment = comment;
    this.#changed = changed;
    this.#keys = keys;
    this.#history = [spans];
    this.#labels = Object.fromEntries([...parts.label.options].map((one) => [one.value, one.text]));
    this.#choice = new Choice(parts.words, comment);
  }

  start() {
    const { words, cut, mask, clear } = this.#parts;
    words.addEventListener("keydown", (event) => this.#press(event));
    words.addEventListener("pointerdown", (event) => this.#choice.begin(event));
    words.addEventListener("pointerup", (event) => this.#settle(event));
    document.addEventListener("selectionchange", () => this.#look(), {
      signal: this.#ended.signal,
    });
    for (const button of [cut, mask])
      button.addEventListener("mousedown", (e) => e.preventDefault());
    cut.addEventListener("click", () => this.cut());
    mask.addEventListener("click", () => this.mask());
    clear.addEventListener("click", () => this.#clear());
    this.#draw();
  }

  stop() {
    this.#ended.abort();
  }

  get #spans() {
    return this.#history.at(-1) ?? [];
  }

  /** Cuts what is chosen, or shows it again when it is hidden already. */
  cut() {
    this.#look();
    const chosen = this.#choice.now;
    if (!chosen) return;
    const back = isHidden(this.#comment, this.#spans, chosen);
    const spans = back
      ? restore(hiddenIn(this.#comment, this.#spans), chosen)
      : hide(this.#spans, { ...chosen, label: null });
    this.#apply(spans, say(back ? "restored" : "cut", { words: this.#read(chosen) }));
  }

  mask() {
    this.#look();
    const chosen = this.#choice.now;
    if (!chosen) return;
    const { value: label } = this.#parts.label;
    const told = { words: this.#read(chosen), label: this.#labels[label] };
    this.#apply(hide(this.#spans, { ...chosen, label }), say("masked", told));
  }

  /** Takes the last cut or mask back. */
  back() {
    if (this.#history.length < 2) return;
    this.#history.pop();
    this.#draw();
    this.#choice.look(this.#spans);
    this.#offer();
    tell(say("back"));
    this.#changed(this.#spans);
  }

  #clear() {
    this.#choice.now = null;
    this.#apply([], say("restoredAll"));
    this.#parts.words.focus({ preventScroll: true });
  }

  /** @param {Span[]} spans @param {string} told */
  #apply(spans, told) {
    this.#history.push(spans);
    this.#draw();
    this.#choice.leave();
    tell(told);
    this.#changed(spans);
  }

  #draw() {
    draw(this.#parts.words, this.#comment, this.#spans, this.#labels);
    this.#parts.clear.disabled = this.#spans.length === 0;
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    if (event.ctrlKey || event.metaKey || (event.altKey && !event.key.startsWith("Arrow"))) return;
    const pressed = event.key.toLowerCase();
    if (pressed === this.#keys.cut) this.cut();
    else if (pressed === this.#keys.mask) this.mask();
    else if (event.key === "Escape") this.#drop();
    else if (!this.#choice.move(event)) return;
    else if (this.#look()) tell(say("selected", { words: this.#read(this.#choice.now) }));
    event.preventDefault();
  }

  #drop() {
    this.#choice.drop();
    this.#offer();
  }

  /** @param {PointerEvent} event */
  #settle({ pointerType }) {
    if (pointerType === "mouse") setTimeout(() => this.#look() && this.#choice.settle());
  }

  /** Whether anything is chosen. A key may be quicker than the event that says so: whoever acts on it looks first. */
  #look() {
    const other = this.#choice.look(this.#spans);
    if (other === null) return false;
    this.#offer();
    if (other) this.#guess();
    return this.#choice.now !== null;
  }

  #offer() {
    const { cut, mask } = this.#parts;
    const chosen = this.#choice.now;
    cut.disabled = mask.disabled = !chosen;
    const back = chosen !== null && isHidden(this.#comment, this.#spans, chosen);
    const name = cut.querySelector("span");
    if (name) name.textContent = say(back ? "restoreButton" : "cutButton");
  }

  /** The label of another choice; one that was picked for this choice stays. */
  #guess() {
    if (!this.#choice.now) return;
    const { start, end } = this.#choice.now;
    this.#parts.label.value = likelyLabel(this.#comment.slice(start, end));
  }

  /** @param {Stretch | null} stretch */
  #read(stretch) {
    const text = stretch ? this.#comment.slice(stretch.start, stretch.end) : "";
    return text.length > READ_OUT ? `${text.slice(0, READ_OUT)} …` : text;
  }
}
