// New versions of the player: fetched in the background, begun at a scene's boundary, and left again by
// the worker (worker.js) or the guard (guard.js) where they do not work.

const WORKER = "/wall-worker.js";
const SCOPE = "/wall";
/** A word from the worker; storing a version takes longer. */
const PATIENCE_MS = 2000;
const KEEP_MS = 240_000;
/** What failed is asked for again after this, then twice as long, up to an hour, ms. */
const AGAIN_MS = 60_000;
const SLOWEST_MS = 3_600_000;

/** What the desk is told of the start without a server. @typedef {"kept" | "starting" | "insecure" | "unsupported" | "failed"} WorkerState */

export class Updates {
  #own;
  /** @type {ServiceWorkerRegistration | null} */
  #worker = null;
  /** @type {WorkerState} */
  #state = "starting";
  /** @type {string | null} */
  #ready = null;
  #busy = false;
  #times = 0;
  #notBefore = 0;
  /** @type {string | null} */
  #failed = null;

  /** @param {string} own the version that runs */
  constructor(own) {
    this.#own = own;
  }

  get report() {
    return { shell: this.#own, worker: this.#state, failed: this.#failed };
  }

  /** A version waits for the next boundary. */
  get isReady() {
    return this.#ready !== null;
  }

  /** The first scene hangs: this version works, and is kept. */
  async worked() {
    // The guard may say that it does not.
    if (!dispatchEvent(new Event("wall:painted", { cancelable: true }))) return;
    if (!navigator.serviceWorker) {
      this.#state = isSecureContext ? "unsupported" : "insecure";
      return;
    }
    try {
      await navigator.serviceWorker.register(WORKER, { scope: SCOPE, updateViaCache: "none" });
    } catch {
      // Without the server there is nothing new; a worker that is there goes on.
      const kept = navigator.serviceWorker.getRegistration(SCOPE).catch(() => null);
      if (!(await kept)) {
        this.#state = "failed";
        return;
      }
    }
    this.#worker = await navigator.serviceWorker.ready;
    this.#failed = (await this.#tell("state"))?.bad?.version ?? null;
    await this.#alone(() => this.#settle());
  }

  /** The server's version, with each answer; null: another than this, whichever it is. @param {string | null} [version] */
  async heard(version) {
    if (version === undefined) return;
    if (version === this.#own) {
      this.#ready = null;
      if (this.#state !== "kept" && this.#worker) await this.#alone(() => this.#settle());
    } else if (version !== this.#ready) {
      await this.#alone(() => this.#fetch(version));
    }
  }

  /** At a boundary. Resolves to whether the page is loaded anew. */
  async begin() {
    const version = this.#ready;
    this.#ready = null;
    if (this.#worker) {
      const told = await this.#tell("try", version);
      return told?.tries ? this.reload() : false;
    }
    return this.reload(version);
  }

  /** Only a page that is sure to come: a wall must not end on a browser's error page. @param {string | null} [version] */
  async reload(version = null) {
    if (this.#state !== "kept") {
      const signal = AbortSignal.timeout(PATIENCE_MS);
      const page = await fetch(location.href, { cache: "no-store", signal }).catch(() => null);
      if (!page?.ok || (version && !(await page.text()).includes(version))) return false;
    }
    location.reload();
    return true;
  }

  /** @param {string | null} version */
  async #fetch(version) {
    if (!this.#worker) {
      this.#ready = version ?? "";
      return false;
    }
    const { kept, failed } = (await this.#tell("keep", version, KEEP_MS)) ?? {};
    if (failed === "bad") this.#failed = version;
    this.#ready = kept && kept !== this.#own ? kept : null;
    return this.#ready !== null;
  }

  /** Keeps the version that runs, unless it is kept. */
  async #settle() {
    let kept = (await this.#tell("works", this.#own))?.kept;
    if (!kept && (await this.#tell("keep", this.#own, KEEP_MS))?.kept)
      kept = (await this.#tell("works", this.#own))?.kept;
    this.#state = kept ? "kept" : "failed";
    return kept === true;
  }

  /** One at a time; again after a failure not too often. @param {() => Promise<boolean>} work */
  async #alone(work) {
    if (this.#busy || performance.now() < this.#notBefore) return;
    this.#busy = true;
    const done = await work();
    this.#busy = false;
    this.#times = done ? 0 : this.#times + 1;
    const wait = done ? 0 : Math.min(SLOWEST_MS, AGAIN_MS * 2 ** (this.#times - 1));
    this.#notBefore = performance.now() + wait;
  }

  /** @param {string} does @param {string | null} [version] @param {number} [patience] @returns {Promise<any>} null without an answer */
  #tell(does, version = null, patience = PATIENCE_MS) {
    return new Promise((give) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => give(data);
      setTimeout(() => give(null), patience);
      const page = location.pathname + location.search;
      this.#worker?.active?.postMessage({ does, version, page }, [port2]);
    });
  }
}
