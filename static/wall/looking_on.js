// The line of somebody who looks on at the desk: asks every two seconds what a screen is told, while the
// page can be seen, and says nothing of itself.
/** @import { Handlers } from "./connection.js" */

const EVERY_MS = 2000;
const ANSWER_MS = 10_000;

export class LookingOn {
  #url;
  #handlers;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #timer;
  #asking = false;

  /** @param {string} url @param {Handlers} handlers */
  constructor(url, handlers) {
    this.#url = url;
    this.#handlers = handlers;
  }

  start() {
    this.#timer ??= setInterval(() => void this.ask(), EVERY_MS);
    void this.ask();
  }

  stop() {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** Nobody counts on it. */
  confirm() {}

  /** Nobody asked it for anything. */
  tell() {}

  async ask() {
    if (this.#asking || document.hidden) return;
    this.#asking = true;
    const asked = performance.now();
    const answer = await this.#answer();
    this.#asking = false;
    if (this.#timer === undefined) return;
    this.#handlers.online(answer !== null);
    if (answer) this.#handlers.answered(answer, asked, performance.now());
  }

  async #answer() {
    const have = encodeURIComponent(JSON.stringify(this.#handlers.position()));
    try {
      const answer = await fetch(`${this.#url}?have=${have}`, {
        headers: { Accept: "application/json" },
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      return answer.ok ? await answer.json() : null;
    } catch {
      return null;
    }
  }
}
