// Editing what hangs: the customer's words, marked as on the review page, beside the wall as it would be.
/** @import { Span } from "./spans.js" */

import { find, need } from "./find.js";
import { Marking } from "./marking.js";
import { Preview } from "./preview.js";
import { fromJson, piecesOf, toJson, unfit } from "./spans.js";
import { say } from "./texts.js";

/** Here only the marking has keys, and they are not remapped. */
const KEYS = { cut: "x", mask: "m" };

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
const who = find("who", HTMLSelectElement);
const marking = new Marking(parts, data.comment, spans, KEYS, show);
/** @type {Span[]} */
let marked = spans;

marking.start();
preview.start();
show(spans);
who?.addEventListener("change", () => show(marked));
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
    ...(who?.value ? { who: who.value } : {}),
  });
  need("save", HTMLButtonElement).disabled = why !== "";
  need("trouble", HTMLElement).textContent = why && say(why);
  void preview
    .show({ ...data.body, ...named() }, pieces)
    .then((facts) => facts && tellFacts(facts));
}

/** @param {import("./preview.js").Facts} facts */
function tellFacts({ seconds, metres, pages }) {
  const told = [say("seconds", { n: seconds }), say("readable", { n: metres })];
  if (pages > 1) told.push(say("pages", { n: pages }));
  const lines = told.map((text) =>
    Object.assign(document.createElement("li"), { textContent: text }),
  );
  need("preview-facts", HTMLElement).replaceChildren(...lines);
}

/** Who is named, as chosen. */
function named() {
  const chosen = who?.selectedOptions[0];
  const kind = chosen?.dataset.kind;
  return kind ? { who: { kind, text: kind === "customer" ? null : chosen.text } } : {};
}
