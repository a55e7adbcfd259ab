// Cuts and masks over a comment that stays untouched: the same rules as signage/core/verbatim.py, held
// together by tests/vectors/verbatim.json. Outside this module spans are UTF-16 offsets, as the page
// has them; what is sent and received counts code points, as Python does.
/** @import { MaskLabel, Piece } from "../wall/types.d.ts" */

import { wordsIn } from "../wall/pages.js";

/** @typedef {{ start: number, end: number, label: string | null }} Span no label is a cut */
/** @typedef {{ cuts?: { start: number, end: number }[], masks?: { start: number, end: number, label: string }[] }} Revision */

/** @param {string} comment @param {Revision} revision @returns {Span[]} */
export function fromJson(comment, { cuts = [], masks = [] }) {
  const units = unitsOf(comment);
  const last = units.length - 1;
  const placed = (/** @type {number} */ at) => units[Math.min(Math.max(at, 0), last)];
  return [...cuts.map((cut) => ({ ...cut, label: null })), ...masks]
    .filter(({ start, end }) => start < end)
    .map(({ start, end, label }) => ({ start: placed(start), end: placed(end), label }));
}

/** @param {string} comment @param {Span[]} spans @returns {Required<Revision>} */
export function toJson(comment, spans) {
  const points = (/** @type {number} */ unit) => [...comment.slice(0, unit)].length;
  const counted = spans.map(({ start, end, label }) => ({
    start: points(start),
    end: points(end),
    label,
  }));
  return {
    cuts: counted.flatMap(({ start, end, label }) => (label === null ? [{ start, end }] : [])),
    masks: counted.flatMap(({ start, end, label }) =>
      label === null ? [] : [{ start, end, label }],
    ),
  };
}

/** What is shown, in order. @param {string} comment @param {Span[]} spans @returns {Piece[]} */
export function piecesOf(comment, spans) {
  /** @type {Piece[]} */
  const shown = [];
  let at = 0;
  for (const { start, end, label } of hiddenIn(comment, spans)) {
    if (at < start) shown.push({ kind: "words", text: comment.slice(at, start) });
    shown.push(
      label === null ? { kind: "cut" } : { kind: "mask", label: /** @type {MaskLabel} */ (label) },
    );
    at = end;
  }
  if (at < comment.length) shown.push({ kind: "words", text: comment.slice(at) });
  return shown;
}

/** The spans in force: on whole characters, in order, none overlapping, neighbours joined. @param {string} comment @param {Span[]} spans @returns {Span[]} */
export function hiddenIn(comment, spans) {
  return joined(comment, united(snapped(comment, spans)));
}

/** Whether any words are left to show. @param {Piece[]} pieces */
export function anythingLeft(pieces) {
  return pieces.some((piece) => piece.kind === "words" && piece.text.trim() !== "");
}

/** As signage/core/verbatim.py has them. */
const MOST_WORDS = 200;
const MOST_CHARACTERS = 1500;

/** @typedef {"" | "nothingLeft" | "tooManyWords" | "tooManyCharacters"} Unfit why something cannot hang, as a key of the page's texts */

/** "" where what is left can hang. @param {Piece[]} pieces @returns {Unfit} */
export function unfit(pieces) {
  if (!anythingLeft(pieces)) return "nothingLeft";
  const words = pieces.flatMap((piece) => (piece.kind === "words" ? [piece.text] : []));
  const characters = words.reduce((sum, text) => sum + [...text].length, 0);
  if (wordsIn(pieces) > MOST_WORDS) return "tooManyWords";
  return characters > MOST_CHARACTERS ? "tooManyCharacters" : "";
}

/** Hides a stretch, in place of whatever hid any of it. @param {Span[]} spans @param {Span} span @returns {Span[]} */
export function hide(spans, span) {
  return [...restore(spans, span), span].sort((a, b) => a.start - b.start);
}

/** Shows a stretch again. @param {Span[]} spans @param {{ start: number, end: number }} stretch @returns {Span[]} */
export function restore(spans, { start, end }) {
  return spans.flatMap((span) =>
    [
      { ...span, end: Math.min(span.end, start) },
      { ...span, start: Math.max(span.start, end) },
    ].filter((part) => part.start < part.end),
  );
}

/** Whether a stretch is hidden all through, white space aside. @param {string} comment @param {Span[]} spans @param {{ start: number, end: number }} stretch */
export function isHidden(comment, spans, { start, end }) {
  const here = hiddenIn(comment, spans).filter((span) => span.start < end && span.end > start);
  let at = start;
  for (const span of here) {
    if (comment.slice(at, Math.max(at, span.start)).trim()) return false;
    at = span.end;
  }
  return here.length > 0 && !comment.slice(at, Math.max(at, end)).trim();
}

/** The UTF-16 offset of each code point, and the end. @param {string} comment */
function unitsOf(comment) {
  const units = [0];
  for (const character of comment) units.push((units.at(-1) ?? 0) + character.length);
  return units;
}

/** Half an emoji or a bare accent never shows. @param {string} comment @param {Span[]} spans */
function snapped(comment, spans) {
  if (!spans.length) return [];
  const segments = new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(comment);
  return spans
    .filter(({ start, end }) => start < Math.min(end, comment.length))
    .map((span) => {
      const start = segments.containing(span.start)?.index ?? 0;
      const last = segments.containing(Math.min(span.end, comment.length) - 1);
      return { ...span, start, end: last ? last.index + last.segment.length : span.end };
    })
    .sort((a, b) => a.start - b.start || a.end - b.end);
}

/** Spans that overlap are one: a cut wins, masks that disagree are "other". @param {Span[]} spans */
function united(spans) {
  /** @type {Span[]} */
  const apart = [];
  for (const span of spans) {
    const before = apart.at(-1);
    if (!before || span.start >= before.end) apart.push({ ...span });
    else {
      before.label = common(before.label, span.label);
      before.end = Math.max(before.end, span.end);
    }
  }
  return apart;
}

/** @param {string | null} one @param {string | null} two */
function common(one, two) {
  if (one === null || two === null) return null;
  return one === two ? one : "other";
}

/** Cuts with nothing but white space between them, or outside them, are one. @param {string} comment @param {Span[]} spans */
function joined(comment, spans) {
  /** @type {Span[]} */
  const whole = [];
  for (const span of spans) join(comment, whole, span);
  const last = whole.at(-1);
  if (last?.label === null && isBlank(comment, last.end)) last.end = comment.length;
  return whole;
}

/** @param {string} comment @param {Span[]} whole @param {Span} span */
function join(comment, whole, span) {
  const before = whole.at(-1);
  const joins = span.label === null && isBlank(comment, before?.end ?? 0, span.start);
  if (!joins) whole.push(span);
  else if (!before) whole.push({ ...span, start: 0 });
  else if (before.label === null) before.end = span.end;
  else whole.push(span);
}

/** @param {string} comment @param {number} start @param {number} [end] */
function isBlank(comment, start, end) {
  return !comment.slice(start, end).trim();
}
