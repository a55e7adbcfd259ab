"""The desk while Redis is lost, as it is seen, and on a page that stays open."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from signage.web.probes import ADVICE
from tests.browser.test_desk_pages import MAGNIFIED, TELEPHONE, broken_rules, shown
from tests.browser.test_desk_stays_open import LOOKS_MS
from tests.patience import eventually
from tests.services import Redis
from tests.serving import Server, free_port


@pytest.fixture
def redis() -> Iterator[Redis]:
    with Redis() as running:
        yield running


@pytest.fixture
def server(empty_file: Path, tmp_path: Path, redis: Redis) -> Iterator[Server]:
    """A server that counts on Redis."""
    data = tmp_path / "data"
    data.mkdir()
    shutil.copy(empty_file, data / "signage.db")
    running = Server(data, free_port(), chosen={"REDIS_URL": redis.url})
    running.start()
    yield running
    running.stop()
    running.database.engine.dispose()


def test_it_is_said_where_screens_are_looked_after(
    server: Server, redis: Redis, desk: Page
) -> None:
    server.wall_link()
    screens, watch = f"{server.url}/desk/screens", f"{server.url}/desk/screens/watch"
    line = desk.get_by_text(ADVICE["redis"])
    desk.clock.install()
    shown(desk, screens)
    assert line.count() == 0
    redis.stop(kill=True)

    def told_by_another_look() -> bool:
        desk.clock.fast_forward(LOOKS_MS)
        return line.count() > 0

    eventually(told_by_another_look)
    for path in (screens, watch):
        for width in (1440, MAGNIFIED, TELEPHONE):
            desk.set_viewport_size({"width": width, "height": 900})
            shown(desk, path)
            expect(line).to_be_visible()
            assert broken_rules(desk) == []
            assert desk.evaluate("document.documentElement.scrollWidth") <= width

    redis.start()
    eventually(lambda: shown(desk, watch) and line.count() == 0)
