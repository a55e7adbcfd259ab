// When a notice shows, and which one takes over. Pure; vectors: tests/vectors/shows.json.
/** @import { Feeds, Notice } from "./types.d.ts" */

/** @param {Notice} notice @param {number} now ms */
export function isDue({ from, until }, now) {
  return from <= now && (until === null || now < until);
}

/** The notice that hangs alone just now, the latest of several; null where none does. @param {Feeds} feeds @param {number} now ms @returns {{ feed: string, notice: Notice } | null} */
export function takeover(feeds, now) {
  const all = Object.entries(feeds).flatMap(([feed, { items }]) =>
    Object.values(items).flatMap((item) =>
      item.kind === "notice" && item.takes_over && isDue(item, now) ? [{ feed, notice: item }] : [],
    ),
  );
  const later = (/** @type {Notice} */ a, /** @type {Notice} */ b) =>
    b.from - a.from || (a.id < b.id ? 1 : -1);
  return all.sort((a, b) => later(a.notice, b.notice))[0] ?? null;
}

/** When a notice next begins or ends; null where none does. @param {Feeds} feeds @param {number} now ms */
export function nextOf(feeds, now) {
  const times = Object.values(feeds).flatMap(({ items }) =>
    Object.values(items).flatMap((item) =>
      item.kind === "notice" ? [item.from, item.until ?? 0] : [],
    ),
  );
  const ahead = times.filter((time) => time > now);
  return ahead.length ? Math.min(...ahead) : null;
}
