"""What is told from inside a page: when a change came, and when it was to be seen."""

from time import monotonic
from typing import Any

from playwright.sync_api import Page

PAINTED = """(tell) => requestAnimationFrame(() => {
  const channel = new MessageChannel();
  channel.port1.onmessage = () => tell(performance.now());
  channel.port2.postMessage(null);
})"""
"""Calls once the next frame is drawn."""

WATCH = f"""(() => {{
  const bench = (window.bench = {{ received: [], changed: [], first: null, gone: null }});
  const painted = {PAINTED};
  const hears = window.WebSocket;
  window.WebSocket = class extends hears {{
    constructor(...all) {{
      super(...all);
      this.addEventListener("message", ({{ data }}) => {{
        if (String(data).includes('"changes"')) bench.received.push(performance.now());
      }});
    }}
  }};
  new MutationObserver((changes) => {{
    const came = changes.flatMap(({{ addedNodes }}) => [...addedNodes]);
    if (came.some(({{ className }}) => className === "layer"))
      painted((at) => bench.changed.push(at));
    if (bench.leaving && !bench.leaving.isConnected) {{
      bench.leaving = null;
      painted((at) => (bench.gone = at));
    }}
  }}).observe(document, {{ childList: true, subtree: true }});
  requestAnimationFrame(function look() {{
    const shown = [...document.querySelectorAll(".layer")].find(
      (layer) => !layer.querySelector(".calm") && getComputedStyle(layer).opacity > 0.99,
    );
    if (shown) painted((at) => (bench.first = at));
    else requestAnimationFrame(look);
  }});
}})()"""
"""Runs before the page's own scripts. Moments are ms of performance.now(). first: a scene with
content is wholly there; changed: first frames of scenes; gone: the first frame without
bench.leaving."""

STATE = """() => new Promise((give, fail) => {
  const opening = indexedDB.open("wall");
  opening.onerror = () => fail(opening.error);
  opening.onsuccess = () => {
    const asked = opening.result.transaction("state").objectStore("state").get("wall");
    asked.onsuccess = () => {
      opening.result.close();
      give(asked.result.state);
    };
  };
})"""
"""What the wall has stored: programme, feeds, contact."""

BOUNDARY = f"""async () => {{
  const main = document.querySelector("script[type=module]").src;
  const {{ shows }} = await import(new URL("shows.js", main));
  const state = await ({STATE})();
  const show = shows(state.programme, state.feeds, Date.now(), state);
  return show.endsAt - Date.now() + performance.now();
}}"""
"""When the scene that is due now ends, ms of performance.now()."""


def until(page: Page, expression: str, patience: float = 60) -> Any:  # noqa: ANN401 - JSON
    """What an expression gives once that is something; the page's policy allows no other way."""
    ends = monotonic() + patience
    while not (told := page.evaluate(expression)):
        if monotonic() > ends:
            raise TimeoutError(f"{expression} gave nothing within {patience:.0f} s")
        page.wait_for_timeout(50)
    return told
