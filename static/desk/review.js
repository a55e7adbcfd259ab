// The review page: everything on it works by key and by button, and without this script it still decides.
/** @import { Span } from "./spans.js" */

import { countDown } from "./countdown.js";
import { recall, remember } from "./draft.js";
import { find, need } from "./find.js";
import { leaveFor, listen, offerSwitch } from "./keys.js";
import { Marking } from "./marking.js";
import { watchNewer } from "./newer.js";
import { Preview } from "./preview.js";
import { anythingLeft, fromJson, piecesOf, toJson } from "./spans.js";
import { say, tell } from "./texts.js";

const menu = find("reject-menu", HTMLDetailsElement);
const dialog = find("keys", HTMLDialogElement);

/** @type {Marking | null} */
let marking = null;
if (find("words", HTMLElement)) marking = startQuote();
startQueue();
startDecisions();

function startQuote() {
  const words = need("words", HTMLElement);
  const approve = need("approve", HTMLFormElement);
  const data = JSON.parse(need("preview-data", HTMLElement).textContent ?? "");
  const preview = new Preview(need("preview", HTMLElement), data);
  const first = words.dataset.spans ?? "{}";
  const key = `marks:${approve.action}:${value(approve, "revision")}`;
  const begun = recall(key);
  const spans = fromJson(data.comment, begun ?? JSON.parse(first));
  const show = (/** @type {Span[]} */ now) => {
    const pieces = piecesOf(data.comment, now);
    allow(anythingLeft(pieces));
    void preview.show(pieces).then((facts) => facts && tellFacts(facts, preview));
  };
  const keep = (/** @type {Span[]} */ now) => {
    const said = toJson(data.comment, now);
    const same = JSON.stringify(said) === JSON.stringify(JSON.parse(first));
    field(approve, "spans").value = same ? "" : JSON.stringify(said);
    remember(key, said);
    show(now);
  };
  const parts = {
    words,
    cut: need("cut", HTMLButtonElement),
    mask: need("mask", HTMLButtonElement),
    clear: need("clear", HTMLButtonElement),
    label: need("mask-label", HTMLSelectElement),
  };
  const started = new Marking(parts, data.comment, spans, keep);
  started.start();
  preview.start();
  if (begun) keep(spans);
  else show(spans);
  if (document.activeElement === document.body) words.focus({ preventScroll: true });
  return started;
}

/** @param {boolean} can */
function allow(can) {
  need("approve-button", HTMLButtonElement).disabled = !can;
  need("trouble", HTMLElement).textContent = can ? "" : say("nothingLeft");
}

/** @param {import("./preview.js").Facts} facts @param {Preview} preview */
function tellFacts({ seconds, metres, pages }, preview) {
  const told = [say("seconds", { n: seconds }), say("readable", { n: metres })];
  if (pages > 1) told.push(say("pages", { n: pages }));
  need("preview-facts", HTMLElement).replaceChildren(...told.map(line));
  const turn = need("turn", HTMLButtonElement);
  const number = (/** @type {number} */ page) => {
    turn.textContent = say("turn", { page: page + 1, pages });
  };
  need("turns", HTMLElement).hidden = pages < 2;
  turn.onclick = () => number(preview.turn());
  number(0);
}

/** @param {string} text */
function line(text) {
  const element = document.createElement("li");
  element.textContent = text;
  return element;
}

function startQueue() {
  const newer = find("newer", HTMLElement);
  if (newer) watchNewer(newer);
  uncover(document.querySelector(".queue li [aria-current]"));
  find("next", HTMLButtonElement)?.addEventListener("click", () => browse(1));
  find("previous", HTMLButtonElement)?.addEventListener("click", () => browse(-1));
}

/** Scrolls the queue, never the page. @param {Element | null} line */
function uncover(line) {
  const queue = line?.closest(".queue");
  if (!line || !queue) return;
  const below = line.getBoundingClientRect().bottom - queue.getBoundingClientRect().bottom;
  if (below > 0) queue.scrollTop += below;
}

/** @param {1 | -1} way */
function browse(way) {
  const lines = [...document.querySelectorAll(".queue li a")];
  const here = lines.findIndex((each) => each.getAttribute("aria-current") === "true");
  const beyond = find(way > 0 ? "later" : "earlier", HTMLAnchorElement);
  const wanted = lines[here + way] ?? beyond;
  if (wanted instanceof HTMLAnchorElement) leaveFor(wanted.href);
  else tell(say(way > 0 ? "last" : "firstHere"));
}

function startDecisions() {
  const undo = find("undo", HTMLFormElement);
  const toast = undo?.querySelector("span");
  if (undo && toast) {
    setTimeout(() => tell(toast.textContent ?? ""), 300);
    countDown(toast, () => undo.querySelector("button")?.remove());
  }
  find("help", HTMLButtonElement)?.addEventListener("click", () => dialog?.showModal());
  const box = find("single-keys", HTMLInputElement);
  if (box) offerSwitch(box);
  document.addEventListener("pointerdown", ({ target }) => {
    if (menu?.open && target instanceof Node && !menu.contains(target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeMenu();
    if (event.key === "z" && (event.ctrlKey || event.metaKey) && !event.shiftKey) marking?.back();
  });
  listen({ ...decisions(), ...digits() });
}

function decisions() {
  return {
    a: () => press("#approve button"),
    r: openMenu,
    s: () => press("#set-aside button"),
    u: () => press("#undo button"),
    j: () => browse(1),
    k: () => browse(-1),
    x: () => marking?.cut(),
    m: () => marking?.mask(),
    "?": () => dialog?.showModal(),
  };
}

function digits() {
  const buttons = [...document.querySelectorAll("#reject [data-digit]")];
  return Object.fromEntries(
    buttons.map((button) => [
      button.getAttribute("data-digit"),
      () => menu?.open && button instanceof HTMLElement && button.click(),
    ]),
  );
}

function openMenu() {
  if (!menu) return;
  menu.open = true;
  menu.querySelector("button")?.focus();
}

function closeMenu() {
  if (!menu?.open) return;
  menu.open = false;
  menu.querySelector("summary")?.focus();
}

/** @param {string} selector of a button */
function press(selector) {
  const button = document.querySelector(selector);
  if (button instanceof HTMLButtonElement) button.click();
}

/** @param {HTMLFormElement} form @param {string} name */
function field(form, name) {
  return /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
}

/** @param {HTMLFormElement} form @param {string} name */
function value(form, name) {
  return field(form, name).value;
}
