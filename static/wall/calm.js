// Work that measures again and again is cut where it has taken long enough for one task.

import { breath } from "./breath.js";

/** A small computer has a few of them between two frames, ms. */
const LONG_MS = 6;

/** @returns {() => Promise<void> | undefined} to be called between two steps */
export function calmly() {
  let begun = performance.now();
  return () => {
    if (performance.now() - begun < LONG_MS) return undefined;
    return breath().then(() => {
      begun = performance.now();
    });
  };
}
