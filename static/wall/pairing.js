// A new player: asks for a code, shows it, renews it when it runs out, and waits until somebody has
// confirmed it. What gets it the token is the secret that came with the code.
/** @import { PairingCode } from "./types.d.ts" */

import { fullJitter } from "./backoff.js";
import { looks } from "./looks.js";

const BEGIN = "/wall/pairings";
const CLAIM = "/wall/pairings/claim";
/** An answer that takes longer is none. */
const ANSWER_MS = 10_000;
/** Codes are renewed so long before they run out, ms: nobody types one that is about to. */
const EARLY_MS = 20_000;
const SECOND_MS = 1000;

/** @typedef {{ code: string, secret: string, expires_in: number, interval: number, address: string, modules: string[] }} Begun */
/**
 * @typedef {object} Handlers
 * @property {(code: PairingCode | null) => void} show null while there is none
 * @property {(token: string) => void} paired
 */

export class Pairing {
  #handlers;
  #attempt = 0;
  #running = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {Handlers} handlers */
  constructor(handlers) {
    this.#handlers = handlers;
  }

  get isRunning() {
    return this.#running;
  }

  start() {
    this.#running = true;
    void this.#begin();
  }

  stop() {
    this.#running = false;
    clearTimeout(this.#timer);
  }

  async #begin() {
    const { status, body } = await post(BEGIN, looks());
    if (!this.#running) return;
    if (status !== 201) return this.#again();
    this.#attempt = 0;
    const begun = /** @type {Begun} */ (body);
    const { code, address, modules } = begun;
    this.#handlers.show({ id: "pairing", kind: "pairing", code, address, modules });
    this.#wait(begun, performance.now() + begun.expires_in * SECOND_MS - EARLY_MS);
  }

  /** @param {Begun} begun @param {number} until by performance.now(): the device's clock may be wrong by days */
  #wait(begun, until, factor = 1) {
    this.#timer = setTimeout(
      () => void this.#claim(begun, until),
      begun.interval * SECOND_MS * factor,
    );
  }

  /** @param {Begun} begun @param {number} until */
  async #claim(begun, until) {
    const { status, body } = await post(CLAIM, { secret: begun.secret });
    if (!this.#running) return;
    if (status === 200) return this.#handlers.paired(/** @type {{ token: string }} */ (body).token);
    if (status === 404 || performance.now() > until) return void this.#begin();
    // A server that is away comes back; one that has had enough is asked more slowly.
    this.#wait(begun, until, status === 202 ? 1 : 5);
  }

  /** No code can be had now. */
  #again() {
    this.#handlers.show(null);
    this.#attempt += 1;
    this.#timer = setTimeout(() => void this.#begin(), SECOND_MS + fullJitter(this.#attempt));
  }
}

/** @param {string} url @param {object} said @returns {Promise<{ status: number, body: unknown }>} status 0: no answer */
async function post(url, said) {
  try {
    const answer = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(said),
      credentials: "omit",
      cache: "no-store",
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    const body = await answer.json().catch(() => null);
    // What is in front of the server may answer in its place.
    return { status: answer.ok && !body ? 0 : answer.status, body };
  } catch {
    return { status: 0, body: null };
  }
}
