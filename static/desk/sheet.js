// The customer's words on the page: drawn over the untouched text, and chosen in it.
/** @import { Span } from "./spans.js" */
/** @import { Stretch } from "./wordwise.js" */

import { hiddenIn } from "./spans.js";

/** Above these many characters the words are set smaller. */
const LONG = 420;
const VERY_LONG = 1200;
/** So much of the window is no place to read at its edges, px. */
const COVERED = 96;

/** @param {HTMLElement} root @param {string} comment @param {Span[]} spans @param {Record<string, string>} labels */
export function draw(root, comment, spans, labels) {
  root.classList.toggle("is-long", comment.length > LONG);
  root.classList.toggle("is-very-long", comment.length > VERY_LONG);
  /** @type {Node[]} */
  const nodes = [];
  let at = 0;
  for (const { start, end, label } of hiddenIn(comment, spans)) {
    nodes.push(document.createTextNode(comment.slice(at, start)));
    nodes.push(hidden(comment.slice(start, end), label, labels));
    at = end;
  }
  nodes.push(document.createTextNode(comment.slice(at)));
  root.replaceChildren(...nodes);
}

/** Where the page's selection stands in the text; null when it is elsewhere. @param {HTMLElement} root @returns {Stretch | null} */
export function selectedIn(root) {
  const selection = getSelection();
  if (!selection?.rangeCount) return null;
  const range = selection.getRangeAt(0);
  if (!root.contains(range.startContainer) || !root.contains(range.endContainer)) return null;
  const start = offsetOf(root, range.startContainer, range.startOffset);
  return { start, end: start + range.toString().length };
}

/** @param {HTMLElement} root @param {Stretch} stretch */
export function select(root, stretch) {
  const range = rangeOf(root, stretch);
  getSelection()?.setBaseAndExtent(
    range.startContainer,
    range.startOffset,
    range.endContainer,
    range.endOffset,
  );
}

/** @param {HTMLElement} root @param {Stretch} stretch */
export function rangeOf(root, { start, end }) {
  const range = document.createRange();
  const [from, to] = [pointAt(root, start, false), pointAt(root, end, true)];
  range.setStart(from.node, from.offset);
  range.setEnd(to.node, to.offset);
  return range;
}

/** Scrolls a stretch that is out of sight to the middle; the bar at the end covers the last lines. @param {HTMLElement} root @param {Stretch} stretch */
export function uncover(root, stretch) {
  const { top, bottom } = rangeOf(root, stretch).getBoundingClientRect();
  if (top < COVERED || bottom > innerHeight - COVERED)
    scrollBy({ top: (top + bottom - innerHeight) / 2, behavior: "instant" });
}

/** @param {string} text @param {string | null} label @param {Record<string, string>} labels */
function hidden(text, label, labels) {
  const element = document.createElement(label === null ? "s" : "mark");
  element.className = label === null ? "struck" : "masked";
  if (label !== null) element.dataset.says = labels[label] ?? label;
  element.textContent = text;
  return element;
}

/** @param {HTMLElement} root @param {Node} node @param {number} offset */
function offsetOf(root, node, offset) {
  const before = document.createRange();
  before.setStart(root, 0);
  before.setEnd(node, offset);
  return before.toString().length;
}

/** At a border between two runs, a start belongs to the later and an end to the earlier. @param {HTMLElement} root @param {number} at @param {boolean} ends @returns {{ node: Node, offset: number }} */
function pointAt(root, at, ends) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  let left = at;
  /** @type {Node} */
  let last = root;
  while (walker.nextNode()) {
    last = walker.currentNode;
    const length = last.nodeValue?.length ?? 0;
    if (left < length || (ends && left === length)) return { node: last, offset: left };
    left -= length;
  }
  return { node: last, offset: last === root ? 0 : (last.nodeValue?.length ?? 0) };
}
