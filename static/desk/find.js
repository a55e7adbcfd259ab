// Parts of the page by id, of the kind that is expected there.

/**
 * @template {Element} T
 * @param {string} id @param {new () => T} kind @returns {T | null}
 */
export function find(id, kind) {
  const element = document.getElementById(id);
  return element instanceof kind ? element : null;
}

/**
 * @template {Element} T
 * @param {string} id @param {new () => T} kind @returns {T}
 */
export function need(id, kind) {
  const element = find(id, kind);
  if (!element) throw new Error(`The page lacks #${id}.`);
  return element;
}
