// Choosing whole words of a text, by pointer or by key.

/** @typedef {{ start: number, end: number }} Stretch UTF-16 offsets */

const ENDS_SENTENCE = /[.!?…]["”»’')\]]*\s*$/u;
const STOP = /^[.!?…]+["”»’')\]]*/u;

/** Words as a reader sees them; emoji count. @param {string} text @param {string | undefined} locale @returns {Stretch[]} */
export function wordsOf(text, locale) {
  const segments = [...segmenter(locale).segment(text)];
  return segments
    .filter(({ segment, isWordLike }) => isWordLike || /\p{Extended_Pictographic}/u.test(segment))
    .map(({ segment, index }) => ({ start: index, end: index + segment.length }));
}

/** Characters as a reader sees them, white space aside. @param {string} text @returns {Stretch[]} */
export function charactersOf(text) {
  const segments = [...new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(text)];
  return segments
    .filter(({ segment }) => segment.trim())
    .map(({ segment, index }) => ({ start: index, end: index + segment.length }));
}

/**
 * A stretch grown to whole words, without white space at its ends. Whole sentences take their full stop
 * along. Null where nothing but white space is chosen.
 * @param {string} text @param {Stretch[]} words @param {Stretch} stretch @returns {Stretch | null}
 */
export function wholeWords(text, words, { start, end }) {
  const first = words.find((word) => word.start < start && start < word.end);
  const last = words.find((word) => word.start < end && end < word.end);
  const grown = { start: first?.start ?? start, end: last?.end ?? end };
  const chosen = text.slice(grown.start, grown.end);
  if (!chosen.trim()) return null;
  grown.start += chosen.length - chosen.trimStart().length;
  grown.end -= chosen.length - chosen.trimEnd().length;
  const before = text.slice(0, grown.start);
  const opens = !before.trim() || ENDS_SENTENCE.test(before);
  const stop = opens ? (STOP.exec(text.slice(grown.end))?.[0].length ?? 0) : 0;
  return { start: grown.start, end: grown.end + stop };
}

/** The word to go to from an offset, in a direction. @param {Stretch[]} words @param {number} at @param {1 | -1} way @returns {number} its place */
export function wordFrom(words, at, way) {
  if (way > 0) {
    const next = words.findIndex((word) => word.start >= at);
    return next < 0 ? words.length - 1 : next;
  }
  return Math.max(
    0,
    words.findLastIndex((word) => word.end <= at),
  );
}

/** What a stretch most likely is, for the mask's label. @param {string} text */
export function likelyLabel(text) {
  const digits = text.replace(/\D/g, "").length;
  if (text.includes("@")) return "email";
  if (digits > 6) return "phone";
  return digits > 0 ? "number" : "name";
}

/** @param {string | undefined} locale */
function segmenter(locale) {
  try {
    return new Intl.Segmenter(locale, { granularity: "word" });
  } catch {
    return new Intl.Segmenter(undefined, { granularity: "word" });
  }
}
