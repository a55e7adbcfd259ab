// Digits that choose something, on every keyboard: where the layout writes "&" or "é" on the key of 1 or 2, as
// the French one does, the key itself counts.

/**
 * "" for a key that is no digit's.
 * @param {Pick<KeyboardEvent, "key" | "code" | "shiftKey">} event
 */
export function digitOf({ key, code, shiftKey }) {
  if (/^[0-9]$/.test(key)) return key;
  // With shift it is another character; a longer name is a key such as "End", on a number pad that is no digits now.
  if (shiftKey || [...key].length !== 1) return "";
  return /^(?:Digit|Numpad)([0-9])$/.exec(code)?.[1] ?? "";
}
