// The playlist unrolled into one cycle of turns over what its feeds hold.
/** @import { Feeds, Improvement, Item, Items, PlaylistEntry } from "./types.d.ts" */

import { mosaics } from "./mosaics.js";
import { isDue } from "./notices.js";
import { hasEnded, inOrder, inTurn } from "./taking.js";

/** @typedef {{ scene: string, feed: string, item: Item, dwell?: number | null }} Turn dwell in seconds */

/** What each entry of the playlist has to show. @param {PlaylistEntry[]} playlist @param {Feeds} feeds @param {boolean} leased @param {number} now ms */
export function listsOf(playlist, feeds, leased, now) {
  /** @type {Map<string, Item[]>} */
  const lists = new Map();
  for (const entry of playlist) {
    const { scene, feed } = entry;
    const items = feeds[feed]?.items ?? {};
    if (!lists.has(keyOf(entry))) lists.set(keyOf(entry), listOf(scene, items, leased, now));
  }
  return lists;
}

/** @param {string} scene @param {Items} items @param {boolean} leased @param {number} now @returns {Item[]} */
function listOf(scene, items, leased, now) {
  if (scene !== "mosaic") return showable(scene, items, leased, now);
  return mosaics(showable("quote", items, leased, now));
}

/** @param {PlaylistEntry} entry */
function keyOf({ scene, feed }) {
  return `${scene}:${feed}`;
}

/** In the order of their turns; customers' words only while the lease holds and their time is not over. @param {string} scene @param {Items} items @param {boolean} leased @param {number} now */
function showable(scene, items, leased, now) {
  const own = Object.values(items)
    .filter((item) => item.kind === scene && mayShow(item, leased, now))
    .map((item) => (item.kind === "improvement" ? heard(item, leased, now) : item))
    .sort(inOrder(items));
  return inTurn(own, items, now);
}

/** @param {Item} item @param {boolean} leased @param {number} now */
function mayShow(item, leased, now) {
  if (item.kind === "quote") return speaks(item, leased, now);
  return item.kind !== "notice" || isDue(item, now);
}

/** @param {{ expires_at?: number | null }} said @param {boolean} leased @param {number} now */
function speaks(said, leased, now) {
  return leased && !hasEnded(said, now);
}

/** @param {Improvement} item @param {boolean} leased @param {number} now @returns {Improvement} */
function heard(item, leased, now) {
  return item.said && !speaks(item.said, leased, now) ? { ...item, said: null } : item;
}

/**
 * One cycle: the playlist again and again until the longest list has shown once and every entry had its
 * round, shorter lists rotating. An entry with `every` shows in each so-many-th round, counted `from` 0.
 * @param {PlaylistEntry[]} playlist @param {Map<string, Item[]>} lists @returns {Turn[]}
 */
export function unroll(playlist, lists) {
  const entries = playlist.filter((entry) => entry.count > 0 && lists.get(keyOf(entry))?.length);
  const rounds = Math.max(0, ...entries.map((entry) => roundsOf(entry, entries, lists)));
  /** @type {Map<string, number>} */
  const taken = new Map();
  return Array.from({ length: rounds }).flatMap((_, round) =>
    entries.flatMap((entry) => {
      const { scene, feed, count, dwell } = entry;
      if (round % turnsOf(entry) !== (entry.from ?? 0) % turnsOf(entry)) return [];
      const key = keyOf(entry);
      const list = lists.get(key) ?? [];
      const from = taken.get(key) ?? 0;
      const longest = turnsOf(entry) === 1 && roundsOf(entry, entries, lists) === rounds;
      const many = Math.min(count, list.length, longest ? list.length - from : count);
      taken.set(key, from + many);
      return Array.from({ length: many }, (_, i) => ({
        scene,
        feed,
        item: list[(from + i) % list.length],
        dwell,
      }));
    }),
  );
}

/** How often the playlist must go round to show all of an entry's feed. @param {PlaylistEntry} entry @param {PlaylistEntry[]} entries @param {Map<string, Item[]>} lists */
function roundsOf(entry, entries, lists) {
  const key = keyOf(entry);
  const perRound = entries.reduce(
    (sum, each) => sum + (keyOf(each) === key ? each.count / turnsOf(each) : 0),
    0,
  );
  return Math.ceil((lists.get(key)?.length ?? 0) / perRound);
}

/** @param {PlaylistEntry} entry */
function turnsOf({ every = 1 }) {
  return Math.max(1, Math.floor(every));
}
