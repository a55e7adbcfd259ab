// What the wall remembers through a reboot with no server. A store that fails never stops the wall.
/** @import { State } from "./types.d.ts" */
/** @import { IDBPDatabase } from "../vendor/idb.js" */

import { openDB } from "../vendor/idb.js";

const NAME = "wall";
const PLACE = "state";
/** Writing is not waited for longer than this: a withdrawal must leave in time. */
const WRITE_MS = 400;
/** Reading is, at a cold start from a slow card. */
const READ_MS = 10_000;

/** @type {State} */
const NOTHING = { programme: null, feeds: {}, contact: null };

export class Store {
  /** @type {Promise<IDBPDatabase> | null} */
  #database = null;
  #key;

  /** Each link has its own memory: another key never shows this one's content. @param {string} key */
  constructor(key) {
    this.#key = key;
  }

  /** @returns {Promise<State>} */
  async load() {
    const found = await this.#patiently(READ_MS, async (database) => database.get(PLACE, "wall"));
    return found && found.owner === digest(this.#key) ? found.state : NOTHING;
  }

  /** @param {State} state */
  async save(state) {
    const owner = digest(this.#key);
    await this.#patiently(WRITE_MS, (database) => database.put(PLACE, { owner, state }, "wall"));
  }

  async forget() {
    await this.#patiently(WRITE_MS, (database) => database.clear(PLACE));
  }

  /**
   * @template T @param {number} patience ms @param {(database: IDBPDatabase) => Promise<T>} work
   * @returns {Promise<T | undefined>} undefined when it failed or took too long
   */
  #patiently(patience, work) {
    const done = this.#open()
      .then(work)
      .catch(() => undefined);
    const enough = new Promise((give) => setTimeout(() => give(undefined), patience));
    return Promise.race([done, /** @type {Promise<undefined>} */ (enough)]);
  }

  #open() {
    this.#database ??= openDB(NAME, 1, {
      upgrade: (database) => void database.createObjectStore(PLACE),
    });
    this.#database.catch(() => {
      this.#database = null;
    });
    return this.#database;
  }
}

/** Tells keys apart without storing them (FNV-1a). @param {string} key */
function digest(key) {
  let hash = 0x811c9dc5;
  for (const letter of key) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return (hash >>> 0).toString(16);
}
