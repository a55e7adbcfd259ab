"""Every scene, in every state, language and size, measured on a real stage: nothing is cut, meets
another or leaves the safe area; letters are as large and as dark as reading from afar asks."""

from typing import Any

import pytest
from playwright.sync_api import Browser

from signage.words import LANGUAGES
from tests.browser.test_player_scenes import SIZES, address
from tests.browser.wall_everywhere import PANELS, pictures

__all__ = ["address"]

SCENES = (
    "quote", "mosaic", "mix", "improvement", "nps", "csat", "ces", "touchpoints", "notice",
    "celebration", "ask", "empty", "lapsed",
)  # fmt: skip


def _look(picture: dict[str, Any]) -> tuple[str, str]:
    programme = picture["programme"]
    return programme["theme"], programme["locale"]


@pytest.mark.parametrize("size", SIZES)
def test_every_scene_can_be_read_from_where_people_stand(
    browser: Browser, address: str, size: str
) -> None:
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height})
    page = context.new_page()
    page.goto(address)
    page.wait_for_function("window.ready")
    panels = PANELS["small" if size == "small" else "wide"]
    hung = pictures(list(SIZES).index(size), panels)
    kinds = {(each["name"].split()[0], *_look(each)) for each in hung if each["programme"]}
    assert len(kinds) == len(SCENES) * len(("ink", "paper")) * len(LANGUAGES)
    assert page.evaluate("pictures => hangAll(pictures)", hung) == {}
    context.close()
