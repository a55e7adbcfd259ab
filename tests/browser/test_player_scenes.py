"""The player's scenes in a real browser, with no server behind them: what a passer-by sees."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.wall_content import (
    COMPOUND,
    LONG,
    NOW,
    ask,
    celebration,
    ces,
    csat,
    feed,
    improvement,
    metric,
    mix,
    notice,
    programme,
    quote,
    short_quotes,
    touchpoints,
    words,
)

DAY_MS = 86_400_000
SIZES = {"landscape": (1920, 1080), "upright": (1080, 1920), "small": (1024, 600)}
SCENES = {
    "a short quote": ("quote", "quotes", quote("Great! 👍🏽")),
    "a long quote": ("quote", "quotes", quote(LONG * 3)),
    "long words": ("quote", "quotes", quote(COMPOUND, language="de")),
    "right to left": ("quote", "quotes", quote("التوصيل كان سريعاً. شكراً لكم.", language="ar")),
    "a CSAT quote": ("quote", "quotes", quote("Fine.", metric="csat", band="dissatisfied")),
    "an improvement": ("improvement", "improvements", improvement("New website.", "It is slow.")),
    "much said and done": ("improvement", "improvements", improvement(LONG, LONG)),
    "only done": ("improvement", "improvements", improvement("Open until 19.", None)),
    "a score": ("nps", "nps", metric()),
    "a share": ("csat", "csat", csat()),
    "a mean": ("ces", "ces", ces()),
    "touchpoints": ("touchpoints", "touchpoints", touchpoints()),
    "touchpoints that few told about": (
        "touchpoints",
        "touchpoints",
        touchpoints(points=touchpoints()["points"][-1:]),
    ),
    "a notice": ("notice", "notices", notice("Thank you: 1,000 answers", "Cake at two.")),
    "a long notice": ("notice", "notices", notice("Wartungsarbeiten " * 4, LONG[:280])),
    "a survey's code": ("ask", "notices", ask()),
    "a long address": ("ask", "notices", ask(address="example.com/" + "a" * 80)),
    "a mix of nothing": ("mix", "mix", mix()),
    "too few answers": ("nps", "nps", metric(enough=False, score=None, n=12, trend=[])),
}
# Texts whose ink leaves the safe area, or that are cut off by their own box.
OUTSIDE = """() => {
  const stage = document.querySelector(".stage").getBoundingClientRect();
  const [side, edge] = [stage.width * 0.05 - 1, stage.height * 0.05 - 1];
  const seen = document.querySelectorAll(
    ".stage p:not(.metric-score), .stage blockquote, .stage figcaption, .stage text, .stage li, "
    + ".bar");
  return [...seen].filter((element) => {
    const box = element.getBoundingClientRect();
    const out = box.left < side || box.right > stage.width - side
      || box.top < edge || box.bottom > stage.height - edge;
    return box.width > 0 && (out || element.scrollWidth > element.clientWidth + 1
      && element.clientWidth > 0);
  }).map((element) => element.className.toString() + ": " + element.textContent.slice(0, 40));
}"""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing on the test's output."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The repository, served: the harness draws on a real stage."""
    root = Path(__file__).parents[2]
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(root)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/tests/js/harness/harness.html"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def wall(browser: Browser, address: str) -> Iterator[Page]:
    """An empty stage of 1080p."""
    context = browser.new_context(viewport={"width": 1920, "height": 1080})
    page = context.new_page()
    page.goto(address)
    page.wait_for_function("window.ready")
    yield page
    context.close()


def hang(page: Page, scene: str, name: str, item: dict[str, Any]) -> dict[str, Any]:
    """Show one item; the answer tells the scene on show and the errors so far."""
    made = {"programme": programme(scene, name), "feeds": {name: feed(name, item)}}
    told: dict[str, Any] = page.evaluate("made => hang(made)", made | {"now": NOW})
    return told


@pytest.mark.parametrize("size", SIZES)
def test_nothing_leaves_the_safe_area(wall: Page, size: str) -> None:
    width, height = SIZES[size]
    wall.set_viewport_size({"width": width, "height": height})
    for name, (scene, feed_name, item) in SCENES.items():
        told = hang(wall, scene, feed_name, item)
        assert told == {"scene": scene, "errors": 0}, name
        assert wall.evaluate(OUTSIDE) == [], f"{name}, {size}"


def test_a_quote_too_long_for_one_page_says_which_page_it_shows(wall: Page) -> None:
    hang(wall, "quote", "quotes", quote(LONG * 3))
    expect(wall.get_by_text("1 of ")).to_be_visible()


def test_what_was_cut_and_masked_is_seen_to_be_so(wall: Page) -> None:
    pieces = [{"kind": "mask", "label": "name"}, *words(" helped me "), {"kind": "cut"}]
    hang(wall, "quote", "quotes", quote("", pieces=pieces))
    expect(wall.locator("blockquote")).to_have_text("name helped me […]")
    expect(wall.get_by_role("img", name="words left out")).to_be_visible()


def test_markup_in_a_quote_is_only_text(wall: Page) -> None:
    hang(wall, "quote", "quotes", quote("<img src=x onerror=alert(1)> <b>bold</b>"))
    expect(wall.locator("blockquote")).to_have_text("<img src=x onerror=alert(1)> <b>bold</b>")
    assert wall.locator("blockquote *").count() == 0


def test_too_few_answers_show_no_score(wall: Page) -> None:
    hang(wall, "nps", "nps", metric(enough=False, score=None, n=12, trend=[]))
    expect(wall.get_by_text("Too few answers yet: 12 of 30")).to_be_visible()


def test_a_scene_that_cannot_be_drawn_leaves_a_calm_page(wall: Page) -> None:
    told = hang(wall, "quote", "quotes", quote("x", pieces=None))
    assert told == {"scene": "empty", "errors": 1}
    expect(wall.get_by_text("Nothing hangs here yet.")).to_be_visible()


def test_the_mix_is_counted_from_what_hangs(wall: Page) -> None:
    quotes = [quote("Good.", id=f"q{n}") for n in range(8)]
    quotes += [quote("Fine.", id=f"p{n}", band="passive") for n in range(2)]
    feeds = {
        "mix": feed("metric", mix()), "nps": feed("metric", metric()),
        "quotes": feed("quotes", *quotes),
    }  # fmt: skip
    wall.evaluate(
        "made => hang(made)", {"programme": programme("mix", "mix"), "feeds": feeds, "now": NOW}
    )
    expect(wall.get_by_text("10 quotes hang here")).to_be_visible()
    expect(wall.get_by_text("1,284 customers answered")).to_be_visible()
    expect(wall.get_by_text("Detractors are quoted here less than they answered.")).to_be_visible()
    shares = wall.locator(".legend-share").all_text_contents()
    assert shares == ["80%", "20%", "0%", "54%", "19%", "27%"]


def mosaic(n: int) -> dict[str, Any]:
    """So many short quotes, to be shown together."""
    return {
        "programme": programme("mosaic", "quotes"),
        "feeds": {"quotes": feed("quotes", *short_quotes(n))}, "now": NOW,
    }  # fmt: skip


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("n", [3, 4, 7])
def test_several_quotes_at_a_glance(wall: Page, n: int, size: str) -> None:
    width, height = SIZES[size]
    wall.set_viewport_size({"width": width, "height": height})
    assert wall.evaluate("made => hang(made)", mosaic(n)) == {"scene": "mosaic", "errors": 0}
    expect(wall.locator(".tile")).to_have_count(min(n, 5))
    assert wall.evaluate(OUTSIDE) == []


def test_a_mosaic_leaves_when_one_of_its_quotes_is_withdrawn(wall: Page) -> None:
    wall.evaluate("made => hang(made)", mosaic(4))
    expect(wall.get_by_text("Nobody answers the phone.")).to_be_visible()
    told = wall.evaluate("made => change(made)", mosaic(3))
    assert told == {"scene": "mosaic", "errors": 0}
    expect(wall.get_by_text("Nobody answers the phone.")).to_have_count(0)


def test_a_step_on_what_has_no_pages_does_not_turn_those_of_before(
    wall: Page,
) -> None:
    wall.evaluate("made => hang(made)", mosaic(7))
    feeds = {**mosaic(7)["feeds"], "notices": feed("notices", celebration("The 1,000th 10"))}
    told = wall.evaluate("made => change(made)", {**mosaic(7), "feeds": feeds})
    assert told == {"scene": "celebration", "errors": 0}
    wall.evaluate("own.stage().step(1)")
    expect(wall.locator(".layer")).to_have_count(1)


def test_a_picture_that_does_not_come_leaves_the_words_alone(wall: Page) -> None:
    away = {"url": "/nowhere.webp", "width": 800, "height": 600, "tells": "The team"}
    hang(wall, "notice", "notices", notice("Thank you!", picture=away))
    expect(wall.get_by_role("heading", name="Thank you!")).to_be_visible()
    expect(wall.locator(".notice-picture")).to_have_count(0)


def test_what_takes_over_comes_at_once_and_is_put_right_in_place(wall: Page) -> None:
    wall.evaluate("made => hang(made)", at_rev(4, quote("Great!")))
    over = notice("Fire drill at ten", takes_over=True, until=NOW + 60_000)
    made = at_rev(5, quote("Great!"))
    made["feeds"]["notices"] = feed("notices", over)
    assert wall.evaluate("made => change(made)", made) == {"scene": "notice", "errors": 0}
    made["feeds"]["notices"] = feed("notices", over | {"headline": "Fire drill at noon"})
    wall.evaluate("made => change(made)", made)
    expect(wall.get_by_role("heading", name="Fire drill at noon")).to_be_visible()
    wall.evaluate("made => change(made)", at_rev(6, quote("Great!")))
    expect(wall.get_by_text("Great!")).to_be_visible()


def test_a_company_s_walls_have_its_colour_and_its_titles(wall: Page) -> None:
    accent = {"text": "#ffe000", "graphic": "#c0a000"}
    brand = {
        "accent": {"ink": accent, "paper": accent}, "logo": "/static/wall/icon.svg",
        "frame": "full", "titles": {"quote": "Heard today"},
    }  # fmt: skip
    made = at_rev(4, quote("Great!"))
    made["programme"]["brand"] = brand
    wall.evaluate("made => hang(made)", made)
    title = wall.get_by_text("Heard today")
    expect(title).to_have_css("color", "rgb(255, 224, 0)")
    expect(wall.locator(".frame-logo")).to_be_visible()


def test_what_stands_out_is_named(wall: Page) -> None:
    hang(wall, "touchpoints", "touchpoints", touchpoints())
    expect(
        wall.get_by_text("Lowest at Delivery, highest at Showroom – more than chance.")
    ).to_be_visible()
    expect(wall.locator(".is-pain")).to_contain_text("point of pain")
    expect(wall.locator(".is-truth")).to_contain_text("moment of truth")


def test_a_programme_that_cannot_be_shown_does_not_keep_withdrawn_words_up(wall: Page) -> None:
    hang(wall, "quote", "quotes", quote("Great!"))
    broken = programme("quote", "quotes", playlist=None)
    told = wall.evaluate("made => change(made)", {"programme": broken, "feeds": {}, "now": NOW})
    assert told == {"scene": "empty", "errors": 1}
    expect(wall.get_by_text("Great!")).to_have_count(0)


def test_after_a_fault_the_wall_goes_on(wall: Page) -> None:
    hang(wall, "quote", "quotes", quote("Great!"))
    feeds = {"quotes": feed("quotes", quote("Great!"))}
    broken = programme("quote", "quotes", playlist=None)
    made = {"programme": broken, "feeds": feeds, "now": NOW}
    assert wall.evaluate("made => change(made)", made)["scene"] == "quote"
    feeds = {"quotes": feed("quotes", quote("Even better.", id="q2"))}
    made = {"programme": programme("quote", "quotes"), "feeds": feeds, "now": NOW}
    assert wall.evaluate("made => change(made)", made) == {"scene": "quote", "errors": 1}
    expect(wall.get_by_text("Even better.")).to_be_visible()


def at_rev(rev: int, *items: dict[str, Any]) -> dict[str, Any]:
    """The quotes as they are at a rev, to show now."""
    feeds = {"quotes": {**feed("quotes", *items), "rev": rev}}
    return {"programme": programme("quote", "quotes"), "feeds": feeds, "now": NOW}


def test_what_the_page_shows_is_told_once_it_is_there(wall: Page) -> None:
    wall.evaluate("made => hang(made)", at_rev(4, quote("Great!")))
    assert wall.evaluate("painted()") == {"quotes": 4}
    wall.evaluate("made => change(made)", at_rev(5))
    assert wall.evaluate("painted()") == {"quotes": 5}


def test_what_could_not_be_painted_is_not_told(wall: Page) -> None:
    wall.evaluate("made => hang(made)", at_rev(4, quote("Great!")))
    broken = at_rev(5) | {"programme": programme("quote", "quotes", playlist=None)}
    wall.evaluate("made => change(made)", broken)
    assert wall.evaluate("painted()") == {"quotes": 4}
    wall.evaluate("made => change(made)", at_rev(6, quote("x", id="q2", pieces=None)))
    assert wall.evaluate("painted()") == {"quotes": 4}
    wall.evaluate("made => change(made)", at_rev(7, quote("Better.", id="q3")))
    assert wall.evaluate("painted()") == {"quotes": 7}


def test_words_that_still_fade_away_are_gone_before_it_is_told(wall: Page) -> None:
    """The fade of a scene that gave way takes half a second, in which it may be withdrawn."""
    first, second = quote("First.", published_at=NOW - DAY_MS), quote("Second.", id="q2")
    moving = {"programme": programme("quote", "quotes", motion=True)}
    left = wall.evaluate(
        """async ([first, both, second]) => {
          await hang(first);
          await change(both);
          await change(second);
          return document.querySelector(".stage").textContent.includes("First.");
        }""",
        [
            at_rev(4, first) | moving,
            at_rev(5, first, quote("Second.", id="q2", published_at=NOW)) | moving,
            at_rev(6, second) | moving,
        ],
    )
    assert left is False
    assert wall.evaluate("painted()") == {"quotes": 6}


def test_a_language_and_a_zone_that_the_browser_does_not_know_are_passed_over(wall: Page) -> None:
    shown = programme("quote", "quotes", locale="sv_SE", timezone="localtime")
    made = {"programme": shown, "feeds": {"quotes": feed("quotes", quote("Great!"))}, "now": NOW}
    assert wall.evaluate("made => hang(made)", made) == {"scene": "quote", "errors": 0}


def test_what_is_old_says_of_which_day_it_is(wall: Page) -> None:
    just_after_midnight = NOW - 9 * DAY_MS - 9 * 3_600_000 - 12 * 60_000  # in Stockholm, not in UTC
    old = {"nps": feed("metric", metric(as_of=just_after_midnight))}
    made = {
        "programme": programme("nps", "nps"), "feeds": old, "now": NOW,
        "fresh": {"state": "offline", "since": NOW - 30 * 3_600_000},
    }  # fmt: skip
    wall.evaluate("made => hang(made)", made)
    expect(wall.get_by_text("as of 5 April", exact=True)).to_be_visible()
    expect(wall.get_by_text("Target: +30 by 1 July")).to_be_visible()
    expect(wall.get_by_text("offline since 13 April, 03:42")).to_be_visible()
    stale = touchpoints(as_of=just_after_midnight)
    hang(wall, "touchpoints", "touchpoints", stale)
    expect(wall.locator(".frame-foot")).to_contain_text("as of 5 April")
    both = old | {"mix": feed("metric", mix()), "quotes": feed("quotes", quote("Good."))}
    shown = programme("mix", "mix")
    wall.evaluate("made => hang(made)", made | {"feeds": both, "programme": shown})
    expect(wall.locator(".frame-foot")).to_contain_text("as of 5 April")


def test_the_quiet_frame_is_heard_and_keeps_silent_about_nothing_urgent(wall: Page) -> None:
    quiet: dict[str, Any] = {"accent": None, "logo": None, "frame": "quiet", "titles": {}}
    urgent = notice("Leave by the stairs", takes_over=True, urgent=True, until=NOW + DAY_MS)
    for scene, name, item, title, hidden in (
        ("quote", "quotes", quote("Good."), "Customer voices", True),
        ("notice", "notices", urgent, "Important", False),
    ):
        shown = programme(scene, name, brand=quiet)
        made = {"programme": shown, "feeds": {name: feed(name, item)}, "now": NOW}
        wall.evaluate("made => hang(made)", made)
        expect(wall.get_by_role("heading", level=1, name=title)).to_have_count(1)
        cut = wall.locator(".frame-title").evaluate("title => getComputedStyle(title).clipPath")
        assert (cut != "none") == hidden, title
