// Stands before all other scripts of the wall's page: a player that does not come to paint a scene makes
// way for the last that worked; where there is none, the page is asked for again, ever more seldom.
(() => {
  /** A slow device gets as long to paint its first scene. */
  const PATIENCE_MS = 45_000;
  /** After an error it may still come to it. */
  const ERROR_MS = 3000;
  const SLOWEST_MS = 600_000;
  const STARTS = "wall-starts";

  let timer = setTimeout(giveUp, PATIENCE_MS);
  let isHasty = false;
  addEventListener("wall:painted", works);
  addEventListener("error", ({ target }) => hurry(target), true);
  addEventListener("unhandledrejection", () => hurry(window));

  function works() {
    clearTimeout(timer);
    isHasty = true;
    count(0);
  }

  /** A page in another site's frame may keep nothing. @param {number} times */
  function count(times) {
    try {
      sessionStorage.setItem(STARTS, `${times}`);
    } catch {
      // Then each start is the first.
    }
  }

  function counted() {
    try {
      return Number(sessionStorage.getItem(STARTS));
    } catch {
      return 0;
    }
  }

  /** Pictures and fonts that fail are none of it. @param {EventTarget | null} target */
  function hurry(target) {
    if (isHasty || (target !== window && !(target instanceof HTMLScriptElement))) return;
    isHasty = true;
    clearTimeout(timer);
    timer = setTimeout(giveUp, ERROR_MS);
  }

  function giveUp() {
    const worker = navigator.serviceWorker?.controller;
    if (!worker) return tryAgain();
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => (data?.back ? location.reload() : tryAgain());
    const text = document.getElementById("wall-config")?.textContent ?? "{}";
    worker.postMessage({ does: "failed", version: JSON.parse(text).shell }, [port2]);
  }

  function tryAgain() {
    const times = counted();
    count(times + 1);
    setTimeout(
      async () => {
        const page = await fetch(location.pathname, { cache: "no-store" }).catch(() => null);
        if (page?.ok) location.reload();
        else tryAgain();
      },
      Math.min(SLOWEST_MS, PATIENCE_MS * 2 ** times),
    );
  }
})();
