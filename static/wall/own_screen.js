// A player without a link in its address: a paired screen, or one that shows a code until it is.
/** @import { Config } from "./player.js" */
/** @import { PairingCode } from "./types.d.ts" */
/** @import { Refusal } from "./connection.js" */

import { KeptToken } from "./kept_token.js";
import { Pairing } from "./pairing.js";
import { DEVICE, Player } from "./player.js";
import { Store } from "./store.js";

export class OwnScreen {
  #root;
  #config;
  #kept = new KeptToken();
  /** @type {Player} */
  #player;
  /** @type {Pairing | null} */
  #pairing = null;
  /** On show while it is asked for. @type {PairingCode | null} */
  #code = null;
  #running = true;

  /** @param {HTMLElement} root @param {Config} config */
  constructor(root, config) {
    this.#root = root;
    this.#config = config;
    this.#player = new Player(root, "", config);
  }

  get stage() {
    return this.#player.stage;
  }

  async start() {
    const token = await this.#kept.load();
    if (!this.#running) return;
    await (token ? this.#show(token) : this.#pair());
  }

  stop() {
    this.#running = false;
    this.#pairing?.stop();
    this.#player.stop();
  }

  /** @param {string} token */
  #show(token) {
    this.#pairing?.stop();
    this.#player.stop();
    this.#player = new Player(this.#root, token, this.#config, {
      token: () => this.#kept.show() ?? token,
      another: () => this.#kept.another(),
      renewed: (next) => void this.#kept.renew(next),
      answered: () => this.#answered(),
      ended: (reason) => void this.#ended(reason),
    });
    return this.#player.start();
  }

  /** Nothing lets this screen in. */
  #pair() {
    this.#player.stop();
    this.#player = new Player(this.#root, "", this.#config);
    this.#ask();
    return this.#player.start();
  }

  /** A code on show stays: somebody may be typing it. */
  #ask() {
    if (this.#pairing?.isRunning) return void this.#player.pair(this.#code);
    this.#code = null;
    this.#pairing = new Pairing({
      show: (code) => {
        this.#code = code;
        void this.#player.pair(code);
      },
      paired: (token) => void this.#paired(token),
    });
    this.#pairing.start();
  }

  /** What an earlier screen left behind is not shown as this one. @param {string} token */
  async #paired(token) {
    this.#pairing?.stop();
    this.#player.stop();
    await this.#kept.begin(token);
    await new Store(DEVICE).forget();
    if (this.#running) await this.#show(token);
  }

  #answered() {
    this.#pairing?.stop();
    void this.#kept.works();
  }

  /**
   * A token that was ended is of no use any more, nor is one beside it. Of one that the server does not know that
   * may change, also where the one before it was ended: it is tried again, rarely, while a code is shown.
   * @param {Refusal} reason
   */
  async #ended(reason) {
    if (!this.#running) return;
    if (reason === "revoked" && !this.#kept.mayBeMended)
      await Promise.all([this.#kept.forget(), this.#pair()]);
    else this.#ask();
  }
}
