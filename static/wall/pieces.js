// A customer's words as approved: what was cut is shown as cut, what is masked says what it hides.
/** @import { Piece, Say } from "./types.d.ts" */

import { el } from "./dom.js";

/** @param {Piece[]} pieces @param {Say} say @returns {Node[]} */
export function piecesOf(pieces, say) {
  return pieces.flatMap((piece, place) => {
    if (piece.kind === "words") return [document.createTextNode(piece.text)];
    if (piece.kind === "mask") return [mask(say(`mask.${piece.label}`))];
    return spaced(cut(say), pieces[place - 1], pieces[place + 1]);
  });
}

/** @param {string} word */
function mask(word) {
  return el("span", "mask", word);
}

/** @param {Say} say */
function cut(say) {
  const sign = el("span", "cut", "[…]");
  sign.setAttribute("role", "img");
  sign.setAttribute("aria-label", say("quote.cut"));
  return sign;
}

/** A cut never sticks to a word. @param {Node} sign @param {Piece | undefined} before @param {Piece | undefined} after @returns {Node[]} */
function spaced(sign, before, after) {
  const space = () => document.createTextNode(" ");
  return [
    ...(before?.kind === "words" && !/\s$/.test(before.text) ? [space()] : []),
    sign,
    ...(after?.kind === "words" && /^[\p{L}\p{N}]/u.test(after.text) ? [space()] : []),
  ];
}
