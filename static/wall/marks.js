// Quotation marks as each language writes them, and where their ink hangs on the line.

/** @typedef {{ open: string, close: string, hang: "high" | "middle" | "low" }} Marks */

const NARROW = "\u202f";
/** @type {Record<string, Marks>} */
const MARKS = {
  sv: { open: "”", close: "”", hang: "high" },
  fi: { open: "”", close: "”", hang: "high" },
  da: { open: "»", close: "«", hang: "middle" },
  nb: { open: "«", close: "»", hang: "middle" },
  nn: { open: "«", close: "»", hang: "middle" },
  no: { open: "«", close: "»", hang: "middle" },
  de: { open: "„", close: "“", hang: "low" },
  pl: { open: "„", close: "”", hang: "low" },
  fr: { open: `«${NARROW}`, close: `${NARROW}»`, hang: "middle" },
};
/** @type {Marks} */
const ENGLISH = { open: "“", close: "”", hang: "high" };

/** @param {string | null} language of the quote @param {string} locale of the screen, when the quote's is unknown @returns {Marks} */
export function quotationMarks(language, locale) {
  const base = (language ?? locale).split("-")[0].toLowerCase();
  return MARKS[base] ?? ENGLISH;
}
