"""One answer to every hello: what a wall lacks, never part of the way."""

from typing import Any

import pytest

from signage import clock
from signage.actions import outbox
from signage.actions.outbox import HISTORY, forget_history
from signage.core.feeds import Change, FeedState, apply
from signage.models import FeedChange
from tests.answers import hung, items
from tests.live.conftest import Wall, eventually
from tests.serving import Server


@pytest.fixture(scope="module")
def quotes(server: Server, lead_id: int) -> list[int]:
    """Three quotes that hang."""
    return [
        hung(server.database, f"hello-{n}", lead=lead_id, at=clock.now(), comment=f"Said {n}.")
        for n in range(3)
    ]


def have(feed: dict[str, Any], rev: int) -> dict[str, Any]:
    return {"feeds": {"quotes": {"epoch": feed["epoch"], "rev": rev}}}


def test_from_nothing_it_is_told_everything(
    connected: Wall, server: Server, quotes: list[int]
) -> None:
    before = clock.now()
    told = connected.call("hello", {"feeds": {}, "programme": None, "player": "0.1.0"})

    feed = told["feeds"]["quotes"]
    assert feed["kind"] == "quotes"
    assert feed["items"] == items(server.database, "quotes")
    assert set(feed["items"]) >= {f"q{quote}" for quote in quotes}
    assert told["feeds"]["nps"]["kind"] == "metric"
    assert told["programme"]["protocol"] == 1
    assert told["programme"]["locale"] == "sv"
    seconds = abs(told["now"] - before.timestamp() * 1000) / 1000
    assert seconds < 60


@pytest.mark.usefixtures("quotes")
def test_with_everything_it_is_told_nothing(connected: Wall) -> None:
    def nothing_is_lacking() -> bool:
        """Unless something changes just then: scores are computed while this runs."""
        told = connected.call("hello", {})
        said = {
            "feeds": {
                name: {"epoch": feed["epoch"], "rev": feed["rev"]}
                for name, feed in told["feeds"].items()
            },
            "programme": told["programme"]["version"],
            "player": "0.1.0",
        }
        again = connected.call("heartbeat", {**said, "scene": "quote", "errors": 0})
        assert again["programme"] is None
        return all(feed["changes"] == [] for feed in again["feeds"].values())

    eventually(nothing_is_lacking)


@pytest.mark.usefixtures("quotes")
def test_it_is_told_what_it_lacks_and_then_has_the_same(
    connected: Wall, server: Server, lead_id: int
) -> None:
    """Applied by the rule that players apply by, whatever they had."""
    before = connected.call("hello", {})["feeds"]["quotes"]
    state = FeedState(before["epoch"], before["rev"], before["items"])
    hung(server.database, "hello-new", lead=lead_id, at=clock.now())

    for rev in range(before["rev"] + 1):
        feed = connected.call("hello", have(before, rev))["feeds"]["quotes"]
        revs = [change["rev"] for change in feed["changes"]]
        assert revs == list(range(rev + 1, feed["rev"] + 1))

    feed = connected.call("hello", have(before, before["rev"]))["feeds"]["quotes"]
    for change in feed["changes"]:
        applied = apply(state, feed["epoch"], Change(**change))
        assert isinstance(applied, FeedState)
        state = applied
    assert state.items == items(server.database, "quotes")
    assert state.rev == feed["rev"]


@pytest.mark.usefixtures("quotes")
@pytest.mark.parametrize("rev", [10**6, 2**70, -1, -(2**70)])
def test_a_rev_that_cannot_be_is_answered_with_a_snapshot(connected: Wall, rev: int) -> None:
    feed = connected.call("hello", {})["feeds"]["quotes"]

    assert "items" in connected.call("hello", have(feed, rev))["feeds"]["quotes"]


@pytest.mark.usefixtures("quotes")
def test_another_epoch_is_answered_with_a_snapshot(connected: Wall) -> None:
    feed = connected.call("hello", {})["feeds"]["quotes"]

    other = connected.call("hello", have({"epoch": "other"}, feed["rev"]))["feeds"]["quotes"]

    assert other["items"] == feed["items"]


@pytest.mark.usefixtures("quotes")
def test_older_than_the_history_is_answered_with_a_snapshot(
    connected: Wall, server: Server
) -> None:
    before = connected.call("hello", {})["feeds"]["quotes"]
    with server.database.write() as session:
        feed = outbox.feed_named(session, "quotes")
        first, feed.rev = feed.rev + 1, feed.rev + HISTORY + 10
        session.add_all(
            FeedChange(
                feed_id=feed.id, rev=rev, op="drop", item="q0",
                made_at=clock.now(), announced_at=clock.now(),
            )
            for rev in range(first, feed.rev + 1)
        )  # fmt: skip
        last = feed.rev
    whole = connected.call("hello", have(before, before["rev"]))["feeds"]["quotes"]
    assert len(whole["changes"]) == HISTORY + 10

    forget_history(server.database)

    reached = connected.call("hello", have(before, last - HISTORY))["feeds"]["quotes"]
    assert len(reached["changes"]) == HISTORY
    beyond = connected.call("hello", have(before, last - HISTORY - 1))["feeds"]["quotes"]
    assert beyond["items"] == items(server.database, "quotes")
