// The order of a playlist by drag; buttons and Alt with an arrow do the same without a pointer.

import { need } from "./find.js";

const list = need("scenes", HTMLElement);
const form = need("order", HTMLFormElement);
/** @type {HTMLElement | null} */
let dragged = null;

for (const item of list.children) {
  if (!(item instanceof HTMLElement)) continue;
  item.draggable = true;
  item.addEventListener("dragstart", (event) => {
    dragged = item;
    item.dataset.dragged = "";
    event.dataTransfer?.setData("text/plain", placeOf(item).toString());
  });
  item.addEventListener("dragend", () => {
    delete item.dataset.dragged;
    dragged = null;
  });
  item.addEventListener("dragover", (event) => over(event, item));
  item.addEventListener("drop", (event) => drop(event, item));
  item.addEventListener("keydown", (event) => move(event, item));
}

/** @param {DragEvent} event @param {HTMLElement} item */
function over(event, item) {
  if (!dragged) return;
  event.preventDefault();
  for (const each of list.children) if (each instanceof HTMLElement) delete each.dataset.target;
  if (item !== dragged) item.dataset.target = placeOf(item) < placeOf(dragged) ? "above" : "below";
}

/** @param {DragEvent} event @param {HTMLElement} item */
function drop(event, item) {
  if (!dragged || item === dragged) return;
  event.preventDefault();
  field("from").value = `${placeOf(dragged)}`;
  field("to").value = `${placeOf(item)}`;
  form.requestSubmit();
}

/** @param {KeyboardEvent} event @param {HTMLElement} item */
function move(event, item) {
  const way = { ArrowUp: "up", ArrowDown: "down" }[event.key];
  if (!event.altKey || !way) return;
  const button = item.querySelector(`button[name="${way}"]`);
  if (!(button instanceof HTMLButtonElement) || button.disabled) return;
  event.preventDefault();
  button.click();
}

/** @param {HTMLElement} item */
function placeOf(item) {
  return [...list.children].indexOf(item);
}

/** @param {string} name */
function field(name) {
  return /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
}
