// The rules of proof of play, pure: what was shown is added up by hours and days of UTC, and told in
// batches whose numbers only grow, so that each counts once however often it is said.
/** @import { Item, Played, PlayBatch, PlayRow, Show } from "./types.d.ts" */

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Rows of one batch, of scenes and of items each. */
export const BATCH_ROWS = 150;
/** Rows that are kept of each while there is no server; then the oldest go. */
export const MOST_ROWS = 3000;
/** The server takes nothing that is older by much. */
const KEPT_MS = 31 * DAY_MS;
const NUMBERED = /^[a-z]{1,2}\d+$/;

/** @param {string} queue a name of this player's own @returns {Played} */
export function nothingPlayed(queue) {
  return { queue, next: 1, waiting: null, scenes: {}, items: {} };
}

/** What was stored, if it is whole. @param {any} found @param {string} queue for a new one @returns {Played} */
export function rememberedPlays(found, queue) {
  const whole =
    typeof found?.queue === "string" &&
    Number.isInteger(found.next) &&
    (found.waiting === null || Number.isInteger(found.waiting?.batch)) &&
    [found.scenes, found.items].every((rows) => typeof rows === "object" && rows !== null);
  return whole ? found : nothingPlayed(queue);
}

/**
 * Adds that something hung from one moment to another, by the server's clock; `begins`: it was not
 * counted before. @param {Played} played @param {Show} show @param {number} from ms @param {number} until ms @param {boolean} begins
 */
export function add(played, show, from, until, begins) {
  const items = itemsOf(show.item);
  if (!items || until <= from) return played;
  const scenes = summed(played.scenes, [show.scene], HOUR_MS, from, until, begins);
  const some = summed(played.items, items, DAY_MS, from, until, begins);
  return { ...played, scenes: bounded(scenes, until), items: bounded(some, until) };
}

/** The next batch is put together of the oldest rows, unless one is still on its way. @param {Played} played */
export function seal(played) {
  const [scenes, items] = [oldest(played.scenes), oldest(played.items)];
  if (played.waiting || scenes.length + items.length === 0) return played;
  const waiting = { batch: played.next, scenes: scenes.map(row), items: items.map(row) };
  return {
    ...played,
    waiting,
    next: played.next + 1,
    scenes: without(played.scenes, scenes),
    items: without(played.items, items),
  };
}

/** The server has kept a batch. @param {Played} played @param {string} queue @param {number} batch */
export function taken(played, queue, batch) {
  const ours = played.queue === queue && played.waiting?.batch === batch;
  return ours ? { ...played, waiting: null } : played;
}

/** What a heartbeat says. @param {Played} played @returns {(PlayBatch & { queue: string }) | null} */
export function said({ queue, waiting }) {
  return waiting && { queue, ...waiting };
}

/** The numbers of what hangs; null for a page without content. @param {Item | null} item */
function itemsOf(item) {
  if (!item) return null;
  const parts = item.kind === "mosaic" ? item.quotes : [item];
  return parts.map(({ id }) => id).filter((id) => NUMBERED.test(id));
}

/** @param {Record<string, PlayRow>} rows @param {string[]} names @param {number} unit ms @param {number} from @param {number} until @param {boolean} begins */
function summed(rows, names, unit, from, until, begins) {
  const sums = { ...rows };
  for (const name of names)
    for (let start = from - (from % unit); start < until; start += unit) {
      const ms = Math.min(until, start + unit) - Math.max(from, start);
      const key = `${start} ${name}`;
      const [times, had] = sums[key] ?? [0, 0];
      sums[key] = [times + (begins && start <= from ? 1 : 0), had + ms];
    }
  return sums;
}

/** @param {Record<string, PlayRow>} rows @param {number} now ms */
function bounded(rows, now) {
  const keys = Object.keys(rows);
  if (keys.length <= MOST_ROWS && keys.every((key) => startOf(key) > now - KEPT_MS)) return rows;
  const kept = keys.filter((key) => startOf(key) > now - KEPT_MS).sort(byStart);
  return Object.fromEntries(kept.slice(-MOST_ROWS).map((key) => [key, rows[key]]));
}

/** @param {Record<string, PlayRow>} rows @returns {[string, PlayRow][]} */
function oldest(rows) {
  return Object.entries(rows)
    .sort(([a], [b]) => byStart(a, b))
    .slice(0, BATCH_ROWS);
}

/** @param {Record<string, PlayRow>} rows @param {[string, PlayRow][]} gone */
function without(rows, gone) {
  const keys = new Set(gone.map(([key]) => key));
  return Object.fromEntries(Object.entries(rows).filter(([key]) => !keys.has(key)));
}

/** @param {[string, PlayRow]} entry @returns {[number, string, number, number]} start, name, times, s */
function row([key, [times, ms]]) {
  return [startOf(key), key.slice(key.indexOf(" ") + 1), times, Math.round(ms / 1000)];
}

/** @param {string} a @param {string} b */
function byStart(a, b) {
  return startOf(a) - startOf(b) || (a < b ? -1 : 1);
}

/** @param {string} key */
function startOf(key) {
  return Number(key.slice(0, key.indexOf(" ")));
}
