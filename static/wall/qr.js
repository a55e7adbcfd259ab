// A QR code as a drawing: dark on light, whatever the theme.

import { svg } from "./dom.js";

/** White around a code, in modules: readers need it. */
const QUIET = 4;

/** @param {string[]} modules rows of 0 and 1 @param {string} label */
export function codeOf(modules, label) {
  const size = modules.length + 2 * QUIET;
  const dark = modules.flatMap((row, y) =>
    [...row.matchAll(/1+/g)].map(
      ({ 0: run, index }) => `M${index + QUIET} ${y + QUIET}h${run.length}v1h-${run.length}z`,
    ),
  );
  return svg(
    "svg",
    { class: "ask-code", viewBox: `0 0 ${size} ${size}`, role: "img", "aria-label": label },
    svg("path", { class: "ask-paper", d: `M0 0h${size}v${size}h-${size}z` }),
    svg("path", { class: "ask-dark", d: dark.join("") }),
  );
}
