// Every wall, or those that are ticked: never both at once. Without it the server asks which was meant.

import { need } from "./find.js";

const where = need("where", HTMLFieldSetElement);

where.addEventListener("change", ({ target }) => {
  if (!(target instanceof HTMLInputElement)) return;
  if (target.type === "checkbox" && target.checked) choose("some");
  if (target.type === "radio" && target.value === "all") untick();
});

/** @param {string} value */
function choose(value) {
  for (const radio of inputs('[name="where"]')) radio.checked = radio.value === value;
}

function untick() {
  for (const box of inputs('[type="checkbox"]')) box.checked = false;
}

/** @param {string} selector @returns {NodeListOf<HTMLInputElement>} */
function inputs(selector) {
  return where.querySelectorAll(selector);
}
