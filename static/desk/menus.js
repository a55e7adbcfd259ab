// The menus of the bar: one is open at a time, and Escape leads back to where it was opened.

import { find } from "./find.js";

const menus = ["reject-menu", "publish-menu"].flatMap((id) => find(id, HTMLDetailsElement) ?? []);

export function startMenus() {
  document.addEventListener("pointerdown", ({ target }) => closeMenus(target));
  document.addEventListener("keydown", ({ key }) => key === "Escape" && leaveMenu());
  document.addEventListener("click", (event) => {
    const { target } = event;
    if (target instanceof Element && target.closest("summary[aria-disabled]"))
      event.preventDefault();
  });
}

/** Whether it opened. @param {string} id @param {string} first what gets the focus */
export function openMenu(id, first) {
  const menu = find(id, HTMLDetailsElement);
  if (!menu || menu.querySelector("summary[aria-disabled]")) return false;
  closeMenus(menu);
  menu.open = true;
  const element = menu.querySelector(first);
  if (element instanceof HTMLElement) element.focus();
  return true;
}

/** All but the one that something is in. @param {EventTarget | null} target */
export function closeMenus(target) {
  for (const menu of menus)
    if (!(target instanceof Node) || !menu.contains(target)) menu.open = false;
}

function leaveMenu() {
  for (const menu of menus)
    if (menu.open) {
      menu.open = false;
      menu.querySelector("summary")?.focus();
    }
}
