// Reviewing: one quote after another is put in place without a page load. A decision is sent while the next
// quote is already there; what comes back as refused or overtaken is shown again, with what happened.
/** @import { Decision } from "./outbox.js" */

import { addressBehind, addressOf, addressOfNew } from "./addresses.js";
import { note, trouble as tellTrouble } from "./bar.js";
import { Claims } from "./claims.js";
import { AHEAD, Company, outcomeOf } from "./company.js";
import { find, need } from "./find.js";
import { leaveFor } from "./keys.js";
import { News } from "./news.js";
import { OpenCard } from "./open_card.js";
import { Outbox } from "./outbox.js";
import { Preview } from "./preview.js";
import { Queue } from "./queue.js";
import { askToSignIn, tellSending, tellStuck } from "./sending.js";
import { RETURNED_MS, SETTLED_MS, Settling } from "./settling.js";
import { say, tell } from "./texts.js";
import { Toast } from "./toast.js";

/** @type {Record<string, string>} */
const VERDICTS = { approval: "approve", rejection: "reject", "setting-aside": "set_aside" };

export class Review {
  #desk;
  #cards;
  #queue;
  #toast = new Toast();
  #outbox;
  #company;
  #claims = new Claims((dealt, quotes) => this.#dealt(dealt, quotes));
  /** @type {Preview | null} */
  #preview = null;
  #turn = 0;
  #untouched = true;
  #settling = new Settling();
  /** @type {OpenCard | null} */
  card = null;

  /** @param {any} desk @param {import("./cards.js").Cards} cards */
  constructor(desk, cards) {
    this.#desk = desk;
    this.#cards = cards;
    const newest = Number(find("newer", HTMLElement)?.dataset.than ?? 0);
    this.#queue = new Queue(need("queue", HTMLElement), newest);
    const again = (/** @type {string} */ quote) => void this.show(quote, false);
    this.#company = new Company(desk.person, cards, this.#queue, () => this.card, again);
    this.#outbox = new Outbox(desk.person, {
      conflict: (decision, fresh) => this.#conflict(decision, fresh),
      refused: (decision, reason) => this.#again(decision, say("refused", { reason })),
      gone: ({ quote }) => this.#queue.note(quote, "gone"),
      signedOut: askToSignIn,
      stuck: (n) => tellStuck(n, () => this.#outbox.retry()),
      waits: (waits) => tellSending(say(waits ? "waits" : "sent")),
    });
  }

  get hasCard() {
    return find("card", HTMLElement) !== null;
  }

  /** @param {import("./news.js").Newer | null} newer */
  start(newer) {
    const root = find("card", HTMLElement);
    this.#toast.start();
    const news = new News(
      this.#desk.since,
      (told) => {
        this.#company.hear(told);
        void newer?.hear(told.newest);
      },
      () => this.#claims.renew(),
    );
    if (root) {
      this.#preview = new Preview(need("preview", HTMLElement), dataOf("preview-data"));
      this.#preview.start();
      this.#claims.start();
      this.#open(root, 0);
      history.replaceState({ quote: this.card?.quote }, "");
      addEventListener("popstate", ({ state }) => state?.quote && this.show(state.quote, false));
    }
    news.start();
    const others = this.#outbox.resume();
    if (others) tellSending(say("other", { n: others }));
  }

  /** @param {EventTarget | null} target */
  lineAt(target) {
    return this.#queue.quoteAt(target);
  }

  /** Goes to the first of what came, in the list or on a page of its own; gives whether it could. @param {number} newest */
  async letIn(newest) {
    const than = this.#queue.newest;
    const first = this.#desk.state === "waiting" ? await this.#queue.letIn(newest) : "far";
    if (first === "far") leaveFor(addressOfNew(than));
    else if (first) first.focus();
    else note(say("unlisted"));
    return first !== null;
  }

  /** @param {string} quote @param {boolean} [push] whether "back" leads here @param {string} [trouble] @param {number} [settle] */
  async show(quote, push = true, trouble = "", settle = SETTLED_MS) {
    this.#turn += 1;
    const turn = this.#turn;
    this.#untouched = false;
    const root = this.#cards.now(quote) ?? (await this.#cards.get(quote));
    if (turn !== this.#turn) return;
    if (!root) return tell(say("unread"));
    this.#cards.drop(quote);
    this.card?.stop();
    need("card", HTMLElement).replaceWith(root);
    this.#open(root, settle);
    if (trouble) tellTrouble(trouble);
    if (push) history.pushState({ quote }, "", addressOf(quote, this.#desk));
    scrollTo(0, 0);
  }

  /** @param {1 | -1} way */
  async browse(way) {
    if (!this.card) return;
    const wanted = await this.#queue.beside(this.card.quote, way);
    if (wanted) return this.show(wanted);
    const beyond = find(way > 0 ? "later" : "earlier", HTMLAnchorElement);
    if (beyond) leaveFor(beyond.href);
    else note(say(way > 0 ? "last" : "firstHere"));
  }

  /** @param {string} verb @param {Record<string, string>} told */
  decide(verb, told) {
    const { card } = this;
    if (!card || this.#settling.isUnderWay) return;
    if (!card.isOpen || (verb === "approval" && !card.canBeApproved)) return note(card.hindrance);
    const { quote } = card;
    const verdict = VERDICTS[verb];
    const next = this.#queue.openNow(quote, 1)[0];
    const fields = { ...card.fields, ...told };
    const sent = this.#outbox.send({ quote, verb, verdict, fields });
    this.#queue.note(quote, verdict);
    void this.#toast.begin(verdict, sent);
    if (next) void this.show(next);
    else void this.#goOn(quote, sent);
  }

  undo() {
    void this.#toast.undo(
      ({ quote, state }) => {
        this.#queue.note(quote, "");
        this.#cards.drop(quote);
        if (this.#queue.has(quote) && state === this.#desk.state && this.hasCard)
          void this.show(quote);
        else leaveFor(`/desk/review?quote=${quote}&state=${state}`);
      },
      ({ decided }) => tellSending(say("tooLate", { outcome: outcomeOf(decided) })),
      askToSignIn,
    );
  }

  /** @param {HTMLElement} root @param {number} settle */
  #open(root, settle) {
    if (!this.#preview) return;
    this.card = new OpenCard(root, this.#preview, this.#desk.keys);
    this.card.start({ signedOut: askToSignIn });
    find("words", HTMLElement)?.focus({ preventScroll: true });
    const { quote } = this.card;
    this.#settling.begin(quote, settle);
    this.#queue.point(quote);
    const ahead = this.#queue.openNow(quote, AHEAD);
    void this.#claims.hold(this.card.isOpen ? [quote, ...ahead.slice(0, 1)] : ahead.slice(0, 1));
    this.#cards.want(ahead);
  }

  /** There is no line after this one: more are fetched, or the server says how to go on. @param {string} quote @param {Promise<import("./outbox.js").Taken | null>} sent */
  async #goOn(quote, sent) {
    const next = await this.#queue.open(quote);
    if (next) return this.show(next);
    const taken = await sent;
    if (!taken) return;
    leaveFor(addressBehind(quote, this.#desk, taken.decision));
  }

  /** @param {import("./claims.js").Dealt} dealt @param {string[]} quotes */
  #dealt({ mine, held }, quotes) {
    this.#company.hold(held);
    const lost = this.card?.quote === quotes[0] && !mine.includes(Number(quotes[0]));
    const next = this.#queue.openNow(quotes[0], 1)[0];
    // Dealt at the same moment to somebody else: nothing was touched here yet.
    if (lost && next && this.#untouched && !location.search.includes("quote="))
      void this.show(next);
  }

  /** @param {Decision} decision @param {any} fresh */
  #conflict({ quote }, fresh) {
    this.#queue.note(quote, fresh.decided?.verdict ?? "", fresh.decided?.by ?? "");
    this.#cards.put(quote, fresh.card);
    const open = fresh.state === "waiting" || fresh.state === "set_aside";
    const outcome = outcomeOf(fresh.decided);
    const other = !open && outcome && !fresh.decided.mine;
    this.#return(quote, other ? say("faster", { outcome }) : say("changed"));
  }

  /** @param {Decision} decision @param {string} trouble */
  #again({ quote }, trouble) {
    this.#queue.note(quote, "");
    this.#return(quote, trouble);
  }

  /** @param {string} quote @param {string} trouble */
  #return(quote, trouble) {
    if (this.hasCard) void this.show(quote, true, trouble, RETURNED_MS);
    else tellSending(trouble);
  }
}

/** @param {string} id */
function dataOf(id) {
  return JSON.parse(need(id, HTMLElement).textContent ?? "");
}
