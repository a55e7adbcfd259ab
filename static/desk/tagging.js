// Tags of the quote on show, put on and taken off without leaving the page.

import { find } from "./find.js";
import { post } from "./post.js";
import { say, tell } from "./texts.js";

/** @param {HTMLElement} card @param {AbortSignal} signal @param {() => void} signedOut @param {(reason: string) => void} refused */
export function startTagging(card, signal, signedOut, refused) {
  card.addEventListener(
    "submit",
    async (event) => {
      const form = event.target;
      if (!(form instanceof HTMLFormElement) || !("tagging" in form.dataset)) return;
      event.preventDefault();
      const { kind, body } = await send(form);
      if (kind === "ok") show(card, form, body);
      else if (kind === "signed-out") signedOut();
      else refused(body?.errors?.[0]?.detail ?? say("waits"));
    },
    { signal },
  );
  card.addEventListener("keydown", (event) => leave(card, event), { signal });
}

/** Out of the field, and back to the words: there the keys decide again. @param {HTMLElement} card @param {KeyboardEvent} event */
function leave(card, event) {
  const field = event.target;
  if (!(field instanceof HTMLInputElement) || field.id !== "tag" || event.isComposing) return;
  if (event.key !== "Escape" && (event.key !== "Enter" || field.value.trim())) return;
  event.preventDefault();
  field.value = "";
  const words = card.querySelector("#words");
  if (words instanceof HTMLElement) words.focus({ preventScroll: true });
}

/** The field of the form that puts one on. @param {HTMLFormElement} form */
function nameOf(form) {
  return /** @type {HTMLInputElement | null} */ (form.elements.namedItem("tag"));
}

/** @param {HTMLFormElement} form */
function send(form) {
  const name = nameOf(form);
  return post(form.action, name ? { tag: name.value } : {});
}

/** @param {HTMLElement} card @param {HTMLFormElement} form @param {{ tags: { id: number, name: string }[], known: string[] }} now */
function show(card, form, { tags, known }) {
  const name = nameOf(form);
  tell(name ? say("tagged", { tag: name.value }) : say("untagged"));
  if (name) name.value = "";
  list(card, tags);
  offer(card, known);
  find("tag", HTMLInputElement)?.focus({ preventScroll: true });
}

/** @param {HTMLElement} card @param {{ id: number, name: string }[]} tags */
function list(card, tags) {
  const { quote } = card.dataset;
  const lines = tags.map(({ id, name }) => {
    const form = document.createElement("form");
    form.method = "post";
    form.action = `/desk/quotes/${quote}/tags/${id}/removal`;
    form.dataset.tagging = "";
    const button = document.createElement("button");
    button.className = "tag";
    const word = document.createElement("bdi");
    word.textContent = name;
    const away = document.createElement("span");
    away.textContent = "×";
    away.setAttribute("aria-hidden", "true");
    const hidden = document.createElement("span");
    hidden.className = "unseen";
    hidden.textContent = say("takeOff");
    button.append(word, " ", away, hidden);
    form.append(button);
    const line = document.createElement("li");
    line.append(form);
    return line;
  });
  card.querySelector("#tags")?.replaceChildren(...lines);
}

/** @param {HTMLElement} card @param {string[]} known */
function offer(card, known) {
  const options = known.map((name) => {
    const option = document.createElement("option");
    option.value = name;
    return option;
  });
  card.querySelector("#known-tags")?.replaceChildren(...options);
}
