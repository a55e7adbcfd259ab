// What was found in the words: shown over them and in a list. One of them is pointed at, at first the first that
// is open and after each choice the next: a key cuts, masks or keeps it. It is selected in the words, so that
// marking works as for any others. A digit, Tab or the pointer goes to a certain one.
/** @import { Finding } from "./found.js" */

import { findingsIn, hiddenAs, isOpen, nextOpen, whatOf } from "./found.js";
import { Lit } from "./lit.js";
import { select, selectedIn, uncover } from "./sheet.js";
import { filled, tell, tellMore } from "./texts.js";

/** @typedef {(span: { start: string, end: string }, kept: boolean) => Promise<boolean>} Keeps tells the server; whether it took it */

export class Findings {
  #words;
  #list;
  #all;
  #said;
  #keeps;
  #lit;
  #ended = new AbortController();
  /** @type {Finding | null} */
  #chosen = null;

  /** @param {HTMLElement} root with #words, and #findings where there are any @param {Keeps} keeps */
  constructor(root, keeps) {
    const words = /** @type {HTMLElement} */ (root.querySelector("#words"));
    const list = /** @type {HTMLElement | null} */ (root.querySelector("#findings"));
    this.#words = words;
    this.#list = list;
    this.#keeps = keeps;
    this.#said = JSON.parse(list?.dataset.said ?? "{}");
    this.#all = findingsIn(words, list);
    this.#lit = new Lit(words);
  }

  start() {
    const { signal } = this.#ended;
    document.addEventListener("selectionchange", () => this.#leave(), { signal });
    this.#list?.addEventListener("click", (event) => this.#click(event), { signal });
    this.#list?.addEventListener("mousedown", (event) => event.preventDefault(), { signal });
    this.#list?.addEventListener("focusin", ({ target }) => this.#focus(target), { signal });
    this.#draw();
    const first = this.#all.find(isOpen);
    if (first) this.#choose(first);
  }

  stop() {
    this.#ended.abort();
    this.#lit.clear();
  }

  /** Go to one by its place, from 1 on. @param {number} place */
  pick(place) {
    const finding = this.#all[place - 1];
    if (!finding) return;
    this.#choose(finding);
    uncover(this.#words, finding);
    tell(filled(this.#said.chosen, { what: whatOf(finding) }));
  }

  /** What is pointed at may hang as it is; again takes that back. */
  keep() {
    const finding = this.#chosen;
    if (!finding || hiddenAs(this.#words, finding)) return;
    const { dataset } = finding.line;
    const kept = !dataset.kept;
    const span = { start: dataset.start ?? "", end: dataset.end ?? "" };
    const mark = (/** @type {boolean} */ is) => {
      dataset.kept = is ? "yes" : "";
      dataset.by = "";
    };
    mark(kept);
    tell(filled(kept ? this.#said.kept : this.#said.open, { what: whatOf(finding) }));
    this.follow();
    void this.#keeps(span, kept).then((taken) => {
      if (taken || this.#ended.signal.aborted) return;
      mark(!kept);
      this.follow();
    });
  }

  /** Something was cut, masked, kept or taken back: what is open again is pointed at, else the next. */
  follow() {
    const before = this.#all.filter(isOpen);
    this.#draw();
    const opened = this.#all.find((each) => isOpen(each) && !before.includes(each));
    if (opened) return this.#choose(opened);
    const closed = before.findLast((each) => !isOpen(each)) ?? this.#chosen;
    if (!closed || isOpen(closed)) return;
    const next = nextOpen(this.#all, closed);
    if (next) {
      this.#choose(next);
      uncover(this.#words, next);
    } else this.#forget();
    tellMore(next ? filled(this.#said.next, { what: whatOf(next) }) : this.#said.done);
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

  #forget() {
    this.#chosen = null;
    this.#draw();
  }

  /** Other words were selected, or none; what is typed into a field leaves it as it is. */
  #leave() {
    const chosen = this.#chosen;
    if (!chosen) return;
    const at = selectedIn(this.#words);
    const elsewhere = at ? at.start !== chosen.start || at.end !== chosen.end : isNothing();
    if (elsewhere) this.#forget();
  }

  /** @param {MouseEvent} event */
  #click({ target }) {
    const button = target instanceof Element ? target.closest("button") : null;
    const finding = this.#all.find(({ line }) => line.contains(button));
    if (!button || !finding) return;
    this.#choose(finding);
    const { does } = button.dataset;
    if (does === "keep") this.keep();
    else if (does) document.getElementById(does)?.click();
    else tell(filled(this.#said.chosen, { what: whatOf(finding) }));
  }

  /** @param {EventTarget | null} target */
  #focus(target) {
    const finding = this.#all.find(({ line }) => target instanceof Node && line.contains(target));
    if (finding && finding !== this.#chosen) this.#choose(finding);
  }

  #draw() {
    for (const finding of this.#all) this.#line(finding);
    const pointed = this.#list?.querySelector("#pointed");
    const chosen = this.#chosen;
    if (pointed)
      pointed.textContent = chosen ? filled(this.#said.chosen, { what: whatOf(chosen) }) : "";
    this.#lit.show(this.#all.filter(isOpen), chosen);
  }

  /** @param {Finding} finding */
  #line(finding) {
    const { line } = finding;
    const { kept, by } = line.dataset;
    const state = hiddenAs(this.#words, finding) ?? (kept ? "kept" : "");
    line.dataset.decided = state;
    line.classList.toggle("is-chosen", finding === this.#chosen);
    const place = line.querySelector("[data-state]");
    const said = state === "kept" && by ? "keptBy" : state;
    if (place) place.textContent = filled(this.#said.states[said] ?? "", { name: by ?? "" });
    const key = this.#list?.dataset.keep;
    const button = line.querySelector("[data-does=keep]");
    if (finding === this.#chosen && key) button?.setAttribute("aria-keyshortcuts", key);
    else button?.removeAttribute("aria-keyshortcuts");
  }
}

/** Nothing at all is selected: somebody let go of it. */
function isNothing() {
  return !getSelection()?.rangeCount;
}
