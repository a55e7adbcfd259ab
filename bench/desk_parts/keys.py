"""From a key to the next quote, painted: measured inside the page, where a person would see it."""

from dataclasses import dataclass
from statistics import median, quantiles

from playwright.sync_api import Page

# The key's own time stamp; then the frame after the one in which the next quote stands there.
WATCH = """() => {
  let pressed = 0;
  window.painted = [];
  addEventListener("keydown", (event) => { pressed = event.timeStamp; }, true);
  new MutationObserver((changes) => {
    const came = changes.flatMap((change) => [...change.addedNodes]);
    if (!pressed || !came.some((node) => node.id === "card")) return;
    const from = pressed;
    pressed = 0;
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => {
        window.painted.push(performance.now() - from);
        document.documentElement.dataset.painted = window.painted.length;
      };
      channel.port2.postMessage(null);
    });
  }).observe(document.querySelector("main"), { childList: true });
}"""


@dataclass(frozen=True, slots=True)
class Taken:
    """Milliseconds: the middle one, and the one that 95 of 100 stay within."""

    middle: float
    p95: float


def key_to_next(page: Page, rounds: int) -> Taken:
    """Approve by key, as often as `rounds` says; a person reads each quote for a moment."""
    page.evaluate(WATCH)
    for n in range(1, rounds + 1):
        page.locator("main[data-settled]:not([data-settled=''])").wait_for()
        page.keyboard.press("a")
        page.locator(f"html[data-painted='{n}']").wait_for()
    times: list[float] = page.evaluate("window.painted")
    return Taken(median(times), quantiles(times, n=20, method="inclusive")[-1])
