// Screens in small: a frame with the real player, as large as the screen's own picture and shown smaller.
// One on a screen's page comes with it; those of a list come when somebody opens them, and go again.

for (const host of document.querySelectorAll("[data-miniature]"))
  if (host instanceof HTMLElement) prepare(host);

/** @param {HTMLElement} host */
function prepare(host) {
  const folded = host.closest("details");
  if (!folded) return show(host);
  folded.addEventListener("toggle", () =>
    folded.open ? show(host) : host.querySelector("iframe")?.remove(),
  );
}

/** @param {HTMLElement} host */
function show(host) {
  const width = Number(host.dataset.width) || 1920;
  const height = Number(host.dataset.height) || 1080;
  const frame = document.createElement("iframe");
  frame.title = host.dataset.title ?? "";
  frame.inert = true;
  frame.width = `${width}`;
  frame.height = `${height}`;
  frame.src = host.dataset.miniature ?? "";
  host.style.aspectRatio = `${width} / ${height}`;
  // An upright one is not shown larger than one that lies.
  host.style.maxWidth = `${Math.min(1, width / height) * 100}%`;
  host.replaceChildren(frame);
  new ResizeObserver(() => {
    frame.style.scale = `${host.clientWidth / width}`;
  }).observe(host);
}
