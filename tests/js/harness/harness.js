// Hangs a made-up programme on a real stage, without sockets: `hang({ programme, feeds, now })`.
/** @import { Feeds, Freshness, Link, Programme } from "../../../static/wall/types.d.ts" */

import { Stage } from "../../../static/wall/stage.js";

/** @typedef {{ programme: Programme | null, feeds?: Feeds, now: number, contact?: number, link?: Link, fresh?: Freshness }} Made */

const english = await (await fetch("/static/wall/words.json")).json();
const root = /** @type {HTMLElement} */ (document.getElementById("stage"));
/** @type {Stage | undefined} */
let stage;

/** Time stands still at `now`, so that a picture is the same every time. @param {Made} made */
async function hang({ programme, feeds = {}, now, contact = now, link = "linked", fresh }) {
  stage?.stop();
  stage = new Stage(root, { now: () => now, english, address: "wall.example.org", locale: "en" });
  await stage.update({ programme, feeds, contact }, link);
  stage.fresh(fresh ?? { state: "live", since: null });
  await stage.start();
  return { scene: stage.scene, errors: stage.errors };
}

/** Later news for the stage that hangs. @param {Made} made */
async function change({ programme, feeds = {}, now, contact = now, link = "linked" }) {
  await stage?.update({ programme, feeds, contact }, link);
  return { scene: stage?.scene, errors: stage?.errors };
}

/** Feed name → rev, as it is on the page. */
function painted() {
  const feeds = Object.entries(stage?.painted ?? {});
  return Object.fromEntries(feeds.map(([name, { rev }]) => [name, rev]));
}

Object.assign(window, { hang, change, painted, ready: true });
