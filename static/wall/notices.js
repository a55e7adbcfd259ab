// When a notice shows, which one takes over, and whether this screen is meant. Pure; vectors:
// tests/vectors/shows.json and targets.json.
/** @import { Feeds, Item, Notice, Programme } from "./types.d.ts" */

/** Stands for the screens that are in no group. */
const NO_GROUP = 0;

/** @param {Notice} notice @param {number} now ms */
export function isDue({ from, until }, now) {
  return from <= now && (until === null || now < until);
}

/** @param {Item | null} item @returns {item is Notice} */
export function takesOver(item) {
  return (item?.kind === "notice" || item?.kind === "takeover") && item.takes_over;
}

/** Whether what is for some screens only is for this one. @param {Notice["for"]} target @param {Programme["screen"]} screen */
export function isMeant(target, screen) {
  if (target == null) return true;
  const { screens = [], groups = [] } = target;
  return screens.includes(Number(screen.id)) || groups.includes(screen.group ?? NO_GROUP);
}

/** The notice that hangs alone just now: an urgent one, then the latest of several; null where none does. @param {Programme} programme @param {Feeds} feeds @param {number} now ms @returns {{ feed: string, notice: Notice } | null} */
export function takeover({ screen }, feeds, now) {
  const all = Object.entries(feeds).flatMap(([feed, { items }]) =>
    Object.values(items).flatMap((item) =>
      takesOver(item) && isDue(item, now) && isMeant(item.for, screen)
        ? [{ feed, notice: item }]
        : [],
    ),
  );
  const later = (/** @type {Notice} */ a, /** @type {Notice} */ b) =>
    Number(b.urgent ?? false) - Number(a.urgent ?? false) ||
    b.from - a.from ||
    (a.id < b.id ? 1 : -1);
  return all.sort((a, b) => later(a.notice, b.notice))[0] ?? null;
}

/** When a notice next begins or ends; null where none does. @param {Feeds} feeds @param {number} now ms */
export function nextOf(feeds, now) {
  const times = Object.values(feeds).flatMap(({ items }) =>
    Object.values(items).flatMap((item) =>
      item.kind === "notice" || item.kind === "takeover" ? [item.from, item.until ?? 0] : [],
    ),
  );
  const ahead = times.filter((time) => time > now);
  return ahead.length ? Math.min(...ahead) : null;
}
