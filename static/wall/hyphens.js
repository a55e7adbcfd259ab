// Where a long word may break when it is wider than the wall: kiosks have no hyphenation dictionaries.

const LONG = 14;
/** Letters that stay together at each end. */
const ENDS = 4;
const SOFT_HYPHEN = "\u00ad";
const SYLLABLE = /([aeiouyåäöæøüéèêáíóúœ])(?=[bcdfghjklmnpqrstvwxzßçñ][aeiouyåäöæøüéèêáíóúœ])/giu;
const TWO_CONSONANTS =
  /([aeiouyåäöæøüéèêáíóúœ][bcdfghjklmnpqrstvwxzßçñ])(?=[bcdfghjklmnpqrstvwxz][aeiouyåäöæøüéèêáíóúœ])/giu;

/** Soft hyphens between the syllables of long words that are too wide; they are seen only where a line breaks. @param {string} text @param {(word: string) => boolean} isWide as it stands between spaces */
export function soften(text, isWide) {
  return text.replace(/\S+/gu, (word) =>
    word.length < LONG || !isWide(word)
      ? word
      : word.replace(/\p{L}+/gu, (part) => (part.length < LONG ? part : broken(part))),
  );
}

/** The last word, when it is short, keeps to the one before it: no line of its own. @param {string} text */
export function glued(text) {
  return text.replace(/(\S+\s+\S+\s+\S+)[ ](\S{1,8})\s*$/u, "$1\u00a0$2");
}

/** @param {string} word */
function broken(word) {
  const middle = word.slice(ENDS, -ENDS);
  const soft = middle
    .replace(TWO_CONSONANTS, `$1${SOFT_HYPHEN}`)
    .replace(SYLLABLE, `$1${SOFT_HYPHEN}`);
  return word.slice(0, ENDS) + soft + word.slice(-ENDS);
}
