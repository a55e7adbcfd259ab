// The token of a paired screen. It has a place of its own, which a wall that forgets its content leaves
// alone. A store that fails never stops the wall: it is paired anew after the next start.
/** @import { IDBPDatabase } from "../vendor/idb.js" */

import { openDB } from "../vendor/idb.js";

const NAME = "wall-device";
const PLACE = "token";
/** Reading is waited for at a cold start from a slow card, ms. */
const PATIENCE_MS = 10_000;

export class KeptToken {
  /** @type {string | null} */
  #token = null;

  /** @returns {Promise<string | null>} null where the screen is not paired */
  async load() {
    const found = await patiently((database) => database.get(PLACE, PLACE));
    this.#token ??= typeof found === "string" && found ? found : null;
    return this.#token;
  }

  /** What is used from now on, also where it cannot be kept. @param {string} token */
  async save(token) {
    this.#token = token;
    await write((place) => place.put(token, PLACE));
  }

  /** Storage may be wiped under the wall: what is in use is written again where it is gone. */
  async keep() {
    const token = this.#token;
    if (token === null || (await patiently((database) => database.get(PLACE, PLACE))) === token)
      return;
    if (token === this.#token) await this.save(token);
  }

  get now() {
    return this.#token;
  }

  async forget() {
    this.#token = null;
    await write((place) => place.delete(PLACE));
  }
}

/** On the card, and not only on its way there: a power cut must not unpair the screen. @param {(place: any) => Promise<unknown>} change */
function write(change) {
  return patiently(async (database) => {
    const { store, done } = database.transaction(PLACE, "readwrite", { durability: "strict" });
    await Promise.all([change(store), done]);
  });
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
