// What the wall remembers through a reboot with no server. A store that fails never stops the wall.
/** @import { Memory, Played, State } from "./types.d.ts" */
/** @import { IDBPDatabase } from "../vendor/idb.js" */

import { openDB } from "../vendor/idb.js";
import { NOTHING, remembered } from "./memory.js";

const NAME = "wall";
const PLACE = "state";
/** Writing is not waited for longer than this: a withdrawal must leave in time. */
const WRITE_MS = 400;
/** Reading is, at a cold start from a slow card. */
const READ_MS = 10_000;

export class Store {
  /** @type {Promise<IDBPDatabase> | null} */
  #database = null;
  #key;

  /** Each link has its own memory: another key never shows this one's content. @param {string} key */
  constructor(key) {
    this.#key = key;
  }

  /** @returns {Promise<Memory>} */
  async load() {
    const found = await this.#patiently(READ_MS, (database) =>
      Promise.all([database.get(PLACE, "wall"), database.get(PLACE, "seen")]),
    );
    const owner = digest(this.#key);
    const [wall, time] = (found ?? []).map((record) => (record?.owner === owner ? record : null));
    return remembered(wall?.state ?? NOTHING, time?.seen);
  }

  /** @param {State} state @param {number} seen the time it is, ms */
  async save(state, seen) {
    const owner = digest(this.#key);
    await this.#patiently(WRITE_MS, async (database) => {
      const { store, done } = database.transaction(PLACE, "readwrite");
      await Promise.all([
        store.put({ owner, state }, "wall"),
        store.put({ owner, seen }, "seen"),
        done,
      ]);
    });
  }

  /** Only the time: little is written, for it is written often. @param {number} seen ms */
  async saw(seen) {
    const owner = digest(this.#key);
    await this.#patiently(WRITE_MS, (database) => database.put(PLACE, { owner, seen }, "seen"));
  }

  /** What was shown and is not told yet. @returns {Promise<unknown>} */
  async loadPlays() {
    const owner = digest(this.#key);
    const found = await this.#patiently(READ_MS, (database) => database.get(PLACE, "plays"));
    return found?.owner === owner ? found.played : null;
  }

  /** @param {Played} played */
  async savePlays(played) {
    const owner = digest(this.#key);
    await this.#patiently(WRITE_MS, (database) => database.put(PLACE, { owner, played }, "plays"));
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
      .catch(() => this.#close());
    const enough = new Promise((give) => setTimeout(() => give(undefined), patience));
    return Promise.race([done, /** @type {Promise<undefined>} */ (enough)]);
  }

  /** A database that somebody wipes makes way, and is made anew when it is next asked for. */
  #open() {
    const anew = () => this.#close();
    this.#database ??= openDB(NAME, 1, {
      upgrade: (database) => void database.createObjectStore(PLACE),
      blocking: anew,
      terminated: anew,
    });
    return this.#database;
  }

  /** What failed once may work with a new connection: the storage may have been wiped under this one. */
  #close() {
    const had = this.#database;
    this.#database = null;
    had?.then(
      (database) => database.close(),
      () => undefined,
    );
    return undefined;
  }
}

/** Tells keys apart without storing them (FNV-1a). @param {string} key */
function digest(key) {
  let hash = 0x811c9dc5;
  for (const letter of key) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return (hash >>> 0).toString(16);
}
