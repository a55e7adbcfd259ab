// A link that is no longer good: what to do, and where.
/** @import { Caption, Context } from "../types.d.ts" */

import { calm } from "./calm.js";

/** @param {null} _body @param {Context} context */
export function render(_body, { say, address }) {
  return calm(say("revoked.title"), say("revoked.text", { address }));
}

/** @returns {Caption} */
export function caption() {
  return { title: null, subtitle: null, foot: [] };
}
