// What the desk asks this screen to do: each command once, also when it is told twice or the page was
// loaded anew meanwhile.
/** @import { Command, Show, State } from "./types.d.ts" */

import { el } from "./dom.js";
import { createFormat } from "./format.js";
import { createSay } from "./words.js";

const SHOWN_MS = 20_000;
const DONE = "wall-commands";
/** Ids that are remembered: more are never open at a time. */
const MOST = 20;

/** @typedef {{ id: number, outcome: string, detail: string }} Said */
/**
 * @typedef {object} Around
 * @property {() => number} now
 * @property {() => State} state
 * @property {() => Show | null} shown what hangs
 * @property {() => Promise<boolean>} reload whether the page is loaded anew
 * @property {(said: Said) => void} tell
 * @property {Record<string, string>} english
 */

export class Commands {
  #root;
  #around;
  /** Outcome and detail by id, where the browser keeps nothing. @type {Record<string, [string, string]>} */
  #done = {};
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #hiding;

  /** @param {HTMLElement} root @param {Around} around */
  constructor(root, around) {
    this.#root = root;
    this.#around = around;
  }

  /** @param {Command[]} commands */
  async take(commands) {
    for (const command of commands) {
      const known = this.#known()[command.id];
      if (known) this.#tell(command.id, known);
      else if (this.#around.now() < command.until) await this.#do(command);
    }
  }

  /** @param {Command} command */
  async #do({ id, what }) {
    if (what === "reload") return this.#reload(id);
    const done = what === "identify" ? this.#identify() : what === "report" ? this.#report() : null;
    this.#end(id, done === null ? ["failed", "unknown"] : ["done", done]);
  }

  /** It is done once the page is there again: the answer to its hello asks for it a second time. @param {number} id */
  async #reload(id) {
    if (!this.#note(id, ["done", ""])) return this.#tell(id, ["failed", "no-memory"]);
    if (await this.#around.reload()) return;
    this.#end(id, ["failed", "no-page"]);
  }

  /** Its name over all that hangs, as large as fits. */
  #identify() {
    const { programme } = this.#around.state();
    if (!programme) return null;
    const { name, site, id } = programme.screen;
    const format = createFormat(programme.locale, programme.timezone);
    const say = createSay(programme.words, this.#around.english, format.plural);
    const sign = el(
      "div",
      "identify",
      el("p", "identify-name", el("bdi", "", name)),
      el(
        "p",
        "identify-more",
        [site, say("identify.number", { number: id })].filter(Boolean).join(" · "),
      ),
    );
    sign.setAttribute("role", "status");
    sign.style.setProperty("--letters", `${Math.max(6, [...name].length)}`);
    this.#root.querySelector(".identify")?.remove();
    this.#root.append(sign);
    clearTimeout(this.#hiding);
    this.#hiding = setTimeout(() => sign.remove(), SHOWN_MS);
    return "";
  }

  /** Which scene of which item hangs, and how large the picture is: never a word of it. */
  #report() {
    const shown = this.#around.shown();
    const item = shown?.item?.id ?? "none";
    const { clientWidth: width, clientHeight: height } = this.#root;
    return `${shown?.scene ?? "none"} ${item} ${width} ${height} ${this.#root.dataset.theme}`;
  }

  /** @param {number} id @param {[string, string]} said */
  #end(id, said) {
    this.#note(id, said);
    this.#tell(id, said);
  }

  /** @param {number} id @param {[string, string]} said */
  #tell(id, [outcome, detail]) {
    this.#around.tell({ id, outcome, detail });
  }

  /** @returns {Record<string, [string, string]>} */
  #known() {
    try {
      return { ...this.#done, ...JSON.parse(sessionStorage.getItem(DONE) ?? "{}") };
    } catch {
      return this.#done;
    }
  }

  /** Whether it outlives this page. @param {number} id @param {[string, string]} said */
  #note(id, said) {
    const all = Object.entries({ ...this.#known(), [id]: said });
    const last = all.sort(([a], [b]) => Number(b) - Number(a)).slice(0, MOST);
    this.#done = Object.fromEntries(last);
    try {
      sessionStorage.setItem(DONE, JSON.stringify(this.#done));
      return true;
    } catch {
      return false;
    }
  }
}
