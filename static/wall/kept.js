// What takes a browser long to make is made when it is first asked for, and kept.

/**
 * The same function, which makes each thing once.
 * @template {string[]} A @template T @param {(...asked: A) => T} make @returns {(...asked: A) => T}
 */
export function kept(make) {
  /** @type {Map<string, T>} */
  const made = new Map();
  return (...asked) => {
    const key = asked.join(" ");
    const had = made.get(key);
    if (had !== undefined) return had;
    const thing = make(...asked);
    made.set(key, thing);
    return thing;
  };
}
