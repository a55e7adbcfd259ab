// What is wrong with a picture on the stage, as it can be measured: `measure(panel)` gives one line each.
/** @import { Panel } from "../../../static/wall/legible.js" */

import { CAPITALS } from "../../../static/wall/legible.js";

const SAFE = 0.05;
/** Letters' own ink, as a part of the font size, inside the box of their line. */
const INK = { above: 0.2, below: 0.12, side: 0.05 };
/** What explains the rest, read from nearer by (legible.js, ARC_MINUTES.aside). */
const ASIDES =
  ".frame-head, .frame-base, .legends, .chart, .tile-about, .stop-standing, .stop-few, " +
  ".metric-meaning, .effect .meta, .mask";
const BODY = ".quote-words";
const ORNAMENT = ".quote-mark, .cut";
/** What is drawn and must be told apart from its ground, and how it is painted. */
const DRAWN = {
  ".bar-part": "backgroundColor",
  ".shape": "color",
  ".chart-line, .chart-edge, .chart-target, .chart-pole, .chart-flag-dot": "stroke",
  ".chart-dot, .stop-dot, .dot-here": "fill",
  ".stop-interval, .dot-wanted, .arrow": "stroke",
  ".frame-dot": "borderTopColor",
  ".frame-line": "backgroundColor",
};
/** What text may not stand on. */
const SOLID = ".bar, .ask-code, .notice-picture, .frame-track, .arrow, .dots";

/** @typedef {{ left: number, right: number, top: number, bottom: number }} Box */
/** @typedef {{ element: Element, text: string, block: Element, size: number, boxes: Box[] }} Written */

/** @param {Omit<Panel, "width" | "height">} panel @returns {string[]} */
export function measure({ diagonalInch, distanceM }) {
  const stage = /** @type {HTMLElement} */ (document.querySelector(".stage"));
  const texts = textsIn(stage);
  const { clientWidth: width, clientHeight: height } = stage;
  const panel = { width, height, diagonalInch, distanceM };
  return [
    ...outside(stage, texts),
    ...cut(stage),
    ...meeting(stage, texts),
    ...small(texts, panel),
    ...pale(stage, texts),
    ...widows(texts),
  ];
}

/** @param {Element} stage @returns {Written[]} */
function textsIn(stage) {
  const walker = document.createTreeWalker(stage, NodeFilter.SHOW_TEXT);
  /** @type {Written[]} */
  const texts = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    const text = node.textContent?.trim() ?? "";
    if (!element || !text || element.closest(ORNAMENT)) continue;
    const style = getComputedStyle(element);
    if (style.visibility === "hidden" || style.display === "none") continue;
    const size = Number.parseFloat(style.fontSize);
    const range = document.createRange();
    range.selectNodeContents(node);
    const frame = shortening(element)?.getBoundingClientRect();
    const boxes = [...range.getClientRects()]
      .map((box) => (frame ? within(box, frame) : box))
      .filter((box) => box.right > box.left && box.bottom > box.top)
      .map(({ left, right, top, bottom }) => ({
        left: left + INK.side * size,
        right: right - INK.side * size,
        top: top + Math.min(INK.above * size, (bottom - top) / 3),
        bottom: bottom - Math.min(INK.below * size, (bottom - top) / 3),
      }));
    if (boxes.length > 0) texts.push({ element, text, block: blockOf(element), size, boxes });
  }
  return texts;
}

/** What shortens its text with an ellipsis where it is too long. @param {Element | null} element @returns {Element | null} */
function shortening(element) {
  if (!element || getComputedStyle(element).textOverflow === "ellipsis") return element;
  return shortening(element.parentElement);
}

/** @param {Box} box @param {Box} frame @returns {Box} */
function within(box, frame) {
  return {
    left: Math.max(box.left, frame.left),
    right: Math.min(box.right, frame.right),
    top: Math.max(box.top, frame.top),
    bottom: Math.min(box.bottom, frame.bottom),
  };
}

/** @param {Element} element @returns {Element} */
function blockOf(element) {
  if (element instanceof SVGElement) return element;
  const inline = getComputedStyle(element).display.startsWith("inline");
  return inline && element.parentElement ? blockOf(element.parentElement) : element;
}

/** @param {Element} stage @param {Written[]} texts */
function outside(stage, texts) {
  const { left, right, top, bottom, width, height } = stage.getBoundingClientRect();
  const [side, edge] = [width * SAFE - 1, height * SAFE - 1];
  const isOut = (/** @type {Box} */ box) =>
    box.left < left + side ||
    box.right > right - side ||
    box.top < top + edge ||
    box.bottom > bottom - edge;
  const solid = [...stage.querySelectorAll(SOLID)].filter((each) =>
    isOut(each.getBoundingClientRect()),
  );
  return [
    ...texts.filter(({ boxes }) => boxes.some(isOut)).map((text) => `outside: ${told(text)}`),
    ...solid.map((each) => `outside: ${each.getAttribute("class")}`),
  ];
}

/** @param {Element} stage */
function cut(stage) {
  return [...stage.querySelectorAll("*")]
    .filter(
      (each) =>
        each instanceof HTMLElement &&
        each.textContent?.trim() &&
        each.clientWidth > 0 &&
        each.scrollWidth > each.clientWidth + 1 &&
        !each.matches(ORNAMENT) &&
        !shortening(each),
    )
    .map((each) => `cut: ${each.className} ${each.scrollWidth} > ${each.clientWidth}`);
}

/** @param {Element} stage @param {Written[]} texts */
function meeting(stage, texts) {
  const found = texts.flatMap((one, place) =>
    texts
      .slice(place + 1)
      .filter((other) => other.block !== one.block && meet(one.boxes, other.boxes))
      .map((other) => `overlap: ${told(one)} / ${told(other)}`),
  );
  for (const solid of stage.querySelectorAll(SOLID)) {
    const box = solid.getBoundingClientRect();
    if (box.width === 0 || box.height === 0) continue;
    for (const text of texts)
      if (!solid.contains(text.element) && meet([box], text.boxes))
        found.push(`overlap: ${solid.getAttribute("class")} / ${told(text)}`);
  }
  return found;
}

/** @param {Box[]} some @param {Box[]} others */
function meet(some, others) {
  return some.some((a) =>
    others.some(
      (b) =>
        Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
        Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1,
    ),
  );
}

/** @param {Written[]} texts @param {Panel} panel */
function small(texts, panel) {
  const perMm = Math.hypot(panel.width, panel.height) / (panel.diagonalInch * 25.4);
  return texts.flatMap((text) => {
    const { fontFamily } = getComputedStyle(text.element);
    const capitals = fontFamily.startsWith("Newsreader") ? CAPITALS.newsreader : CAPITALS.inter;
    const seen = (((text.size * capitals) / perMm) * 21_600) / (6283 * panel.distanceM);
    const least = text.element.closest(ASIDES) ? 10 : text.element.closest(BODY) ? 20 : 16;
    return seen < least - 0.1 ? [`small: ${seen.toFixed(1)}' < ${least}' ${told(text)}`] : [];
  });
}

/** @param {Element} stage @param {Written[]} texts */
function pale(stage, texts) {
  const found = texts.flatMap((text) => {
    const style = getComputedStyle(text.element);
    const ink = text.element instanceof SVGElement ? style.fill : style.color;
    const ratio = contrast(ink, groundOf(text.element));
    return ratio < 7 ? [`pale: ${ratio.toFixed(2)} ${told(text)}`] : [];
  });
  for (const [which, paint] of Object.entries(DRAWN))
    for (const each of stage.querySelectorAll(which)) {
      const ink = getComputedStyle(each)[/** @type {"color"} */ (paint)];
      const ratio = contrast(ink, groundOf(each.parentElement ?? each));
      if (ratio < 3) found.push(`pale: ${ratio.toFixed(2)} ${each.getAttribute("class")}`);
    }
  return [...new Set(found)];
}

/** The first ground behind an element that is not see-through. @param {Element} element @returns {string} */
function groundOf(element) {
  const { backgroundColor } = getComputedStyle(element);
  const clear = backgroundColor === "rgba(0, 0, 0, 0)" || backgroundColor === "transparent";
  return clear && element.parentElement ? groundOf(element.parentElement) : backgroundColor;
}

/** @param {string} ink @param {string} ground */
function contrast(ink, ground) {
  const [light, dark] = [luminance(ink), luminance(ground)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

/** @param {string} colour as computed: rgb(…) */
function luminance(colour) {
  const [r, g, b] = (colour.match(/[\d.]+/g) ?? []).map((part) => {
    const share = Number(part) / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** A last line of one short word, under lines that could have lent it another. @param {Written[]} texts */
function widows(texts) {
  return texts.flatMap((text) => {
    const { element, boxes } = text;
    const node = element.firstChild;
    if (element !== text.block || element.childNodes.length > 1 || boxes.length < 2) return [];
    if (!(node instanceof Text) || text.text.split(/\s+/).length < 4) return [];
    const range = document.createRange();
    range.setStart(node, node.data.trimEnd().search(/\S+$/));
    range.setEnd(node, node.length);
    const [word, last] = [range.getBoundingClientRect(), boxes[boxes.length - 1]];
    const widest = Math.max(...boxes.map((box) => box.right - box.left));
    const alone = word.width < widest / 4 && last.right - last.left <= word.width;
    return alone ? [`widow: ${told(text)}`] : [];
  });
}

/** @param {Written} text */
function told({ element, text, boxes: [box] }) {
  const place = `${Math.round(box.left)},${Math.round(box.top)}`;
  return `${element.getAttribute("class") ?? element.tagName} “${text.slice(0, 40)}” at ${place}`;
}
