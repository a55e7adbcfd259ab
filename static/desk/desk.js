// What all pages of the desk share: a choice that submits itself, copying, looking again at what is
// under way, asking first, sending once.

import { find } from "./find.js";

for (const choice of document.querySelectorAll("select[data-submits]"))
  choice.addEventListener(
    "change",
    () => choice instanceof HTMLSelectElement && submit(choice.form),
  );
for (const button of document.querySelectorAll("button[data-copies]"))
  button.addEventListener("click", () => button instanceof HTMLButtonElement && copy(button));
for (const part of document.querySelectorAll("[data-reloads]"))
  setTimeout(() => location.reload(), Number(part.getAttribute("data-reloads")) * 1000);
/** @type {HTMLFormElement | null} a form whose question was just answered with yes */
let confirmed = null;
document.addEventListener("keydown", hurry);
document.addEventListener("submit", askFirst);
document.addEventListener("submit", sendOnce);
addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});

/** @param {HTMLFormElement | null} form */
function submit(form) {
  form?.requestSubmit();
}

/** @param {HTMLButtonElement} button */
async function copy(button) {
  const field = find(button.dataset.copies ?? "", HTMLInputElement);
  if (!field) return;
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    // No clipboard without https: the link stays selected, so that the usual keys copy it.
    return;
  }
  button.textContent = button.dataset.done ?? "";
}

/** From anywhere to the urgent texts: Alt Shift E, wherever that key's letter is. @param {KeyboardEvent} event */
function hurry(event) {
  const { altKey, shiftKey, ctrlKey, metaKey, code, repeat } = event;
  const address = find("main", HTMLElement)?.dataset.emergency;
  if (!address || !altKey || !shiftKey || ctrlKey || metaKey || repeat || code !== "KeyE") return;
  event.preventDefault();
  location.assign(address);
}

/** @param {SubmitEvent} event */
function askFirst(event) {
  const form = event.target;
  const dialog = find("ask", HTMLDialogElement);
  if (!(form instanceof HTMLFormElement) || !form.dataset.asks || !dialog) return;
  if (form === confirmed) return;
  event.preventDefault();
  const [text, yes] = [find("ask-text", HTMLElement), find("ask-yes", HTMLButtonElement)];
  if (text) text.textContent = form.dataset.asks;
  if (yes) yes.textContent = form.dataset.yes ?? event.submitter?.textContent ?? "";
  dialog.returnValue = "";
  const answered = () => dialog.returnValue === "yes" && send(form, event.submitter);
  dialog.addEventListener("close", answered, { once: true });
  dialog.showModal();
}

/** As if the button were pressed again: what it says goes along. @param {HTMLFormElement} form @param {HTMLElement | null} button */
function send(form, button) {
  confirmed = form;
  form.requestSubmit(button);
  confirmed = null;
}

/** @param {SubmitEvent} event */
function sendOnce(event) {
  const form = event.target;
  if (event.defaultPrevented || !(form instanceof HTMLFormElement) || form.method === "dialog")
    return;
  if ("stays" in form.dataset) return; // a download: the page stays, and may send again
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
}
