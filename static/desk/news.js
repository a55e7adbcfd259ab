// What happens at the desk: by socket, and without one by asking every ten seconds. Either way the page asks
// "what since?" on every connect, so that nothing is missed in between.

import { io } from "../vendor/socket.io.js";
import { page } from "./claims.js";
import { ask } from "./post.js";
import { say } from "./texts.js";

const EVERY_MS = 10_000;

/** @typedef {{ id: number, quote: number, verdict: string, user: number | null, by: string | null }} Decided */
/** @typedef {{ after: number, since: number, newest: number, decided: Decided[], held: import("./queue.js").Held[] }} Told */
/** @typedef {{ connected: boolean, connect: () => unknown, on: (event: string, handler: (told: any) => void) => unknown }} Line */

export class News {
  #since;
  #told;
  #socket;

  /** @param {number} since @param {(told: Told) => void} told @param {() => void} connected @param {Line} socket */
  constructor(since, told, connected, socket = line()) {
    this.#since = since;
    this.#told = told;
    this.#socket = socket;
    this.#socket.on("news", (/** @type {Told} */ news) => this.#hear(news));
    this.#socket.on("connect", () => {
      connected();
      void this.#ask();
    });
  }

  start() {
    this.#socket.connect();
    setInterval(() => {
      if (!document.hidden && !this.#socket.connected) void this.#ask();
    }, EVERY_MS);
    addEventListener("pageshow", ({ persisted }) => persisted && this.#ask());
  }

  async #ask() {
    const { kind, body } = await ask(`/desk/review/news?since=${this.#since}`);
    if (kind === "ok") this.#hear(body);
  }

  /** @param {Told} news */
  #hear(news) {
    // What the socket tells may overtake the answer to "what since?": it must not skip what that one brings.
    if (news.after > this.#since) return void this.#ask();
    const decided = news.decided.filter(({ id }) => id > this.#since);
    this.#since = Math.max(this.#since, news.since);
    this.#told({ ...news, decided });
  }
}

/** @returns {Line} */
function line() {
  return io("/desk", { autoConnect: false, transports: ["websocket"], auth: { page } });
}

/** Says how many came to wait since the list was loaded; it never moves by itself. */
export class Newer {
  #place;
  #show;
  #asked = 0;
  #than;

  /** @param {HTMLElement} place with data-newer, data-than, data-shows and, on an empty queue, data-alone @param {((newest: number) => unknown) | null} show gives whether it did */
  constructor(place, show) {
    this.#place = place;
    this.#show = show;
    this.#than = Number(place.dataset.than);
  }

  /** @param {number} newest */
  async hear(newest) {
    if (newest <= this.#than || newest === this.#asked) return;
    this.#asked = newest;
    const { kind, body } = await ask(`${this.#place.dataset.newer}?than=${this.#than}`);
    if (kind !== "ok" || !body.newer) return;
    if ("alone" in this.#place.dataset) location.reload();
    // As many as it says are let in: others may have come since this was heard.
    else this.#place.replaceChildren(this.#link(body.newer, body.newest));
  }

  /** @param {number} n @param {number} newest */
  #link(n, newest) {
    const element = document.createElement("a");
    element.href = this.#place.dataset.shows ?? "";
    element.textContent = say("newer", { n });
    element.addEventListener("click", (event) => {
      if (!this.#show) return;
      event.preventDefault();
      void this.#letIn(element, newest);
    });
    return element;
  }

  /** Others may come, and be offered, while these are fetched. @param {HTMLElement} link @param {number} newest */
  async #letIn(link, newest) {
    const than = this.#than;
    this.#than = newest;
    if (await this.#show?.(newest)) link.remove();
    else this.#than = than;
  }
}
