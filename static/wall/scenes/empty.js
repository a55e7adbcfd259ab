// Linked and in order, but nothing has been published for this wall yet.
/** @import { Caption, Context } from "../types.d.ts" */

import { calm } from "./calm.js";

/** @param {null} _body @param {Context} context */
export function render(_body, { say }) {
  return calm(say("empty.title"), say("empty.text"));
}

/** @param {null} _body @param {Context} context @returns {Caption} */
export function caption(_body, { programme }) {
  return { title: programme.title, subtitle: programme.screen.site, foot: [] };
}
