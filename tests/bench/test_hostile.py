"""What no client may say: refused, counted, closed with a reason, and one line in the log."""

from collections.abc import Iterator

import pytest

from bench.recovery_parts.hostile import INSULTS, Stranger
from bench.recovery_parts.loop import Loop
from bench.recovery_parts.servers import KEY, Site, sqlite_site
from signage import clock
from signage.actions.screens import ScreenDraft, add_screen
from signage.models import Database
from tests.patience import PATIENCE, eventually


@pytest.fixture(scope="module", params=["direct", "ordinary"])
def site(request: pytest.FixtureRequest) -> Iterator[Site]:
    with sqlite_site(request.param) as opened:
        yield opened


@pytest.fixture(scope="module")
def key(site: Site) -> Iterator[str]:
    database = Database(site.database_url)
    yield add_screen(database, KEY, ScreenDraft("Canteen"), at=clock.now())[1]
    database.engine.dispose()


def test_every_insult_ends_its_connection_with_one_line_of_log(site: Site, key: str) -> None:
    loop, server = Loop(), site.servers[0]
    eventually(server.takes_requests)
    ends = loop.now() + PATIENCE
    for insult in INSULTS:
        before = site.log()
        stranger = Stranger(loop, server.port, key, insult)
        while stranger.closed_at is None and loop.now() < ends:
            loop.run(0.02)
        stranger.leave()
        said = site.log().removeprefix(before)
        lines = [line for line in said.splitlines() if "cut-off" in line or "WARNING" in line]

        assert stranger.closed_at is not None, insult.name
        if insult.reason is not None:
            assert [f"reason={insult.reason}" in line for line in lines] == [True], insult.name
        assert "Traceback" not in said, insult.name
    loop.close()
