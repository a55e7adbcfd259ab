// The line to the server: says hello on every connect with what the wall has, asks again after a gap,
// tells how it is every 30 s, and comes back by itself with full jitter.
/** @import { Answer, Change, Command, Programme } from "./types.d.ts" */

import { io } from "../vendor/socket.io.js";
import { fullJitter } from "./backoff.js";

export const PROTOCOL = 1;
const HEARTBEAT_MS = 30_000;
/** An answer that takes longer is none; so is a namespace neither opened nor refused. */
const ANSWER_MS = 10_000;
/** A refused wall asks again, rarely: links are mended, and servers restored. */
const REFUSED_MS = 60_000;
/** An answer that does not follow on is not asked for again at once. */
const GAP_MS = 1000;
/** So soon again while few answers have told the time. */
const SETTLE_MS = 2000;

/** @typedef {"revoked" | "unknown" | "protocol"} Refusal */
/** "later": the server has a passing fault, and the wall keeps what it has. @typedef {Refusal | "later"} Reason */
/**
 * @typedef {object} Handlers
 * @property {() => object} position what hello and heartbeat say: feeds, programme, player
 * @property {() => object} health what a heartbeat adds: scene, errors
 * @property {(answer: Answer, asked: number, told: number) => boolean} answered whether all followed on
 * @property {(feed: string, epoch: string, changes: Change[]) => boolean} changed the same
 * @property {(programme: Programme) => void} programme
 * @property {(commands: Command[]) => void} commanded
 * @property {(token: string) => void} [renewed] for the next time that the wall connects
 * @property {() => boolean} [another] whether there is another token to try, where one is not known
 * @property {() => object} [introduces] what a paired screen says of itself when it connects
 * @property {(told: { queue: string, batch: number }) => void} [kept] what a heartbeat said was shown
 * @property {(reason: Refusal) => void} refused
 * @property {(online: boolean) => void} online
 * @property {() => boolean} knowsTime whether enough answers have told it
 */

export class Connection {
  #handlers;
  #socket;
  #attempt = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #retry;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #watch;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #beat;
  #asking = false;
  #askAgain = false;
  #refused = false;
  /** Until then there is nothing to say. @type {Promise<unknown>} */
  #ready = Promise.resolve();

  /** @param {string | (() => string)} token of a paired screen it changes @param {Handlers} handlers @param {typeof io} [open] */
  constructor(token, handlers, open = io) {
    this.#handlers = handlers;
    const now = typeof token === "string" ? () => token : token;
    this.#socket = open("/wall", {
      autoConnect: false,
      reconnection: false,
      transports: ["websocket"],
      auth: (give) => give({ ...handlers.introduces?.(), token: now(), protocol: PROTOCOL }),
    });
    this.#listen();
  }

  /** Connects at once, and says hello once it is known what the wall has. @param {Promise<unknown>} [ready] */
  start(ready = this.#ready) {
    if (this.#socket.active) return;
    this.#ready = ready;
    this.#beat ??= setInterval(() => this.#say("heartbeat", this.#handlers.health()), HEARTBEAT_MS);
    this.#connect();
  }

  stop() {
    clearTimeout(this.#retry);
    clearTimeout(this.#watch);
    clearInterval(this.#beat);
    this.#beat = undefined;
    this.#socket.disconnect();
  }

  /** Asks now: something happened that only the server can tell of. */
  ask() {
    this.#say("hello");
  }

  /** What was withdrawn is out of the page. @param {string} feed @param {string} epoch @param {number} rev */
  confirm(feed, epoch, rev) {
    if (this.#socket.connected) this.#socket.emit("confirm", { feed, epoch, rev });
  }

  /** What became of a command. @param {{ id: number, outcome: string, detail: string }} said */
  tell(said) {
    if (this.#socket.connected) this.#socket.emit("outcome", said);
  }

  #listen() {
    const { programme, changed, commanded, online } = this.#handlers;
    this.#socket.on("connect", () => {
      clearTimeout(this.#watch);
      this.#refused = false;
      this.#asking = false;
      void this.#ready.then(() => this.#say("hello"));
    });
    this.#socket.on("changes", ({ feed, epoch, changes }) => {
      const whole = changed(feed, epoch, changes);
      // An answer on its way may be older than this change: ask once more after it.
      if (this.#asking || !whole) this.#say("hello");
    });
    this.#socket.on("programme", (sent) => {
      programme(sent);
      this.#say("hello");
    });
    this.#socket.on("token", ({ token }) => this.#handlers.renewed?.(token));
    this.#socket.on("command", (command) => commanded([command]));
    this.#socket.on("plays", (told) => this.#handlers.kept?.(told));
    this.#socket.on("bye", ({ reason }) => this.#refuse(reason));
    this.#socket.on("connect_error", (error) =>
      this.#lost(/** @type {{ data?: { reason?: Reason } }} */ (error)),
    );
    this.#socket.on("disconnect", () => {
      online(false);
      if (!this.#refused) this.#again(fullJitter(this.#attempt));
    });
  }

  /** A server that fails while it opens the namespace says nothing: it is asked again. */
  #connect() {
    if (this.#socket.connected) return;
    clearTimeout(this.#watch);
    this.#watch = setTimeout(() => {
      this.#socket.disconnect();
      this.#again(fullJitter(this.#attempt));
    }, ANSWER_MS);
    this.#socket.connect();
  }

  /** One question at a time; one asked meanwhile is asked afterwards. @param {"hello" | "heartbeat"} event @param {object} [more] */
  #say(event, more = {}) {
    if (!this.#socket.connected) return;
    if (this.#asking) {
      this.#askAgain ||= event === "hello";
      return;
    }
    this.#asking = true;
    const asked = performance.now();
    const payload = { ...this.#handlers.position(), ...more };
    this.#socket
      .timeout(ANSWER_MS)
      .emit(event, payload, (/** @type {Error | null} */ error, /** @type {Answer} */ answer) => {
        this.#asking = false;
        if (error || !answer) this.#socket.disconnect();
        else this.#heard(answer, asked);
      });
  }

  /** @param {Answer} answer @param {number} asked */
  #heard(answer, asked) {
    this.#attempt = 0;
    this.#handlers.online(true);
    const whole = this.#handlers.answered(answer, asked, performance.now());
    if (answer.commands) this.#handlers.commanded(answer.commands);
    if (!whole) setTimeout(() => this.#say("hello"), GAP_MS);
    else if (this.#askAgain) this.#say("hello");
    else if (!this.#handlers.knowsTime()) setTimeout(() => this.#say("hello"), SETTLE_MS);
    this.#askAgain = false;
  }

  /** @param {{ data?: { reason?: Reason } }} error */
  #lost(error) {
    clearTimeout(this.#watch);
    const reason = error.data?.reason;
    this.#handlers.online(false);
    if (reason) this.#refuse(reason);
    else this.#again(fullJitter(this.#attempt));
  }

  /** Nothing still on its way is heard after it. @param {Reason} reason */
  #refuse(reason) {
    if (reason === "later") return this.#again(fullJitter(this.#attempt));
    if (reason === "unknown" && this.#handlers.another?.()) return this.#again(fullJitter(0));
    this.#refused = true;
    this.#socket.disconnect();
    this.#handlers.refused(reason);
    this.#again(REFUSED_MS + fullJitter(this.#attempt));
  }

  /** @param {number} wait ms */
  #again(wait) {
    if (this.#beat === undefined) return;
    this.#attempt += 1;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#connect(), wait);
  }
}
