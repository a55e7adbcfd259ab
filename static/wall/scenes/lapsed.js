// There are customers' words, but nobody could take them down: the lease has ended.
/** @import { Context } from "../types.d.ts" */

import { calm } from "./calm.js";

/** @param {null} _body @param {Context} context */
export function render(_body, { say }) {
  return calm(say("lapsed.title"), say("lapsed.text"));
}
