// The tokens of a paired screen: the newest, and the one before it, which lets the wall in where the server
// was put back to before it gave the newest. They have a place of their own, which a wall that forgets its
// content leaves alone. A store that fails never stops the wall: it is paired anew after the next start.
/** @import { IDBPDatabase } from "../vendor/idb.js" */

import { openDB } from "../vendor/idb.js";

const NAME = "wall-device";
const PLACE = "token";
const BEFORE = "before";
/** Reading is waited for at a cold start from a slow card, ms. */
const PATIENCE_MS = 10_000;

/** The newest token and the one before it. @typedef {[string | null, string | null]} Tokens */
/**
 * @typedef {object} Card
 * @property {() => Promise<Tokens>} read
 * @property {(tokens: Tokens) => Promise<unknown>} write
 */

export class KeptToken {
  #card;
  /** @type {Tokens} */
  #tokens = [null, null];
  /** What the wall connected with last. @type {string | null} */
  #shown = null;
  /** What it was answered with last. @type {string | null} */
  #worked = null;
  /** A newest one that the server does not know. @type {string | null} */
  #unknown = null;
  #fallBack = false;

  /** @param {Card} [card] */
  constructor(card = { read, write }) {
    this.#card = card;
  }

  /** @returns {Promise<string | null>} null where the screen is not paired */
  async load() {
    const found = await this.#card.read();
    if (this.now === null) this.#tokens = found;
    return this.now;
  }

  get now() {
    return this.#tokens[0];
  }

  /** Whether the wall connected with the newest. */
  get isNewest() {
    return this.#shown === this.now;
  }

  /** The server does not know the newest, and was shown the one before: put back again, it may know it. */
  get mayBeMended() {
    const [now, before] = this.#tokens;
    return now !== null && now === this.#unknown && this.#shown === before;
  }

  /** What the wall connects with. */
  show() {
    this.#shown = this.#tokens[this.#fallBack ? 1 : 0];
    this.#fallBack = false;
    return this.#shown;
  }

  /** The server does not know what was shown: whether another is worth a try. */
  another() {
    if (!this.isNewest || this.#tokens[1] === null) return false;
    this.#unknown = this.now;
    this.#fallBack = true;
    return true;
  }

  /**
   * The server answered. Where only the one before lets in, that is the newest from now on. Storage may be
   * wiped under the wall: what is in use is written again where it is gone.
   */
  async works() {
    this.#worked = this.#shown;
    const [now, before] = this.#tokens;
    if (now === null) return;
    if (this.#shown === before && now === this.#unknown) this.#tokens = [before, now];
    const kept = await this.#card.read();
    if (kept[0] !== this.#tokens[0] || kept[1] !== this.#tokens[1]) await this.#save();
  }

  /** The server gave another. What is known to let in stays beside it. @param {string} token */
  renew(token) {
    const [now, before] = this.#tokens;
    if (token !== now) this.#tokens = [token, this.#worked ?? now ?? before];
    return this.#save();
  }

  /** The screen was paired. @param {string} token */
  begin(token) {
    return this.#anew([token, null]);
  }

  forget() {
    return this.#anew([null, null]);
  }

  /** What the server answered to others counts no more. @param {Tokens} tokens */
  #anew(tokens) {
    this.#tokens = tokens;
    this.#shown = this.#worked = this.#unknown = null;
    this.#fallBack = false;
    return this.#save();
  }

  /** What is used from now on, also where it cannot be kept. */
  async #save() {
    await this.#card.write(this.#tokens);
  }
}

/** @returns {Promise<Tokens>} */
async function read() {
  const found = await patiently((database) =>
    Promise.all([database.get(PLACE, PLACE), database.get(PLACE, BEFORE)]),
  );
  const [now, before] = (found ?? []).map((/** @type {unknown} */ token) =>
    typeof token === "string" && token ? token : null,
  );
  return [now ?? null, before ?? null];
}

/** On the card, and not only on its way there: a power cut must not unpair the screen. @param {Tokens} tokens */
function write([now, before]) {
  return patiently(async (database) => {
    const { store, done } = database.transaction(PLACE, "readwrite", { durability: "strict" });
    await Promise.all([put(store, PLACE, now), put(store, BEFORE, before), done]);
  });
}

/** @param {any} store @param {string} place @param {string | null} token */
function put(store, place, token) {
  return token === null ? store.delete(place) : store.put(token, place);
}

/**
 * @template T @param {(database: IDBPDatabase) => Promise<T>} work
 * @returns {Promise<T | undefined>} undefined when it failed or took too long
 */
function patiently(work) {
  const enough = new Promise((give) => setTimeout(() => give(undefined), PATIENCE_MS));
  return Promise.race([done(work), /** @type {Promise<undefined>} */ (enough)]);
}

/** @template T @param {(database: IDBPDatabase) => Promise<T>} work @returns {Promise<T | undefined>} */
async function done(work) {
  try {
    const database = await openDB(NAME, 1, {
      upgrade: (made) => void made.createObjectStore(PLACE),
      blocking: (_now, _then, event) => /** @type {IDBDatabase} */ (event.target).close(),
    });
    try {
      return await work(database);
    } finally {
      database.close();
    }
  } catch {
    return undefined;
  }
}
