// Editing what hangs: the customer's words, marked as on the review page, beside the wall as it would be.
/** @import { Span } from "./spans.js" */

import { tellFacts, tellUnfit } from "./facts.js";
import { need } from "./find.js";
import { Marking } from "./marking.js";
import { Preview } from "./preview.js";
import { fromJson, piecesOf, toJson, unfit } from "./spans.js";
import { say } from "./texts.js";
import { whoField, whoSent, whoShown } from "./who.js";

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
const marking = new Marking(parts, data.comment, spans, data.keys, show);
/** @type {Span[]} */
let marked = spans;

marking.start();
preview.start();
show(spans);
whoField()?.addEventListener("change", () => show(marked));
document.addEventListener("keydown", (event) => {
  if (event.key === "z" && (event.ctrlKey || event.metaKey) && !event.shiftKey) marking.back();
});

/** @param {Span[]} now */
function show(now) {
  marked = now;
  const pieces = piecesOf(data.comment, now);
  const why = unfit(pieces);
  const field = /** @type {HTMLInputElement} */ (form.elements.namedItem("spans"));
  field.value = JSON.stringify({
    ...toJson(data.comment, now),
    ...whoSent(),
  });
  need("save", HTMLButtonElement).disabled = why !== "";
  need("trouble", HTMLElement).textContent = why && say(why);
  tellUnfit(why && say(why));
  void preview
    .show({ ...data.body, who: whoShown(data.body.who) }, pieces)
    .then((facts) => facts && tellFacts(facts, preview));
}
