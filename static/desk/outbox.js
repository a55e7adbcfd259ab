// Decisions on their way to the server, in order. Until one is answered it is kept in this tab, so that
// neither a lost connection nor a sign-out loses it. A decision that came through though its answer was lost
// is recognised: it is one's own. One at which the server fails again and again is laid beside, still kept, until
// somebody tries again: neither is the server asked for ever, nor do the others wait behind it.

import { post } from "./post.js";

const KEPT = "desk.outbox";
const SLOWEST_MS = 15_000;
/** So often one is sent at which the server itself fails: half a minute. */
const MOST_FAILURES = 6;

/** @typedef {{ quote: string, verb: string, verdict: string, fields: Record<string, string>, person: number }} Decision */
/** @typedef {{ decision: number, seconds: number, on: string }} Taken */
/**
 * @typedef {object} Handlers
 * @property {(decision: Decision, fresh: any) => void} conflict
 * @property {(decision: Decision, reason: string) => void} refused
 * @property {(decision: Decision) => void} gone
 * @property {() => void} signedOut
 * @property {(waits: boolean) => void} waits
 * @property {(n: number) => void} stuck so many lie beside
 */

export class Outbox {
  #handlers;
  #person;
  /** @type {{ decision: Decision, done: (taken: Taken | null) => void }[]} */
  #queue = [];
  /** Laid beside: the server fails at them. @type {Decision[]} */
  #stuck = [];
  #sending = false;
  #tries = 0;
  #failures = 0;

  /** @param {number} person @param {Handlers} handlers */
  constructor(person, handlers) {
    this.#person = person;
    this.#handlers = handlers;
    addEventListener("online", () => this.#again());
    addEventListener("beforeunload", (event) => {
      if (this.#tries || this.#stuck.length) event.preventDefault();
    });
  }

  /** Sends what an earlier page of this tab could not; gives how many of another person were let go. */
  resume() {
    const kept = read();
    const own = kept.filter(({ person }) => person === this.#person);
    for (const decision of own) this.#queue.push({ decision, done: () => {} });
    this.#keep();
    void this.#send();
    return kept.length - own.length;
  }

  /** Sends what was laid beside once more. */
  retry() {
    for (const decision of this.#stuck.splice(0)) this.#queue.push({ decision, done: () => {} });
    this.#tries = 1; // what comes of it is told
    this.#again();
  }

  /** Null where it was not taken. @param {Omit<Decision, "person">} decision @returns {Promise<Taken | null>} */
  send(decision) {
    return new Promise((done) => {
      this.#queue.push({ decision: { ...decision, person: this.#person }, done });
      this.#keep();
      void this.#send();
    });
  }

  async #send() {
    if (this.#sending) return;
    this.#sending = true;
    while (this.#queue.length && (await this.#sendFirst()));
    this.#sending = false;
  }

  /** Whether to go on with the next. */
  async #sendFirst() {
    const { decision, done } = this.#queue[0];
    const answer = await post(`/desk/quotes/${decision.quote}/${decision.verb}`, decision.fields);
    if (answer.kind === "unreachable") return this.#wait();
    if (answer.kind === "failed") return this.#failed();
    if (answer.kind === "signed-out") {
      this.#handlers.signedOut();
      return false;
    }
    if (this.#tries && !this.#stuck.length) this.#handlers.waits(false);
    this.#tries = this.#failures = 0;
    this.#queue.shift();
    this.#keep();
    done(this.#told(decision, answer));
    return true;
  }

  /** Once more, or on with the next. */
  #failed() {
    this.#failures += 1;
    if (this.#failures < MOST_FAILURES) return this.#wait();
    const [{ decision, done }] = this.#queue.splice(0, 1);
    this.#tries = this.#failures = 0;
    this.#stuck.push(decision);
    this.#handlers.stuck(this.#stuck.length);
    done(null);
    return true;
  }

  /** @param {Decision} decision @param {import("./post.js").Answer} answer @returns {Taken | null} */
  #told(decision, { kind, body }) {
    if (kind === "ok") return body;
    if (kind === "gone") this.#handlers.gone(decision);
    else if (kind === "refused") this.#handlers.refused(decision, reasonOf(body));
    else if (isOwn(decision, body.fresh)) return { ...body.fresh, decision: body.fresh.decided.id };
    else this.#handlers.conflict(decision, body.fresh);
    return null;
  }

  #wait() {
    this.#tries += 1;
    this.#handlers.waits(true);
    setTimeout(() => this.#again(), Math.min(1000 * 2 ** (this.#tries - 1), SLOWEST_MS));
    return false;
  }

  #again() {
    void this.#send();
  }

  #keep() {
    const waiting = this.#queue.map(({ decision }) => decision);
    sessionStorage.setItem(KEPT, JSON.stringify([...this.#stuck, ...waiting]));
  }
}

/** @param {Decision} decision @param {any} fresh */
function isOwn({ verdict }, fresh) {
  return Boolean(fresh.decided?.mine && fresh.decided.verdict === verdict);
}

/** @param {any} body */
function reasonOf(body) {
  const details = (body?.errors ?? []).map((/** @type {any} */ each) => each.detail);
  return details.join(" ") || body?.detail || body?.title || "";
}

/** @returns {Decision[]} */
function read() {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT) ?? "[]");
  } catch {
    return [];
  }
}
