// A score with its band's shape: "▲ 9 of 10".
/** @import { Format, Said, Say } from "./types.d.ts" */

import { el } from "./dom.js";
import { shape } from "./shapes.js";

/** Null when no score was given. @param {Said} said @param {Say} say @param {Format} format */
export function scoreOf(said, say, format) {
  if (said.score === null) return null;
  const text = say("quote.score", {
    score: format.number(said.score),
    max: format.number(said.scale[1]),
  });
  return el("span", "score", said.band && shape(said.band, say), el("strong", "", text));
}
