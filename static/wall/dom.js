// Making elements without markup: text is only ever set as text.

const SVG = "http://www.w3.org/2000/svg";

/**
 * @param {string} tag @param {string} name class names @param {...(Node | string | null)} children
 * @returns {HTMLElement}
 */
export function el(tag, name, ...children) {
  const element = document.createElement(tag);
  if (name) element.className = name;
  element.append(...present(children));
  return element;
}

/**
 * @param {string} tag @param {Record<string, string | number>} attributes
 * @param {...(Node | string | null)} children @returns {SVGElement}
 */
export function svg(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, `${value}`);
  element.append(...present(children));
  return element;
}

/**
 * A sentence with nodes in the places of its {names}.
 * @param {string} text @param {Record<string, Node[]>} parts @returns {Node[]}
 */
export function fill(text, parts) {
  return text.split(/(\{\w+\})/).flatMap((part) => {
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    return name && parts[name] ? parts[name] : [document.createTextNode(part)];
  });
}

/** Parts of a line with a middle dot between them; empty parts leave no dot. @param {(Node | string | null)[]} parts @returns {Node[]} */
export function dotted(parts) {
  return present(parts).flatMap((part, place) => [
    ...(place > 0 ? [el("span", "dot", "·")] : []),
    typeof part === "string" ? document.createTextNode(part) : part,
  ]);
}

/** @param {(Node | string | null)[]} children */
function present(children) {
  return /** @type {(Node | string)[]} */ (
    children.filter((child) => child !== null && child !== "")
  );
}
