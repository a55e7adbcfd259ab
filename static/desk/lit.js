// Findings over the words, painted by the browser itself: the text stays one piece for whoever selects in it.

import { rangeOf } from "./sheet.js";

/** @import { Finding } from "./found.js" */

const LEVELS = ["low", "medium", "high"];
const CHOSEN = "finding-chosen";

export class Lit {
  #words;

  /** @param {HTMLElement} words */
  constructor(words) {
    this.#words = words;
  }

  /** @param {Finding[]} open @param {Finding | null} chosen */
  show(open, chosen) {
    if (!("highlights" in CSS)) return; // the list tells it all
    for (const level of LEVELS)
      this.#paint(
        `finding-${level}`,
        open.filter(({ line }) => line.dataset.level === level),
      );
    this.#paint(CHOSEN, chosen ? [chosen] : []);
  }

  clear() {
    if (!("highlights" in CSS)) return;
    for (const name of [...LEVELS.map((level) => `finding-${level}`), CHOSEN])
      CSS.highlights.delete(name);
  }

  /** @param {string} name @param {Finding[]} findings */
  #paint(name, findings) {
    const ranges = findings.map((finding) => rangeOf(this.#words, finding));
    if (ranges.length) CSS.highlights.set(name, new Highlight(...ranges));
    else CSS.highlights.delete(name);
  }
}
