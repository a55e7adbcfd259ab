// What was found in the words: shown over them and in a list, chosen by a digit, by Tab or by pointer. A finding
// that is chosen is selected in the words, so that cutting, masking and taking back work as for any others.

import { Lit } from "./lit.js";
import { select } from "./sheet.js";
import { fromJson } from "./spans.js";
import { filled, tell } from "./texts.js";

/** @typedef {{ line: HTMLElement, start: number, end: number }} Finding UTF-16 offsets */

export class Findings {
  #words;
  #list;
  /** @type {Finding[]} */
  #all;
  #said;
  #memory;
  #lit;
  #ended = new AbortController();
  #watch = new MutationObserver(() => this.#draw());
  /** @type {Finding | null} */
  #chosen = null;

  /** @param {HTMLElement} root with #words, and #findings where there are any @param {string} memory name under which this tab remembers what is kept */
  constructor(root, memory) {
    const words = /** @type {HTMLElement} */ (root.querySelector("#words"));
    const list = /** @type {HTMLElement | null} */ (root.querySelector("#findings"));
    this.#words = words;
    this.#list = list;
    this.#memory = memory;
    this.#said = JSON.parse(list?.dataset.said ?? "{}");
    const comment = words.textContent ?? "";
    const lines = /** @type {HTMLElement[]} */ ([...(list?.querySelectorAll("li") ?? [])]);
    this.#all = lines.flatMap((line) => {
      const { start, end } = line.dataset;
      const said = fromJson(comment, { cuts: [{ start: Number(start), end: Number(end) }] });
      return said.map((span) => ({ line, start: span.start, end: span.end }));
    });
    this.#lit = new Lit(words);
  }

  start() {
    const { signal } = this.#ended;
    document.addEventListener("selectionchange", () => this.#leave(), { signal });
    this.#list?.addEventListener("click", (event) => this.#click(event), { signal });
    this.#list?.addEventListener("mousedown", (event) => event.preventDefault(), { signal });
    this.#list?.addEventListener("focusin", ({ target }) => this.#focus(target), { signal });
    this.#watch.observe(this.#words, { childList: true });
    this.#draw();
  }

  stop() {
    this.#ended.abort();
    this.#watch.disconnect();
    this.#lit.clear();
  }

  /** @param {Finding} finding */
  #choose(finding) {
    this.#chosen = finding;
    select(this.#words, finding);
    // Whoever listens to what is selected hears of it now, not at the next turn: a key may follow at once.
    document.dispatchEvent(new Event("selectionchange"));
    const label = document.getElementById("mask-label");
    if (label instanceof HTMLSelectElement) label.value = finding.line.dataset.label ?? "other";
    this.#draw();
  }

  /** Something else was selected. */
  #leave() {
    if (!this.#chosen) return;
    const selection = getSelection();
    if (selection?.anchorNode && this.#words.contains(selection.anchorNode)) return;
    this.#chosen = null;
    this.#draw();
  }

  /** Choose one by its place, from 1 on. @param {number} place */
  pick(place) {
    const finding = this.#all[place - 1];
    if (!finding) return;
    this.#choose(finding);
    tell(filled(this.#said.chosen, { what: whatOf(finding) }));
  }

  /** What is chosen may hang as it is; again takes that back. */
  keep() {
    const finding = this.#chosen;
    if (!finding || this.#hiddenAs(finding)) return;
    const kept = this.#kept;
    const name = nameOf(finding);
    if (!kept.delete(name)) kept.add(name);
    sessionStorage.setItem(this.#memory, JSON.stringify([...kept]));
    this.#draw();
    if (kept.has(name)) tell(filled(this.#said.kept, { what: whatOf(finding) }));
  }

  /** @param {string} does */
  #do(does) {
    if (does === "keep") this.keep();
    else document.getElementById(does)?.click();
  }

  /** @param {MouseEvent} event */
  #click({ target }) {
    const button = target instanceof Element ? target.closest("button") : null;
    const finding = this.#all.find(({ line }) => line.contains(button));
    if (!button || !finding) return;
    this.#choose(finding);
    if (button.dataset.does) this.#do(button.dataset.does);
    else tell(filled(this.#said.chosen, { what: whatOf(finding) }));
  }

  /** @param {EventTarget | null} target */
  #focus(target) {
    const finding = this.#all.find(({ line }) => target instanceof Node && line.contains(target));
    if (finding && finding !== this.#chosen) this.#choose(finding);
  }

  #draw() {
    const kept = this.#kept;
    for (const finding of this.#all) {
      const state = this.#hiddenAs(finding) ?? (kept.has(nameOf(finding)) ? "kept" : "");
      const { line } = finding;
      line.dataset.decided = state;
      line.classList.toggle("is-chosen", finding === this.#chosen);
      const place = line.querySelector("[data-state]");
      const text = { cut: this.#said.cut, masked: this.#said.masked, kept: this.#said.keptState };
      if (place) place.textContent = text[/** @type {keyof typeof text} */ (state)] ?? "";
    }
    this.#lit.show(
      this.#all.filter(({ line }) => !line.dataset.decided),
      this.#chosen,
    );
  }

  /** What the marking made of it; null where it shows, even in part. @param {Finding} finding @returns {"cut" | "masked" | null} */
  #hiddenAs({ start, end }) {
    /** @type {"cut" | "masked" | null} */
    let as = null;
    let at = 0;
    for (const node of this.#words.childNodes) {
      const text = node.textContent ?? "";
      const inside = text.slice(Math.max(0, start - at), Math.max(0, end - at));
      at += text.length;
      if (!inside.trim()) continue;
      if (!(node instanceof HTMLElement)) return null;
      as = node.classList.contains("struck") ? "cut" : "masked";
    }
    return as;
  }

  get #kept() {
    try {
      return new Set(JSON.parse(sessionStorage.getItem(this.#memory) ?? "[]"));
    } catch {
      return new Set();
    }
  }
}

/** @param {Finding} finding */
function nameOf({ start, end }) {
  return `${start}-${end}`;
}

/** @param {Finding} finding */
function whatOf({ line }) {
  const part = (/** @type {string} */ selector) => line.querySelector(selector)?.textContent ?? "";
  return `${part(".kind")} “${part("q")}”, ${part(".certainty")}. ${part(".reason")}`;
}
