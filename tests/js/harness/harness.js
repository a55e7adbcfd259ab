// Hangs a made-up programme on a real stage, without sockets: `hang({ programme, feeds, now })`.
/** @import { Feeds, Freshness, Link, PairingCode, Programme, Show } from "../../../static/wall/types.d.ts" */

import { SCENES } from "../../../static/wall/scenes/index.js";
import { Stage } from "../../../static/wall/stage.js";
import { measure } from "./measure.js";

/** @typedef {{ programme: Programme | null, feeds?: Feeds, now: number, contact?: number, link?: Link, fresh?: Freshness, locale?: string, runs?: boolean, code?: PairingCode | null, words?: Record<string, string> }} Made */

const english = await (await fetch("/static/wall/words.json")).json();
const root = /** @type {HTMLElement} */ (document.getElementById("stage"));
/** @type {Stage | undefined} */
let stage;
/** What who counts was told of: keys of scenes. @type {(string | undefined)[]} */
const told = [];

/** Time stands still at `now`, so that a picture is the same every time, or `runs` with the page's. @param {Made} made */
async function hang({ programme, feeds = {}, now, contact = now, link = "linked", ...page }) {
  const { fresh, locale = "en", words = english, runs, code = null } = page;
  stage?.stop();
  const address = "wall.example.org";
  const time = () => (runs ? Date.now() : now);
  const shown = (/** @type {Show | null} */ show) => void told.push(show?.key);
  stage = new Stage(root, { now: time, english: words, address, locale, shown });
  await stage.update({ programme, feeds, contact }, link);
  if (link === "pairing") await stage.pair(code);
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

/** Hangs one after the other; what is wrong with each, by its name. @param {(Made & { name: string })[]} pictures */
async function hangAll(pictures) {
  /** @type {Record<string, string[]>} */
  const wrong = {};
  for (const { name, ...made } of pictures) {
    const { scene, errors } = await hang(made);
    const panel = {
      diagonalInch: made.programme?.diagonal_inch ?? 55,
      distanceM: made.programme?.distance_m ?? 5,
    };
    const found = errors > 0 ? [`${errors} errors`] : measure(panel);
    if (scene !== name.split(" ")[0]) found.push(`shows ${scene}`);
    if (found.length > 0) wrong[name] = found;
  }
  return wrong;
}

/** From now on a scene is counted when it is measured; the first waits until it may `go` on. @param {string} name */
function halfDrawn(name) {
  const own = SCENES[name];
  const [begun, gone] = [gate(), gate()];
  const half = { begun: begun.passed, go: gone.open, measured: 0 };
  SCENES[name] = {
    ...own,
    arrange: async (scene, item, context) => {
      half.measured += 1;
      begun.open();
      await gone.passed;
      return own.arrange?.(scene, item, context);
    },
  };
  return half;
}

function gate() {
  /** @type {() => void} */
  let open = () => undefined;
  /** @type {Promise<void>} */
  const passed = new Promise((give) => {
    open = give;
  });
  return { passed, open };
}

const own = { stage: () => stage, told, halfDrawn };
Object.assign(window, { hang, hangAll, change, painted, measure, own, ready: true });
