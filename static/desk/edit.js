// Editing what hangs: the customer's words, marked as on the review page, beside the wall as it would be.
/** @import { Span } from "./spans.js" */

import { need } from "./find.js";
import { Marking } from "./marking.js";
import { Preview } from "./preview.js";
import { anythingLeft, fromJson, piecesOf, toJson } from "./spans.js";
import { say } from "./texts.js";

const words = need("words", HTMLElement);
const form = need("edit", HTMLFormElement);
const data = JSON.parse(need("preview-data", HTMLElement).textContent ?? "");
const preview = new Preview(need("preview", HTMLElement), data);
const spans = fromJson(data.comment, JSON.parse(words.dataset.spans ?? "{}"));
const parts = {
  words,
  cut: need("cut", HTMLButtonElement),
  mask: need("mask", HTMLButtonElement),
  clear: need("clear", HTMLButtonElement),
  label: need("mask-label", HTMLSelectElement),
};
const marking = new Marking(parts, data.comment, spans, show);

marking.start();
preview.start();
show(spans);
document.addEventListener("keydown", (event) => {
  if (event.key === "z" && (event.ctrlKey || event.metaKey) && !event.shiftKey) marking.back();
});

/** @param {Span[]} now */
function show(now) {
  const pieces = piecesOf(data.comment, now);
  const can = anythingLeft(pieces);
  const field = /** @type {HTMLInputElement} */ (form.elements.namedItem("spans"));
  field.value = JSON.stringify(toJson(data.comment, now));
  need("save", HTMLButtonElement).disabled = !can;
  need("trouble", HTMLElement).textContent = can ? "" : say("nothingLeft");
  void preview.show(pieces);
}
