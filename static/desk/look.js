// The walls' look while it is chosen: the player's own picture, on both grounds, with figures made up.
/** @import { Metric, Programme, Show } from "../wall/types.d.ts" */

import { createContext } from "../wall/context.js";
import { Picture } from "../wall/picture.js";
import { need } from "./find.js";
import { readable } from "./readable.js";

/** The picture of a 1080p panel, px. */
const WIDTH = 1920;
const DAY_MS = 86_400_000;
const GROUNDS = /** @type {const} */ (["ink", "paper"]);

/** @typedef {{ programme: Programme, grounds: Record<"ink" | "paper", string>, ratios: { text: number, graphic: number } }} Given */

const form = need("look", HTMLFormElement);
/** @type {Given} */
const data = JSON.parse(need("look-data", HTMLElement).textContent ?? "");
let logo = data.programme.brand?.logo ?? null;
let drawn = Promise.resolve();

const stages = GROUNDS.map((ground) => {
  const host = need(`look-${ground}`, HTMLElement);
  const stage = /** @type {HTMLElement} */ (host.shadowRoot?.querySelector(".stage"));
  const picture = new Picture(stage);
  picture.open();
  new ResizeObserver(() => {
    stage.style.scale = `${host.clientWidth / WIDTH}`;
  }).observe(host);
  return { ground, picture };
});

form.addEventListener("input", draw);
field("logo").addEventListener("change", choose);
draw();

/** One picture after the other, each of what is chosen then. */
function draw() {
  drawn = drawn.then(async () => {
    for (const { ground, picture } of stages) await hang(ground, picture);
  });
}

/** @param {"ink" | "paper"} ground @param {Picture} picture */
async function hang(ground, picture) {
  const now = Date.now();
  const programme = { ...data.programme, theme: ground, brand: brand() };
  const context = createContext({
    programme,
    feeds: {},
    now,
    english: {},
    address: location.host,
  });
  picture.dress(context, { state: "live", since: null });
  await picture.hang(figures(now), context, false);
}

/** @param {number} now @returns {Show} */
function figures(now) {
  const day = (/** @type {number} */ weeks) =>
    new Date(now - weeks * 7 * DAY_MS).toISOString().slice(0, 10);
  const trend = [74, 75, 75, 77, 78, 78, 80, 81].map((score, week, all) => ({
    ...{ day: day(all.length - 1 - week), n: 900 },
    ...{ score, low: score - 3, high: score + 3 },
  }));
  /** @type {Metric} */
  const item = {
    ...{ id: "csat", kind: "csat", question: "", window_days: 90, as_of: now, enough: true },
    ...{ n: 940, minimum: 30, score: 81, low: 78, high: 84, mean: 4.2, share: 81, trend },
    ...{ counts: { satisfied: 761, neutral: 103, dissatisfied: 76 }, target: null },
    ...{ change: { difference: 3, direction: "up", against_days: 90 }, improvements: [] },
  };
  const times = { startedAt: now, endsAt: null, fresh: false };
  return { scene: "csat", feed: "csat", item, key: "csat", ...times };
}

/** As the server makes it of what is kept. */
function brand() {
  const colour = field("own_colour").checked ? field("accent").value : null;
  const on = (/** @type {"ink" | "paper"} */ ground) => ({
    text: readable(colour ?? "", data.grounds[ground], data.ratios.text),
    graphic: readable(colour ?? "", data.grounds[ground], data.ratios.graphic),
  });
  const title = field("title_csat").value.trim();
  return {
    accent: colour ? { ink: on("ink"), paper: on("paper") } : null,
    logo: form.elements.namedItem("no_logo") && field("no_logo").checked ? null : logo,
    frame: /** @type {"full" | "quiet"} */ (new FormData(form).get("frame")),
    titles: /** @type {Record<string, string>} */ (title ? { csat: title } : {}),
  };
}

function choose() {
  const file = field("logo").files?.[0];
  logo = data.programme.brand?.logo ?? null;
  if (!file) return draw();
  const reader = new FileReader();
  reader.addEventListener("load", () => {
    logo = `${reader.result}`;
    draw();
  });
  reader.readAsDataURL(file);
}

/** @param {string} name */
function field(name) {
  return /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
}
