// Looking ahead: the wall as it will be at the time that the slider says, by the player's own stage.
/** @import { Feeds, Programme } from "../wall/types.d.ts" */

import { createFormat } from "../wall/format.js";
import { playing } from "../wall/slots.js";
import { Stage } from "../wall/stage.js";
import { need } from "./find.js";

/** The picture of a 1080p panel, px. */
const WIDTH = 1920;
const MINUTE_MS = 60_000;

/** @type {{ programme: Programme, feeds: Feeds, begins: number, names: Record<string, string> }} */
const data = JSON.parse(need("ahead-data", HTMLElement).textContent ?? "");
const { programme, feeds } = data;
const host = need("ahead-stage", HTMLElement);
const root = /** @type {HTMLElement} */ (host.shadowRoot?.querySelector(".stage"));
const slider = need("ahead-minute", HTMLInputElement);
const format = createFormat(document.documentElement.lang, programme.timezone);
/** From the chosen time on the wall plays as it will. */
let [chosen, since] = [0, 0];

const stage = new Stage(root, {
  now: () => Math.round(chosen + performance.now() - since),
  english: {},
  address: location.host,
  locale: programme.locale,
});
new ResizeObserver(scale).observe(host);
scale();
slider.addEventListener("input", () => {
  document.getElementById("ahead-slot")?.remove();
  void look();
});
need("ahead-slider", HTMLElement).hidden = false;
void look().then(() => stage.start());

async function look() {
  chosen = data.begins + slider.valueAsNumber * MINUTE_MS;
  since = performance.now();
  const { slots = [], timezone, holidays = {} } = programme;
  const slot = playing(slots, chosen, timezone, holidays);
  const time = format.time(chosen);
  slider.setAttribute("aria-valuetext", `${time}: ${data.names[slot?.playlist ?? ""]}`);
  need("ahead-time", HTMLElement).textContent = time;
  need("ahead-hangs", HTMLElement).textContent = data.names[slot?.playlist ?? ""];
  const typed = need("time", HTMLInputElement);
  typed.value = time;
  await stage.update({ programme, feeds, contact: chosen });
  await stage.letGo();
  host.dataset.scene = stage.scene;
}

function scale() {
  root.style.scale = `${host.clientWidth / WIDTH}`;
}
