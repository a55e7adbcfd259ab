// One quote on show: its words, what is marked in them, who is named, and how it will hang.
/** @import { Span } from "./spans.js" */

import { allow, note, trouble } from "./bar.js";
import { recall, remember } from "./draft.js";
import { tellFacts, tellUnfit } from "./facts.js";
import { find } from "./find.js";
import { Findings } from "./findings.js";
import { tellKept } from "./kept.js";
import { Marking } from "./marking.js";
import { fromJson, piecesOf, toJson, unfit } from "./spans.js";
import { startTagging } from "./tagging.js";
import { say } from "./texts.js";
import { whoField, whoSent, whoShown } from "./who.js";

/** @import { Preview } from "./preview.js" */
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
  /** @type {import("./spans.js").Unfit} */
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
    const who = whoField();
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

  /** Why it cannot be approved; "" where it can. */
  get hindrance() {
    if (!this.isOpen) return say("already");
    if (this.#unfit) return say(this.#unfit);
    return this.#facts.approvable ? "" : (find("no-consent", HTMLElement)?.textContent ?? "");
  }

  /** What a decision says that it saw. @returns {Record<string, string>} */
  get fields() {
    return { revision: `${this.#facts.revision}`, spans: JSON.stringify(this.#marks) };
  }

  /** @param {{ signedOut: () => void }} handlers */
  start({ signedOut }) {
    const { signal } = this.#ended;
    const refused = trouble;
    trouble("");
    note("");
    if (this.isOpen) this.#startMarking();
    if (this.isOpen) this.#startFindings({ signal, signedOut, refused });
    startTagging(this.root, signal, signedOut, refused);
    whoField()?.addEventListener(
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

  get #words() {
    return /** @type {HTMLElement} */ (this.root.querySelector("#words"));
  }

  get #marks() {
    return { ...toJson(this.#facts.comment, this.#spans), ...whoSent() };
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
      this.findings?.follow();
    });
    this.#marking.start();
  }

  /** @param {Parameters<typeof tellKept>[3]} card */
  #startFindings(card) {
    this.findings = new Findings(this.root, (span, kept) => tellKept(this.quote, span, kept, card));
    this.findings.start();
  }

  #keep() {
    remember(this.#key, this.#marks);
  }

  #show() {
    const pieces = piecesOf(this.#facts.comment, this.#spans);
    const why = unfit(pieces);
    tellUnfit(why && say(why));
    if (why !== this.#unfit) {
      this.#unfit = why;
      trouble(why && say(why));
      this.#allow();
    }
    const body = { ...this.#facts.body, who: whoShown(this.#facts.body.who) };
    void this.#preview.show(body, pieces).then((facts) => facts && tellFacts(facts, this.#preview));
  }

  #allow() {
    allow({ open: this.isOpen, approvable: this.canBeApproved });
  }
}
