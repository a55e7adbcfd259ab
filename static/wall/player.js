// One wall: what it knows (state), where it keeps it (store), how it hears of changes (connection) and
// what it shows (stage).
/** @import { Answer, Change, Command, Link, PairingCode, Programme, State } from "./types.d.ts" */
/** @import { Refusal } from "./connection.js" */

import { Care } from "./care.js";
import { ServerClock } from "./clock.js";
import { Commands } from "./commands.js";
import { Connection } from "./connection.js";
import { answered, applyAll, earlier, positions } from "./feeds.js";
import { Freshly } from "./freshly.js";
import { LookingOn } from "./looking_on.js";
import { looks, PAGE } from "./looks.js";
import { doubted, NOTHING } from "./memory.js";
import { Plays } from "./plays.js";
import { Stage } from "./stage.js";
import { Store } from "./store.js";
import { lost } from "./turn.js";
import { Updates } from "./updates.js";

/** How much offline time a reboot may forget, at most, ms. */
const SEEN_MS = 60_000;
/** How soon a jump of the device's clock is noticed, ms. */
const JUMP_MS = 5000;
/** So long a wall that holds nothing shows nothing: the server's answer is on its way. */
const ANSWER_MS = 1000;

/** Whose memory a paired screen's is: its tokens change. */
export const DEVICE = "device";

/** `looks_on`: where somebody at the desk asks what a screen is told. @typedef {{ words: Record<string, string>, version: string, shell: string, looks_on?: string }} Config */
/**
 * What stands behind a paired screen.
 * @typedef {object} Device
 * @property {() => string} token
 * @property {() => boolean} another whether there is another token to try
 * @property {(token: string) => void} renewed
 * @property {() => void} answered
 * @property {(reason: Refusal) => void} ended
 */

export class Player {
  #clock = new ServerClock();
  #version;
  #stage;
  #store;
  #freshly;
  /** @type {Connection | LookingOn | null} */
  #connection = null;
  /** It is no screen: it keeps nothing, and stays the version that the desk has. */
  #looksOn = false;
  /** @type {State} */
  #state = NOTHING;
  #written = NOTHING.feeds;
  /** @type {Link} */
  #link;
  /** @type {ReturnType<typeof setInterval>[]} */
  #watches = [];
  #updates;
  #care;
  #commands;
  #plays;
  #painted = false;
  /** @type {Device | null} */
  #device;
  /** The server answered for the first time, or did not. @type {() => void} */
  #hear = () => undefined;
  #heard = /** @type {Promise<void>} */ (new Promise((heard) => (this.#hear = heard)));

  /** @param {HTMLElement} root @param {string} key empty while the screen is not paired @param {Config} config @param {Device | null} [device] */
  constructor(root, key, { words, version, shell, looks_on }, device = null) {
    this.#device = device;
    this.#version = version;
    this.#updates = new Updates(shell);
    const locale = document.documentElement.lang || "en";
    const now = () => this.#clock.now();
    this.#stage = new Stage(root, {
      now,
      english: words,
      address: location.host,
      locale,
      painted: () => this.#works(),
      shown: (show) => this.#plays.shows(show),
      boundary: () => this.#between(),
    });
    this.#care = new Care(this.#stage.faults);
    this.#commands = new Commands(root, {
      now,
      state: () => this.#state,
      shown: () => this.#stage.shown,
      reload: () => this.#updates.reload(),
      tell: (said) => this.#connection?.tell(said),
      english: words,
    });
    this.#freshly = new Freshly(now, (freshness) => this.#stage.fresh(freshness));
    this.#store = new Store(device ? DEVICE : key);
    this.#plays = new Plays({
      now,
      isSet: () => this.#clock.isSet && !this.#looksOn,
      save: async (played) => {
        if (!this.#looksOn) await this.#store.savePlays(played);
      },
    });
    this.#link = key || looks_on ? "linked" : "pairing";
    this.#looksOn = looks_on !== undefined;
    if (looks_on) this.#connection = new LookingOn(looks_on, this.#handlers());
    else if (key) this.#connection = new Connection(device?.token ?? key, this.#handlers());
  }

  /** What the page shows and a reboot will not undo: only that is told the server. */
  get #lasting() {
    return earlier(this.#stage.painted, this.#written);
  }

  /** For who looks by hand (tools.js). */
  get stage() {
    return this.#stage;
  }

  async start() {
    if (this.#looksOn) this.#connection?.start();
    else if (this.#connection) await this.#remember(this.#connection);
    await this.#stage.update(this.#state, this.#link);
    if (this.#connection && !this.#state.programme) await Promise.race([this.#heard, answerTime()]);
    return this.#stage.start();
  }

  stop() {
    // An end that it heard of is nothing to the token that comes after.
    this.#device = null;
    for (const watch of this.#watches) clearInterval(watch);
    this.#connection?.stop();
    this.#freshly.stop();
    this.#stage.stop();
  }

  /** Shows the code of a screen that nobody has paired yet; null: there is none. @param {PairingCode | null} code */
  pair(code) {
    return this.#stage.pair(code);
  }

  /** The server is asked before anything is drawn: whatever is stored, it can be mended from there. @param {Connection | LookingOn} connection */
  async #remember(connection) {
    const found = Promise.all([this.#store.load(), this.#store.loadPlays()]);
    const remembering = found.then(([memory, played]) => {
      this.#plays.load(played);
      this.#state = this.#care.isAfresh ? doubted(memory.state) : memory.state;
      this.#written = this.#state.feeds;
      return memory;
    });
    connection.start(remembering);
    const { state, seen } = await remembering;
    this.#clock.notBefore(state.contact, seen);
    this.#freshly.start(state.contact);
    this.#watches = [
      setInterval(() => this.#noteTime(), SEEN_MS),
      setInterval(() => void this.#plays.keep(), SEEN_MS),
      setInterval(() => this.#lookForJump(), JUMP_MS),
    ];
  }

  /** A scene hangs: so this version of the player works. */
  #works() {
    if (this.#painted || this.#looksOn) return;
    this.#painted = true;
    void this.#updates.worked();
  }

  /** Between two scenes the page may be loaded anew; resolves to whether it is. */
  async #between() {
    if (this.#updates.isReady) return this.#updates.begin();
    if (!this.#care.isDue || !(await this.#updates.reload())) return false;
    this.#care.begins();
    return true;
  }

  /** A wall that holds nothing has no lease to keep. */
  #noteTime() {
    if (this.#state.contact !== null) void this.#store.saw(this.#clock.now());
  }

  /** Only the server knows what time it is now; meanwhile the stage follows the clock as it stands. */
  #lookForJump() {
    if (!this.#clock.jumped()) return;
    this.#connection?.ask();
    void this.#stage.update(this.#state, this.#link);
  }

  #handlers() {
    return {
      position: () => ({
        feeds: positions(this.#state.feeds),
        painted: positions(this.#lasting),
        programme: this.#state.programme?.version ?? null,
        player: this.#version,
      }),
      health: () => ({
        scene: this.#stage.scene,
        ...this.#care.report(),
        ...this.#updates.report,
        ...this.#plays.report,
      }),
      answered: (
        /** @type {Answer} */ answer,
        /** @type {number} */ asked,
        /** @type {number} */ told,
      ) => this.#answered(answer, asked, told),
      changed: (
        /** @type {string} */ feed,
        /** @type {string} */ epoch,
        /** @type {Change[]} */ changes,
      ) => this.#changed(feed, epoch, changes),
      programme: (/** @type {Programme} */ programme) =>
        void this.#apply({ ...this.#state, programme }, []),
      renewed: (/** @type {string} */ token) => this.#device?.renewed(token),
      another: () => this.#device?.another() ?? false,
      introduces: () => (this.#device ? { page: PAGE, looks: looks() } : {}),
      commanded: (/** @type {Command[]} */ commands) => void this.#commands.take(commands),
      refused: (/** @type {Refusal} */ reason) => void this.#refused(reason),
      kept: (/** @type {{ queue: string, batch: number }} */ told) => void this.#plays.taken(told),
      online: (/** @type {boolean} */ online) => {
        this.#freshly.online(online);
        void this.#plays.online(online);
        if (!online) this.#hear();
      },
      knowsTime: () => this.#clock.isSure,
    };
  }

  /** @param {Answer} answer @param {number} asked @param {number} told */
  #answered(answer, asked, told) {
    this.#link = "linked";
    this.#device?.answered();
    this.#clock.correct(answer.now, asked, told);
    if (!this.#looksOn) void this.#updates.heard(answer.shell);
    const { feeds, gap, dropped } = answered(this.#state.feeds, answer.feeds);
    const programme = this.#upright(answer.programme) ?? this.#state.programme;
    void this.#apply({ programme, feeds, contact: answer.now }, dropped);
    return !gap;
  }

  /** In small it is seen as people before the screen see it. @param {Programme | null} programme */
  #upright(programme) {
    return programme && this.#looksOn ? { ...programme, turned: 0 } : programme;
  }

  /** @param {string} name @param {string} epoch @param {Change[]} changes */
  #changed(name, epoch, changes) {
    const had = this.#state.feeds[name];
    if (!had) return false;
    const { feed, gap, dropped } = applyAll(had, epoch, changes);
    const feeds = { ...this.#state.feeds, [name]: feed };
    const contact = this.#clock.now();
    if (feed !== had) void this.#apply({ ...this.#state, feeds, contact }, dropped ? [name] : []);
    return !gap;
  }

  /**
   * Written, then shown. Words that were taken away do not wait for the writing: they leave at once, and
   * that is confirmed when both are done.
   * @param {State} state @param {string[]} dropped names of feeds
   */
  async #apply(state, dropped) {
    const before = this.#state.feeds;
    const taken = Object.keys(state.feeds).filter(
      (name) => dropped.includes(name) || lost(before[name], state.feeds[name]),
    );
    this.#state = state;
    const saved = this.#looksOn ? Promise.resolve() : this.#store.save(state, this.#clock.now());
    const written = saved.then(() => {
      this.#written = state.feeds;
    });
    if (taken.length === 0) await written;
    await Promise.all([written, this.#stage.update(this.#state, this.#link)]);
    this.#hear();
    for (const name of taken) {
      const [feed, shown] = [state.feeds[name], this.#lasting[name]];
      if (feed && shown?.epoch === feed.epoch && shown.rev >= feed.rev)
        this.#connection?.confirm(name, shown.epoch, shown.rev);
    }
  }

  /** A wall whose link has ended forgets all it knew. A newer server wants a newer player. @param {Refusal} reason */
  async #refused(reason) {
    if (reason === "protocol") return this.#updates.heard(null);
    this.#state = NOTHING;
    this.#link = this.#device ? "pairing" : "revoked";
    this.#freshly.stop();
    this.#hear();
    this.#plays.forget();
    await this.#stage.update(this.#state, this.#link);
    this.#device?.ended(reason);
    await this.#store.forget();
  }
}

function answerTime() {
  return new Promise((give) => setTimeout(give, ANSWER_MS));
}
