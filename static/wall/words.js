// The wall's own words in the screen's language, over the English of words.json.
/** @import { Say } from "./types.d.ts" */

/** No line begins with a dash. */
const BEFORE_A_DASH = / (?=[–—] )/g;

/**
 * `say(key, params)`: a text "one|other" is chosen by `n`; {names} are filled with what is handed in.
 * @param {Record<string, string>} texts @param {Record<string, string>} english
 * @param {(n: number) => "one" | "other"} plural @returns {Say}
 */
export function createSay(texts, english, plural) {
  return (key, params = {}) => {
    const text = texts[key] ?? english[key] ?? key;
    const count = Number(params.count ?? params.n ?? 1);
    return filled(chosen(text, plural(count)).replaceAll(BEFORE_A_DASH, "\u00a0"), params);
  };
}

/** @param {string} text @param {"one" | "other"} form */
function chosen(text, form) {
  const [one, other = one] = text.split("|");
  return form === "one" ? one : other;
}

/** @param {string} text @param {Record<string, string | number>} params */
function filled(text, params) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => `${params[name] ?? whole}`);
}
