// Work done one after the other, however it is asked for; what fails never stops what comes next.

export class Queue {
  /** @type {Promise<void>} */
  #last = Promise.resolve();
  #failed;

  /** @param {(error: unknown) => void | Promise<void>} failed called after each piece of work that failed */
  constructor(failed) {
    this.#failed = failed;
  }

  /** Resolves when the work, or what is done about its failure, is over; never rejects. @param {() => void | Promise<void>} work */
  add(work) {
    this.#last = this.#last
      .then(work)
      .catch((error) => this.#failed(error))
      .catch(() => undefined);
    return this.#last;
  }
}
