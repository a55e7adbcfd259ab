// Keeping a feed the same here as on the server. Vectors shared with Python: tests/vectors/feeds.json.
/** @import { Change, Feed, FeedAnswer, Feeds, Items } from "./types.d.ts" */

/** An epoch no server has: it is answered with the whole feed, while what is here hangs on. */
export const UNKNOWN = "";

/**
 * The feed after a change; the same feed for one already seen; null when it does not follow (a gap:
 * ask the server again, saying what is here).
 * @param {Feed} feed @param {string} epoch @param {Change} change @returns {Feed | null}
 */
export function apply(feed, epoch, change) {
  if (epoch !== feed.epoch) return null;
  if (change.rev <= feed.rev) return feed;
  if (change.rev !== feed.rev + 1) return null;
  return { ...feed, rev: change.rev, items: changed(feed.items, change) };
}

/**
 * Changes in a row, up to the first that does not follow on. Another epoch is a gap even with no change:
 * so the server tells that the history known here has ended. `dropped` tells that an item left, which
 * the server wants confirmed.
 * @param {Feed} feed @param {string} epoch @param {Change[]} changes
 */
export function applyAll(feed, epoch, changes) {
  if (epoch !== feed.epoch) return { feed, gap: true, dropped: false };
  let dropped = false;
  for (const change of changes) {
    const after = apply(feed, epoch, change);
    if (!after) return { feed, gap: true, dropped };
    dropped ||= after !== feed && change.op === "drop";
    feed = after;
  }
  return { feed, gap: false, dropped };
}

/**
 * The feeds after the server's answer: a feed it does not name is forgotten.
 * @param {Feeds} feeds @param {Record<string, FeedAnswer>} answers
 * @returns {{ feeds: Feeds, gap: boolean, dropped: string[] }}
 */
export function answered(feeds, answers) {
  /** @type {Feeds} */
  const next = {};
  /** @type {string[]} */
  const dropped = [];
  let gap = false;
  for (const [name, answer] of Object.entries(answers)) {
    const step = catchUp(feeds[name], answer);
    if (step.feed) next[name] = step.feed;
    if (step.dropped) dropped.push(name);
    gap ||= step.gap;
  }
  return { feeds: next, gap, dropped };
}

/** What hello and heartbeat say of the feeds. @param {Feeds} feeds */
export function positions(feeds) {
  return Object.fromEntries(
    Object.entries(feeds).map(([name, { epoch, rev }]) => [name, { epoch, rev }]),
  );
}

/** @param {Items} items @param {Change} change @returns {Items} */
function changed(items, change) {
  const { [change.item]: _gone, ...others } = items;
  return change.op === "put" && change.body ? { ...others, [change.item]: change.body } : others;
}

/** @param {Feed | undefined} feed @param {FeedAnswer} answer */
function catchUp(feed, answer) {
  if (answer.items) {
    const { kind, epoch, rev, items } = answer;
    const dropped = Object.keys(feed?.items ?? {}).some((id) => !(id in items));
    return { feed: { kind, epoch, rev, items }, gap: false, dropped };
  }
  if (!feed) return { feed: undefined, gap: true, dropped: false };
  const step = applyAll(feed, answer.epoch, answer.changes ?? []);
  return step.gap ? { ...step, feed: { ...step.feed, epoch: UNKNOWN } } : step;
}

/** Of each feed that both have the one that is not as far; none where their histories differ. @param {Feeds} some @param {Feeds} others @returns {Feeds} */
export function earlier(some, others) {
  const both = Object.entries(some).filter(([name, { epoch }]) => others[name]?.epoch === epoch);
  return Object.fromEntries(
    both.map(([name, feed]) => [name, feed.rev <= others[name].rev ? feed : others[name]]),
  );
}
