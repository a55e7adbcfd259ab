"""How walls set what they show: where lines and words break, and which edges are used."""

from playwright.sync_api import Page, expect

from tests.browser.test_player_scenes import address, hang, wall
from tests.browser.wall_content import NOW, feed, improvement, programme, quote, touchpoints

__all__ = ["address", "wall"]


# Words of a text that stand on two lines.
BROKEN = """text => {
  const node = text.firstChild, range = document.createRange();
  return [...node.data.matchAll(/\\S+/g)].filter(({ 0: word, index }) => {
    range.setStart(node, index);
    range.setEnd(node, index + word.length);
    return new Set([...range.getClientRects()].map(({ top }) => top)).size > 1;
  }).map(([word]) => word.replaceAll("\\u00ad", ""));
}"""


def test_words_that_fit_on_a_line_do_not_break(wall: Page) -> None:
    wall.set_viewport_size({"width": 1080, "height": 1920})
    fits = "Asennuspalvelun kotiinasennuksesta toimitusaikataulut, yhteydenottopyyntö. " * 12
    hang(wall, "quote", "quotes", quote(fits, language="fi"))
    assert wall.locator(".quote-words").evaluate(BROKEN) == []
    wide = "Lieferverzögerungsbenachrichtigungskundendienstmitarbeiterin"
    hang(wall, "quote", "quotes", quote(wide, language="de"))
    assert wall.locator(".quote-words").evaluate(BROKEN) == [wide]


def test_an_upright_wall_uses_its_edges(wall: Page) -> None:
    wall.set_viewport_size({"width": 1080, "height": 1920})
    long = {"name": "Customer service by telephone"}
    points = [point | long for point in touchpoints()["points"]]
    german = {"touchpoints.few": "{n} von {minimum} Antworten, zu wenige"}
    way = touchpoints(points=points)
    shown = programme("touchpoints", "touchpoints", words=german)
    made = {"programme": shown, "feeds": {"touchpoints": feed("metric", way)}, "now": NOW}
    wall.evaluate("made => hang(made)", made)
    cut = "names => names.filter(name => name.scrollWidth > name.clientWidth).length"
    assert wall.locator(".stop:not(:has(.stop-few)) .stop-name").evaluate_all(cut) == 0
    expect(wall.locator("[data-swapped=true] .frame-foot")).to_have_css("text-align", "end")
    hang(wall, "quote", "quotes", quote("التوصيل كان سريعاً.", language="ar"))
    edges = wall.evaluate("""() => [".quote-words", ".quote-meta"].map(
      (each) => Math.round(document.querySelector(each).getBoundingClientRect().right))""")
    assert edges[0] == edges[1]


def test_no_dot_hangs_below_what_was_said(wall: Page) -> None:
    hang(wall, "improvement", "improvements", improvement("New pages.", "It is slow."))
    assert "·" not in wall.locator(".scene").inner_text()
