// One quote on show: its words, what is marked in them, who is named, and how it will hang.
/** @import { Span } from "./spans.js" */

import { recall, remember } from "./draft.js";
import { find } from "./find.js";
import { Findings } from "./findings.js";
import { Marking } from "./marking.js";
import { fromJson, piecesOf, toJson, unfit } from "./spans.js";
import { startTagging } from "./tagging.js";
import { say } from "./texts.js";

/** @import { Preview, Facts } from "./preview.js" */
/** @typedef {{ quote: number, revision: number, state: string, open: boolean, approvable: boolean, comment: string, body: any }} CardFacts */

export class OpenCard {
  #preview;
  #keys;
  /** @type {CardFacts} */
  #facts;
  /** @type {Marking | null} */
  #marking = null;
  /** What was found in the words. @type {Findings | null} */
  findings = null;
  /** @type {Span[]} */
  #spans;
  #key;
  /** @type {"" | "nothingLeft" | "tooLong"} */
  #unfit = "";
  #ended = new AbortController();

  /** @param {HTMLElement} root @param {Preview} preview @param {Record<string, string>} keys */
  constructor(root, preview, keys) {
    this.root = root;
    this.#preview = preview;
    this.#keys = keys;
    this.#facts = JSON.parse(root.querySelector("#card-data")?.textContent ?? "");
    this.#key = `marks:${this.quote}:${this.#facts.revision}`;
    const begun = recall(this.#key) ?? JSON.parse(this.#words.dataset.spans ?? "{}");
    this.#spans = fromJson(this.#facts.comment, begun);
    const who = find("who", HTMLSelectElement);
    if (who && begun.who !== undefined) who.value = begun.who;
  }

  get quote() {
    return `${this.#facts.quote}`;
  }

  /** Whether there is still something to decide. */
  get isOpen() {
    return this.#facts.open;
  }

  get canBeApproved() {
    return this.#facts.approvable && this.#unfit === "";
  }

  /** What a decision says that it saw. @returns {Record<string, string>} */
  get fields() {
    return { revision: `${this.#facts.revision}`, spans: JSON.stringify(this.#marks) };
  }

  /** @param {{ signedOut: () => void }} handlers */
  start({ signedOut }) {
    const { signal } = this.#ended;
    if (this.isOpen) this.#startMarking();
    startTagging(this.root, signal, signedOut, (reason) => this.trouble(reason));
    find("who", HTMLSelectElement)?.addEventListener(
      "change",
      () => {
        this.#keep();
        this.#show();
      },
      { signal },
    );
    this.#allow();
    // The words come first: what the wall would make of them is worked out after they are painted.
    requestAnimationFrame(() => setTimeout(() => signal.aborted || this.#show()));
  }

  stop() {
    this.#ended.abort();
    this.#marking?.stop();
    this.findings?.stop();
  }

  cut() {
    this.#marking?.cut();
  }

  mask() {
    this.#marking?.mask();
  }

  back() {
    this.#marking?.back();
  }

  /** Somebody else decided it: the page says so, and nothing moves. @param {string} outcome */
  close(outcome) {
    this.#facts.open = this.#facts.approvable = false;
    this.holder(outcome);
    this.#allow();
  }

  /** @param {string} text */
  holder(text) {
    const place = find("holder", HTMLElement);
    if (place && place.textContent !== text) place.textContent = text;
  }

  /** @param {string} text */
  trouble(text) {
    const place = find("trouble", HTMLElement);
    if (place) place.textContent = text;
  }

  get #words() {
    return /** @type {HTMLElement} */ (this.root.querySelector("#words"));
  }

  get #marks() {
    const who = find("who", HTMLSelectElement)?.value;
    return { ...toJson(this.#facts.comment, this.#spans), ...(who ? { who } : {}) };
  }

  #startMarking() {
    const part = (/** @type {string} */ id) => /** @type {any} */ (this.root.querySelector(id));
    const parts = {
      words: this.#words,
      cut: part("#cut"),
      mask: part("#mask"),
      clear: part("#clear"),
      label: part("#mask-label"),
    };
    this.#marking = new Marking(parts, this.#facts.comment, this.#spans, this.#keys, (spans) => {
      this.#spans = spans;
      this.#keep();
      this.#show();
    });
    this.#marking.start();
    this.findings = new Findings(this.root, `kept:${this.quote}`);
    this.findings.start();
  }

  #keep() {
    remember(this.#key, this.#marks);
  }

  #show() {
    const pieces = piecesOf(this.#facts.comment, this.#spans);
    const why = unfit(pieces);
    if (why !== this.#unfit) {
      this.#unfit = why;
      this.trouble(why && say(why));
      this.#allow();
    }
    const body = { ...this.#facts.body, who: this.#who() };
    void this.#preview.show(body, pieces).then((facts) => facts && tellFacts(facts, this.#preview));
  }

  /** As the wall will name the customer. */
  #who() {
    const chosen = find("who", HTMLSelectElement)?.selectedOptions[0];
    if (!chosen) return this.#facts.body.who;
    const { kind } = chosen.dataset;
    return { kind, text: kind === "customer" ? null : chosen.text };
  }

  #allow() {
    for (const id of ["approve-button", "publish-button"]) {
      const button = find(id, HTMLButtonElement);
      if (button) button.disabled = !this.canBeApproved;
    }
    for (const button of document.querySelectorAll("#set-aside button, #reject button"))
      if (button instanceof HTMLButtonElement) button.disabled = !this.isOpen;
  }
}

/** @param {Facts} facts @param {Preview} preview */
function tellFacts({ seconds, metres, pages }, preview) {
  const told = [say("seconds", { n: seconds }), say("readable", { n: metres })];
  if (pages > 1) told.push(say("pages", { n: pages }));
  find("preview-facts", HTMLElement)?.replaceChildren(...told.map(line));
  const turn = find("turn", HTMLButtonElement);
  const turns = find("turns", HTMLElement);
  if (!turn || !turns) return;
  const number = (/** @type {number} */ page) => {
    turn.textContent = say("turn", { page: page + 1, pages });
  };
  turns.hidden = pages < 2;
  turn.onclick = () => number(preview.turn());
  number(0);
}

/** @param {string} text */
function line(text) {
  const element = document.createElement("li");
  element.textContent = text;
  return element;
}
