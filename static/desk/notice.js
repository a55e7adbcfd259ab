// The notice as the wall will show it, while it is written: the player's own scene and frame.
/** @import { Notice, Programme } from "../wall/types.d.ts" */

import { createContext } from "../wall/context.js";
import { el } from "../wall/dom.js";
import { dress } from "../wall/dress.js";
import { Frame } from "../wall/frame.js";
import * as celebration from "../wall/scenes/celebration.js";
import * as notice from "../wall/scenes/notice.js";
import { fontsFor } from "../wall/settle.js";
import { need } from "./find.js";

/** The picture of a 1080p panel, px. */
const WIDTH = 1920;

const form = need("notice", HTMLFormElement);
const host = need("notice-preview", HTMLElement);
const stage = /** @type {HTMLElement} */ (host.shadowRoot?.querySelector(".stage"));
/** @type {{ body: Notice, programme: Programme }} */
const data = JSON.parse(need("notice-data", HTMLElement).textContent ?? "");
const layers = el("div", "layers");
const sheet = el("div", "sheet", layers);
const frame = new Frame(sheet);
/** The picture that was chosen, as an address of its own, to be seen before it is sent. */
let chosen = "";
let wanted = 0;

stage.replaceChildren(sheet);
new ResizeObserver(scale).observe(host);
scale();
form.addEventListener("input", () => void draw());
need("picture", HTMLInputElement).addEventListener("change", choose);
void draw();

function choose() {
  const file = need("picture", HTMLInputElement).files?.[0];
  chosen = "";
  if (!file) return void draw();
  const reader = new FileReader();
  reader.addEventListener("load", () => {
    chosen = `${reader.result}`;
    void draw();
  });
  reader.readAsDataURL(file);
}

async function draw() {
  wanted += 1;
  const turn = wanted;
  const context = createContext({
    programme: data.programme,
    feeds: {},
    now: Date.now(),
    english: {},
    address: location.host,
  });
  const body = typed();
  const drawer = body.look === "celebration" ? celebration : notice;
  const scene = drawer.render(body, context);
  await fontsFor(scene.textContent ?? "");
  if (turn !== wanted) return;
  dress(stage, context);
  frame.caption(drawer.caption(body, context), false);
  frame.clock(context.now, context.format);
  layers.replaceChildren(el("div", "layer", scene));
  drawer.arrange(scene, body, context);
}

/** @returns {Notice} */
function typed() {
  const text = (/** @type {string} */ name) =>
    /** @type {HTMLInputElement} */ (form.elements.namedItem(name)).value;
  const urgent = /** @type {HTMLInputElement} */ (form.elements.namedItem("urgent")).checked;
  const over = need("takes_over", HTMLInputElement).checked;
  const look = over ? text("look") : "notice";
  const said = { headline: text("headline"), text: text("words"), picture: picture() };
  return { ...data.body, ...said, look, urgent: over && urgent };
}

function picture() {
  const without = form.elements.namedItem("no_picture");
  if (chosen) return { url: chosen, width: 1600, height: 1200, tells: "" };
  return without instanceof HTMLInputElement && without.checked ? null : data.body.picture;
}

function scale() {
  stage.style.scale = `${host.clientWidth / WIDTH}`;
}
