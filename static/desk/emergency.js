// The urgent texts, each on its digit, while the list has the focus: it has it from the start.

import { digitOf } from "./digits.js";
import { need } from "./find.js";

const list = document.getElementById("emergency");

list?.focus();
list?.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  const form = list.querySelector(`form[data-digit="${digitOf(event)}"]`);
  if (!(form instanceof HTMLFormElement)) return;
  event.preventDefault();
  form.requestSubmit(form.querySelector("button"));
});
// What was asked and not confirmed: the digits go on.
need("ask", HTMLDialogElement).addEventListener("close", () => list?.focus());
