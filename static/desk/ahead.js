// Looking ahead: the wall as it will be at the time that the slider says, by the player's own stage.
/** @import { Feeds, Programme } from "../wall/types.d.ts" */

import { createFormat } from "../wall/format.js";
import { brightness } from "../wall/night.js";
import { takeover } from "../wall/notices.js";
import { playing } from "../wall/slots.js";
import { Stage } from "../wall/stage.js";
import { find, need } from "./find.js";

const MINUTE_MS = 60_000;
/** Minutes that an arrow key goes; a pointer goes to any. */
const STEP = 5;
/** @type {Record<string, number>} */
const STEPS = { ArrowLeft: -STEP, ArrowDown: -STEP, ArrowRight: STEP, ArrowUp: STEP };

/**
 * @type {{ programme: Programme, feeds: Feeds, begins: number, names: Record<string, string>,
 *   width: number, height: number }}
 */
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
size();
new ResizeObserver(scale).observe(host);
scale();
slider.addEventListener("input", move);
slider.addEventListener("keydown", (event) => {
  const step = STEPS[event.key];
  if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  slider.valueAsNumber += step;
  move();
});
need("ahead-slider", HTMLElement).hidden = false;
void look().then(() => stage.start());

function move() {
  find("ahead-slot", HTMLElement)?.remove();
  void look();
}

async function look() {
  chosen = data.begins + slider.valueAsNumber * MINUTE_MS;
  since = performance.now();
  tell(format.time(chosen), format.minute(chosen));
  await stage.update({ programme, feeds, contact: chosen });
  await stage.letGo();
  host.dataset.scene = stage.scene;
}

/** @param {string} time as people write it @param {number} minute of the day on the wall's clock */
function tell(time, minute) {
  const { slots = [], timezone, holidays = {}, night } = programme;
  const slot = playing(slots, chosen, timezone, holidays);
  const over = takeover(programme, feeds, chosen)?.notice;
  const hangs = over?.headline ?? data.names[slot?.playlist ?? ""];
  slider.setAttribute("aria-valuetext", `${time}: ${hangs}`);
  need("ahead-time", HTMLElement).textContent = time;
  need("ahead-hangs", HTMLElement).textContent = hangs;
  need("ahead-over", HTMLElement).hidden = !over;
  const dimmed = find("ahead-night", HTMLElement);
  if (dimmed) dimmed.hidden = brightness(night, minute) === 1 || Boolean(over?.urgent);
  need("time", HTMLInputElement).value = clock(minute);
}

/** What a field for a time takes, in every language. @param {number} minute */
function clock(minute) {
  const two = (/** @type {number} */ number) => `${number}`.padStart(2, "0");
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

/** As large as the screen's own picture; an upright one is not shown larger than one that lies. */
function size() {
  const { width, height } = data;
  root.style.width = `${width}px`;
  root.style.height = `${height}px`;
  host.style.aspectRatio = `${width} / ${height}`;
  host.style.maxWidth = `${Math.min(1, width / height) * 60}rem`;
}

function scale() {
  root.style.scale = `${host.clientWidth / data.width}`;
}
