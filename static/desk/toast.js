// What was just decided, and the way back: one undo leads to the next.
/** @import { Taken } from "./outbox.js" */
/** @typedef {{ verdict: string, decision: Promise<number | null>, until: number }} Made until: when its grace ends, on the page's own clock */

import { countDown } from "./countdown.js";
import { find } from "./find.js";
import { post } from "./post.js";
import { filled, say, tell } from "./texts.js";

export class Toast {
  #form = find("undo", HTMLFormElement);
  #text = find("outcome", HTMLElement);
  /** What can be taken back, the latest last. @type {Made[]} */
  #made = [];
  #undoing = false;
  /** @type {() => void} */
  #stop = () => {};

  start() {
    const { decision, verdict = "" } = this.#form?.dataset ?? {};
    if (!decision || !this.#text) return;
    const made = { verdict, decision: Promise.resolve(Number(decision)), until: Infinity };
    if (this.#button) this.#made.push(made);
    const told = this.#text.textContent ?? "";
    setTimeout(() => tell(told.trim()), 300);
    const seconds = this.#text.dataset.countdown;
    if (seconds !== undefined) this.#count(made, Number(seconds));
  }

  /** @param {string} verdict @param {Promise<Taken | null>} sent */
  async begin(verdict, sent) {
    const decision = sent.then((taken) => taken?.decision ?? null);
    const made = { verdict, decision, until: Infinity };
    this.#made.push(made);
    this.#say(say(verdict));
    tell(say(verdict));
    const taken = await sent;
    if (taken && verdict === "approve" && !taken.on)
      made.until = performance.now() + taken.seconds * 1000;
    if (made !== this.#made.at(-1)) return;
    if (!taken) this.hide();
    else if (verdict !== "approve") this.#say(this.#text?.dataset[verdict] ?? "");
    else if (taken.on) this.#say(filled(this.#text?.dataset.on ?? "", { day: taken.on }));
    else this.#count(made, taken.seconds);
  }

  hide() {
    this.#stop();
    if (this.#form) this.#form.hidden = true;
  }

  /** Takes the latest decision back. @param {(undone: { quote: string, state: string }) => void} undone @param {(fresh: any) => void} tooLate @param {() => void} signedOut */
  async undo(undone, tooLate, signedOut) {
    const made = this.#made.at(-1);
    if (this.#undoing || !made) return;
    this.#undoing = true;
    const decision = await made.decision;
    const answer = decision === null ? null : await post(`/desk/decisions/${decision}/undoing`, {});
    this.#undoing = false;
    if (answer?.kind === "signed-out") return signedOut();
    if (answer?.kind === "unreachable") return tell(say("waits"));
    this.#made = this.#made.filter((each) => each !== made && each.until > performance.now());
    if (answer?.kind === "ok") undone(this.#back(answer.body));
    else this.hide();
    if (answer?.kind === "conflict") tooLate(answer.body.fresh);
  }

  /** @param {{ quote: number, state: string, undoable: number | null }} undone */
  #back({ quote, state, undoable }) {
    if (!this.#made.length && undoable)
      this.#made.push({ verdict: "", decision: Promise.resolve(undoable), until: Infinity });
    this.#say(say("undo"));
    if (!this.#made.length) this.hide();
    return { quote: `${quote}`, state };
  }

  get #button() {
    return find("undo-button", HTMLButtonElement);
  }

  /** @param {string} text */
  #say(text) {
    this.#stop();
    if (!this.#form || !this.#text) return;
    this.#form.hidden = false;
    this.#text.textContent = text;
    if (this.#button) this.#button.hidden = false;
  }

  /** @param {Made} made @param {number} seconds */
  #count(made, seconds) {
    this.#say("");
    if (!this.#text) return;
    this.#stop = countDown(this.#text, seconds, () => this.#over(made));
  }

  /** It hangs; what was decided before it can still be taken back. @param {Made} made */
  #over(made) {
    this.#made = this.#made.filter((each) => each !== made && each.until > performance.now());
    const before = this.#made.at(-1);
    if (this.#button) this.#button.hidden = !before;
    if (!this.#text || !before?.verdict) return;
    const outcome = this.#text.dataset[before.verdict] ?? say(before.verdict);
    this.#text.textContent = filled(this.#text.dataset.before ?? "", { outcome });
  }
}
