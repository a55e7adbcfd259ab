// Single keys decide, unless a field has the focus or the person has switched them off (WCAG 2.1.4).

const SWITCH = "desk.single-keys";
const FIELDS = "input, select, textarea, [contenteditable]";

/** The page is on its way out: what is pressed now was meant for the next one. */
let leaving = false;

/** @param {Record<string, (event: KeyboardEvent) => void>} actions by key, letters in lower case */
export function listen(actions) {
  document.addEventListener("keydown", (event) => {
    if (!areOn() || isElsewhere(event)) return;
    const act = actions[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act) return;
    event.preventDefault();
    act(event);
  });
  document.addEventListener("submit", ({ defaultPrevented }) => {
    leaving = !defaultPrevented;
  });
  addEventListener("pageshow", () => {
    leaving = false;
  });
  mark();
}

/** @param {string} address */
export function leaveFor(address) {
  leaving = true;
  location.assign(address);
}

/** @param {HTMLInputElement} box */
export function offerSwitch(box) {
  box.checked = areOn();
  box.addEventListener("change", () => {
    localStorage.setItem(SWITCH, box.checked ? "on" : "off");
    mark();
  });
}

function areOn() {
  return localStorage.getItem(SWITCH) !== "off";
}

/** A held key, a chord, or one that something else is for. @param {KeyboardEvent} event */
function isElsewhere(event) {
  if (leaving || event.defaultPrevented || event.repeat || event.isComposing) return true;
  if (event.ctrlKey || event.metaKey || event.altKey) return true;
  if (document.querySelector("dialog[open]")) return true;
  return event.target instanceof Element && event.target.matches(FIELDS);
}

function mark() {
  document.documentElement.dataset.singleKeys = areOn() ? "on" : "off";
}
