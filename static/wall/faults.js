// What went wrong, for the desk: where and which kind of error, never a message, which may hold words.

/** As many kinds are told. */
const KINDS = 8;
/** A scene that failed as often is worth a fresh start. */
const TOO_OFTEN = 3;

export class Faults {
  /** @type {Map<string, number>} */
  #times = new Map();
  total = 0;

  /** @param {string} where a scene, or a part of the player @param {unknown} error */
  note(where, error) {
    this.total += 1;
    const kind = `${where} ${error instanceof Error ? error.name : "Error"}`.slice(0, 60);
    if (this.#times.size < KINDS || this.#times.has(kind))
      this.#times.set(kind, (this.#times.get(kind) ?? 0) + 1);
  }

  get isTooOften() {
    return Math.max(0, ...this.#times.values()) >= TOO_OFTEN;
  }

  /** Kind → times. */
  get report() {
    return Object.fromEntries(this.#times);
  }
}
