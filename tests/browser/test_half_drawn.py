"""A scene is drawn in several tasks: what happens to the stage meanwhile."""

from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.test_player_scenes import address, wall  # noqa: F401 - fixtures
from tests.browser.wall_content import LONG, NOW, feed, programme, quote

HOUR_MS = 3_600_000
FIRST = quote("First.", published_at=NOW - HOUR_MS)
SECOND = quote(LONG * 3, id="q2", published_at=NOW)
# The second is being measured when `act` is called with the stage.
MEANWHILE = """async ([first, second, act]) => {
  await hang(first);
  window.half = own.halfDrawn("quote");
  const changed = change(second);
  await half.begun;
  await eval(act)(own.stage());
  half.go();
  await changed;
}"""
RESIZED_AND_WITHDRAWN = """async (stage) => {
  document.getElementById("stage").style.width = "50%";
  for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
  window.left = stage.update({ programme: null, feeds: {}, contact: null });
}"""
STOPPED = """(stage) => {
  stage.stop();
  window.timers = 0;
  const set = window.setTimeout;
  window.setTimeout = (...told) => { timers += 1; return set(...told); };
  own.told.length = 0;
}"""


def at_rev(rev: int, *items: dict[str, Any]) -> dict[str, Any]:
    feeds = {"quotes": {**feed("quotes", *items), "rev": rev}}
    return {"programme": programme("quote", "quotes"), "feeds": feeds, "now": NOW}


def meanwhile(wall: Page, act: str) -> None:  # noqa: F811
    wall.evaluate(MEANWHILE, [at_rev(4, FIRST), at_rev(5, FIRST, SECOND), act])


def test_what_is_held_while_the_next_is_drawn_stays_until_it_is_let_go(wall: Page) -> None:  # noqa: F811
    meanwhile(wall, "(stage) => stage.hold()")
    assert wall.locator("blockquote").all_text_contents() == ["First."]
    wall.evaluate("made => change(made)", at_rev(6, FIRST, SECOND))
    expect(wall.locator(".layer")).to_have_count(1)
    expect(wall.locator("blockquote")).to_have_text("First.")
    assert wall.evaluate("own.stage().isHeld && own.stage().shown.endsAt === null")
    assert wall.evaluate("own.told.at(-1)") == wall.evaluate("own.stage().shown.key")

    wall.evaluate("own.stage().letGo()")
    expect(wall.locator(".layer")).to_have_count(1)
    expect(wall.locator("blockquote")).not_to_have_text("First.")
    assert not wall.evaluate("own.stage().isHeld")


def test_a_step_while_another_is_drawn_goes_on_from_what_hangs(wall: Page) -> None:  # noqa: F811
    meanwhile(wall, "(stage) => { window.stepped = stage.step(1); }")
    wall.evaluate("window.stepped")
    assert wall.evaluate("own.stage().isHeld")
    expect(wall.locator(".layer")).to_have_count(1)
    expect(wall.locator("blockquote")).not_to_have_text("First.")


def test_a_stage_that_stops_while_a_scene_is_drawn_changes_nothing_more(wall: Page) -> None:  # noqa: F811
    meanwhile(wall, STOPPED)
    expect(wall.locator(".layer")).to_have_count(1)
    expect(wall.locator("blockquote")).to_have_text("First.")
    assert wall.evaluate("timers") == 0
    assert wall.evaluate("own.told") == []


def test_what_was_withdrawn_is_not_drawn_again_for_another_size(wall: Page) -> None:  # noqa: F811
    meanwhile(wall, RESIZED_AND_WITHDRAWN)
    wall.evaluate("window.left")
    expect(wall.locator("blockquote")).to_have_count(0)
    assert wall.evaluate("half.measured") == 1
