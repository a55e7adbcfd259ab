// How things are by now, on a page that stays open: it is fetched anew every few seconds while somebody looks at it,
// and what is marked with data-now is put in place of what stands there. All else stays as it is: what is typed,
// chosen or opened, and whatever has the focus or is selected. Nothing is read out.

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
document.addEventListener("visibilitychange", () => void look());
wait();

/** As often as the page says now; not at all where nothing goes on any more. */
function wait() {
  clearTimeout(timer);
  const seconds = Number(document.querySelector("[data-every]")?.getAttribute("data-every"));
  if (seconds) timer = setTimeout(look, seconds * 1000);
}

async function look() {
  clearTimeout(timer);
  // It goes on when the page is looked at again.
  if (!document.hidden && (await renew())) wait();
}

/** Gives whether it is worth asking again: not where the page is gone or the person is signed out. */
async function renew() {
  try {
    // Never the whole address: what stands behind "#" is a place on the page, and a page may be the answer to a form.
    const address = location.pathname + location.search;
    const answer = await fetch(address, { headers: { "x-looks-again": "yes" } });
    if (answer.redirected || (!answer.ok && answer.status < 500)) return false;
    if (answer.ok) put(new DOMParser().parseFromString(await answer.text(), "text/html"));
  } catch {
    // No way to the server for now: what stands there stays.
  }
  return true;
}

/** @param {Document} fetched */
function put(fetched) {
  const found = [...fetched.querySelectorAll("[data-now]")];
  const now = new Map(found.map((part) => [part.getAttribute("data-now"), part]));
  for (const part of document.querySelectorAll("[data-now]")) {
    const other = now.get(part.getAttribute("data-now"));
    if (!other || !part.isConnected || isInUse(part) || part.isEqualNode(other)) continue;
    keepOpen(part, other);
    part.replaceWith(document.adoptNode(other));
  }
}

/** @param {Element} part */
function isInUse(part) {
  const selection = getSelection();
  const selects = selection && !selection.isCollapsed && selection.containsNode(part, true);
  return selects || part.contains(document.activeElement);
}

/** @param {Element} part @param {Element} other */
function keepOpen(part, other) {
  const before = part.querySelectorAll("details");
  for (const [place, folded] of other.querySelectorAll("details").entries())
    folded.open = before[place]?.open ?? false;
}
