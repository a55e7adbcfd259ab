// The others at the same queue: what they decided is marked, what they look at is named, and nothing moves.
/** @import { Cards } from "./cards.js" */
/** @import { OpenCard } from "./open_card.js" */
/** @import { Held, Queue } from "./queue.js" */

import { say } from "./texts.js";

/** Quotes loaded ahead; of these one is held, so that two people never run into each other. */
export const AHEAD = 3;
/** Decisions after which there is something to decide again. */
const OPENS = ["undo", "reopen"];

export class Company {
  #person;
  #cards;
  #queue;
  #card;
  #again;

  /** @param {number} person @param {Cards} cards @param {Queue} queue @param {() => OpenCard | null} card the one on show @param {(quote: string) => void} again shows it as it is now */
  constructor(person, cards, queue, card, again) {
    this.#person = person;
    this.#cards = cards;
    this.#queue = queue;
    this.#card = card;
    this.#again = again;
  }

  /** @param {import("./news.js").Told} told */
  hear({ decided, held }) {
    for (const each of decided) this.#became(each);
    this.hold(held);
    const card = this.#card();
    if (decided.length && card) this.#cards.want(this.#queue.openNow(card.quote, AHEAD));
  }

  /** @param {Held[]} held */
  hold(held) {
    const others = held.filter(({ user }) => user !== this.#person);
    this.#queue.hold(others);
    const card = this.#card();
    if (!card?.isOpen) return;
    const holder = others.find(({ quote }) => `${quote}` === card.quote);
    card.holder(holder ? say("holdsThis", { name: holder.by }) : "");
  }

  /** Also by oneself, in another tab. @param {import("./news.js").Decided} decided */
  #became({ quote, verdict, user, by }) {
    const id = `${quote}`;
    const name = user === this.#person ? null : by;
    const became = OPENS.includes(verdict) ? "" : verdict;
    this.#cards.drop(id);
    this.#queue.note(id, became, name ?? "");
    const card = this.#card();
    if (id !== card?.quote) return;
    if (became && card.isOpen) card.close(outcomeOf({ verdict, by: name }));
    else if (!became && !card.isOpen) this.#again(id);
  }
}

/** @param {{ verdict: string, by: string | null } | null} decided */
export function outcomeOf(decided) {
  if (!decided) return "";
  const outcome = say(decided.verdict);
  return decided.by ? say("by", { outcome, name: decided.by }) : outcome;
}
