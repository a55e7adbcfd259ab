// Stands before all other scripts of the wall's page: a player that does not come to paint a scene makes
// way for the last that worked; where there is none, the page is asked for again, ever more seldom.
(() => {
  /** A slow device gets as long to paint its first scene. */
  const PATIENCE_MS = 45_000;
  /** After an error it may still come to it. */
  const ERROR_MS = 3000;
  /** The worker's. */
  const ANSWER_MS = 5000;
  const SLOWEST_MS = 600_000;
  const STARTS = "wall-starts";

  let timer = setTimeout(giveUp, PATIENCE_MS);
  let isHasty = false;
  let isBroken = false;
  const before = counted();
  addEventListener("wall:painted", works);
  addEventListener("error", ({ target }) => hurry(target), true);
  addEventListener("unhandledrejection", () => hurry(window));

  /** A scene hangs; without its style sheets it is none that may be kept. @param {Event} event */
  function works(event) {
    if (!isStyled()) {
      event.preventDefault();
      return hurry(window);
    }
    clearTimeout(timer);
    isHasty = true;
    count(0);
  }

  function isStyled() {
    const stage = document.getElementById("stage");
    if (!stage) return true;
    const style = getComputedStyle(stage);
    return style.position !== "static" && style.getPropertyValue("--ground") !== "";
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
    isBroken = true;
    clearTimeout(timer);
    timer = setTimeout(giveUp, ERROR_MS);
  }

  async function giveUp() {
    if ((await tell("failed"))?.back) location.reload();
    else tryAgain();
  }

  /** The worker, if there is one, of this version. @param {string} does @returns {Promise<any>} */
  function tell(does) {
    const worker = navigator.serviceWorker?.controller;
    if (!worker) return Promise.resolve(null);
    const { port1, port2 } = new MessageChannel();
    const text = document.getElementById("wall-config")?.textContent ?? "{}";
    return new Promise((give) => {
      port1.onmessage = ({ data }) => give(data);
      setTimeout(() => give(null), ANSWER_MS);
      worker.postMessage({ does, version: JSON.parse(text).shell }, [port2]);
    });
  }

  function tryAgain() {
    const times = counted();
    count(times + 1);
    setTimeout(
      async () => {
        const page = await fetch(location.pathname, { cache: "no-store" }).catch(() => null);
        const isWall = page?.ok && (await page.text().catch(() => "")).includes("wall-config");
        if (!isWall) return tryAgain();
        // What is kept may be spoilt. One that is only slow gets a second chance.
        if (isBroken || before > 0) await tell("drop");
        location.reload();
      },
      Math.min(SLOWEST_MS, PATIENCE_MS * 2 ** times),
    );
  }
})();
