// First start with no answer from the server yet: what this is, where it asks, what it waits for.
/** @import { Caption, Context } from "../types.d.ts" */

import { calm } from "./calm.js";

/** @param {null} _body @param {Context} context */
export function render(_body, { say, address }) {
  return calm(say("waiting.title"), say("waiting.text", { address }));
}

/** @returns {Caption} */
export function caption() {
  return { title: null, subtitle: null, foot: [] };
}
