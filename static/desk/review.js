// The review page: everything on it works by key and by button, and without this script it still decides.

import { note } from "./bar.js";
import { Cards } from "./cards.js";
import { find, need } from "./find.js";
import { listen, switchKeys } from "./keys.js";
import { closeMenus, openMenu, startMenus } from "./menus.js";
import { Newer } from "./news.js";
import { post, useToken } from "./post.js";
import { Review } from "./reviewing.js";

const desk = JSON.parse(need("desk-data", HTMLElement).textContent ?? "");
const dialog = find("keys", HTMLDialogElement);

useToken(desk.csrf);
const review = new Review(desk, new Cards());
const place = find("newer", HTMLElement);
review.start(place && new Newer(place, review.hasCard ? (newest) => review.letIn(newest) : null));
switchKeys(!desk.off);
listen(desk.keys, deeds(), digit);
document.addEventListener("submit", sent, true);
document.addEventListener("click", clicked);
startMenus();
document.addEventListener("keydown", (event) => {
  if (event.key === "z" && (event.ctrlKey || event.metaKey) && !event.shiftKey) review.card?.back();
});
find("single-keys", HTMLInputElement)?.addEventListener("change", ({ target }) => {
  const on = target instanceof HTMLInputElement && target.checked;
  switchKeys(on);
  void post("/desk/settings/keys/switch", { single: on ? "on" : "off" });
});

function deeds() {
  return {
    approve: () => press("approve-button") || hinder(true),
    reject: () => openMenu("reject-menu", "button") || hinder(false),
    set_aside: () => press("#set-aside button") || hinder(false),
    publish_at: () => openMenu("publish-menu", "input:not([type=hidden])") || hinder(true),
    undo: () => press("undo-button"),
    next: () => review.browse(1),
    previous: () => review.browse(-1),
    cut: () => review.card?.cut(),
    mask: () => review.card?.mask(),
    keep: () => review.card?.findings?.keep(),
    tags: () => find("tag", HTMLInputElement)?.focus(),
    help: () => dialog?.showModal(),
    search: () => find("search", HTMLAnchorElement)?.click(),
  };
}

/** @param {string} number */
function digit(number) {
  const menu = find("reject-menu", HTMLDetailsElement);
  const button = document.querySelector(`#reject [data-digit="${number}"]`);
  if (!menu?.open) review.card?.findings?.pick(Number(number));
  else if (button instanceof HTMLElement) button.click();
}

/** A form of the bar becomes a decision that this page sends. @param {SubmitEvent} event */
function sent(event) {
  const form = event.target;
  if (!(form instanceof HTMLFormElement)) return;
  if (form.id === "undo") {
    event.preventDefault();
    review.undo();
  }
  if (!form.dataset.verb || !review.hasCard) return;
  event.preventDefault();
  const told = new FormData(form, event.submitter);
  const { verb } = form.dataset;
  const named = ["reason", "publish_at"].filter((name) => told.has(name));
  review.decide(verb, Object.fromEntries(named.map((name) => [name, `${told.get(name)}`])));
  closeMenus(null);
}

/** @param {MouseEvent} event */
function clicked(event) {
  const { target } = event;
  if (!(target instanceof Element)) return;
  const id = target.closest("button")?.id;
  if (id === "next") review.browse(1);
  if (id === "previous") review.browse(-1);
  if (id === "help") dialog?.showModal();
  const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0;
  const quote = plain && review.hasCard ? review.lineAt(target) : null;
  if (!quote) return;
  event.preventDefault();
  void review.show(quote);
}

/** Whether it could be pressed. @param {string} named a button's id, or a selector */
function press(named) {
  const button = document.querySelector(named.startsWith("#") ? named : `#${named}`);
  if (!(button instanceof HTMLButtonElement) || button.hidden || button.disabled) return false;
  button.click();
  return true;
}

/** Says why a key does nothing. @param {boolean} approves */
function hinder(approves) {
  const { card } = review;
  if (card && (approves || !card.isOpen)) note(card.hindrance);
}
