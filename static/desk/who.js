// Who is named beside the words, where the consent leaves a choice.

import { find } from "./find.js";

/** @type {() => HTMLSelectElement | null} */
export const whoField = () => find("who", HTMLSelectElement);

/** As what is sent says it: nothing where the usual name is chosen. @returns {{ who?: string }} */
export function whoSent() {
  const who = whoField()?.value;
  return who ? { who } : {};
}

/** As the wall will name the customer; without a choice as the quote does. @param {any} usual */
export function whoShown(usual) {
  const chosen = whoField()?.selectedOptions[0];
  if (!chosen) return usual;
  const { kind } = chosen.dataset;
  return { kind, text: kind === "customer" ? null : chosen.text };
}
