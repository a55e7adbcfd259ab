// The order of rules by Alt and an arrow, wherever in a rule the focus is; the page that follows has
// its focus on the same rule.

const list = document.getElementById("rules");
list?.addEventListener("keydown", move);

/** @param {KeyboardEvent} event */
function move(event) {
  const way = { ArrowUp: "earlier", ArrowDown: "later" }[event.key];
  if (!event.altKey || event.ctrlKey || event.metaKey || !way) return;
  const rule = event.target instanceof Element ? event.target.closest("li") : null;
  const button = rule?.querySelector(`button[name="way"][value="${way}"]`);
  if (!(button instanceof HTMLButtonElement)) return;
  event.preventDefault();
  button.click();
}
