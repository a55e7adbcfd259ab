// What was just decided, and the way back: one undo leads to the next.
/** @import { Taken } from "./outbox.js" */

import { countDown } from "./countdown.js";
import { find } from "./find.js";
import { post } from "./post.js";
import { filled, say, tell } from "./texts.js";

export class Toast {
  #form = find("undo", HTMLFormElement);
  #text = find("outcome", HTMLElement);
  /** @type {Promise<number | null>[]} ids of decisions, the latest last */
  #made = [];
  #undoing = false;
  /** @type {() => void} */
  #stop = () => {};

  start() {
    const { decision } = this.#form?.dataset ?? {};
    if (!decision || !this.#text) return;
    if (this.#button) this.#made.push(Promise.resolve(Number(decision)));
    const told = this.#text.textContent ?? "";
    setTimeout(() => tell(told.trim()), 300);
    const seconds = this.#text.dataset.countdown;
    if (seconds !== undefined) this.#count(Number(seconds));
  }

  /** @param {string} verdict @param {Promise<Taken | null>} sent */
  async begin(verdict, sent) {
    this.#made.push(sent.then((taken) => taken?.decision ?? null));
    this.#say(say(verdict));
    tell(say(verdict));
    const turn = this.#made.length;
    const taken = await sent;
    if (turn !== this.#made.length) return;
    if (!taken) this.hide();
    else if (verdict !== "approve") this.#say(this.#text?.dataset[verdict] ?? "");
    else if (taken.on) this.#say(filled(this.#text?.dataset.on ?? "", { day: taken.on }));
    else this.#count(taken.seconds);
  }

  hide() {
    this.#stop();
    if (this.#form) this.#form.hidden = true;
  }

  /** Takes the latest decision back. @param {(undone: { quote: string, state: string }) => void} undone @param {(fresh: any) => void} tooLate @param {() => void} signedOut */
  async undo(undone, tooLate, signedOut) {
    if (this.#undoing || !this.#made.length) return;
    this.#undoing = true;
    const decision = await this.#made.at(-1);
    const answer = decision === null ? null : await post(`/desk/decisions/${decision}/undoing`, {});
    this.#undoing = false;
    if (answer?.kind === "signed-out") return signedOut();
    if (answer?.kind === "unreachable") return tell(say("waits"));
    this.#made.pop();
    if (answer?.kind === "ok") undone(this.#back(answer.body));
    else this.hide();
    if (answer?.kind === "conflict") tooLate(answer.body.fresh);
  }

  /** @param {{ quote: number, state: string, undoable: number | null }} undone */
  #back({ quote, state, undoable }) {
    if (!this.#made.length && undoable) this.#made.push(Promise.resolve(undoable));
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

  /** @param {number} seconds */
  #count(seconds) {
    this.#say("");
    if (!this.#text) return;
    this.#stop = countDown(this.#text, seconds, () => {
      if (this.#button) this.#button.hidden = true;
      this.#made = [];
    });
  }
}
