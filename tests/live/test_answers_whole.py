"""Walls that the history does not reach: they all get one snapshot, made once."""

from datetime import datetime
from typing import Any

import gevent
import pytest
from sqlalchemy import delete, select

from signage.live import answers as answering
from signage.live.answers import KEPT, Answers
from signage.live.encoding import Encoded, encoded
from signage.live.state import Have, read_heads
from signage.models import Database, Feed, FeedChange
from tests.answers import hung
from tests.web.conftest import statements

pytestmark = pytest.mark.both

WALLS = 300
MISSING = 1000
"""Changes that are not kept any more."""


@pytest.fixture
def kept(database: Database, lead: int, at: datetime) -> int:
    """A product in which a quote hangs and whose history begins late; how many changes it has."""
    hung(database, lead=lead, at=at)
    with database.write() as session:
        feed = session.scalars(select(Feed).where(Feed.name == "quotes")).one()
        session.execute(delete(FeedChange).where(FeedChange.feed_id == feed.id))
        feed.rev = MISSING + KEPT + 6
        session.add_all(
            FeedChange(feed_id=feed.id, rev=rev, op="drop", item=f"gone{rev}", made_at=at)
            for rev in range(MISSING + 1, feed.rev + 1)
        )
    return KEPT + 6


@pytest.fixture
def encodings(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Everything that is encoded for walls."""
    made: list[Any] = []

    def note(told: object) -> Encoded:
        made.append(told)
        return encoded(told)

    monkeypatch.setattr(answering, "encoded", note)
    return made


@pytest.fixture
def epoch(database: Database, kept: int) -> str:  # noqa: ARG001 - once the history is so
    with database.read() as session:
        return read_heads(session)["quotes"].epoch


def beyond(epoch: str) -> list[Have]:
    """What walls have that were away for long, each for another while."""
    return [{"quotes": (epoch, rev)} for rev in range(WALLS)]


@pytest.mark.parametrize("anew", ["first", "last"])
def test_one_after_the_other(
    database: Database, epoch: str, encodings: list[Any], at: datetime, anew: str
) -> None:
    answers = Answers(database)
    said = [{}, *beyond(epoch)] if anew == "first" else [*beyond(epoch), {}]

    with statements(database) as seen:
        told = {answers.to(["quotes"], have, at=at)["quotes"] for have in said}

    assert len(told) == len(encodings) == 1
    assert set(encodings[0]["items"]) == {"q1"}
    # Each asks how far the feeds are; only the first (two, if one has nothing) asks for more.
    assert len(seen) <= len(said) + 6, seen[-1]


def test_all_at_once(database: Database, epoch: str, encodings: list[Any], at: datetime) -> None:
    answers = Answers(database)

    with statements(database) as seen:
        walls = [gevent.spawn(answers.to, ["quotes"], have, at=at) for have in beyond(epoch)]
        gevent.joinall(walls, raise_error=True)

    assert len({wall.value["quotes"] for wall in walls}) == len(encodings) == 1
    assert len(seen) <= 6, seen


def test_nothing_drives_it_out(
    database: Database, kept: int, epoch: str, encodings: list[Any], at: datetime
) -> None:
    answers = Answers(database)
    whole = answers.to(["quotes"], {"quotes": (epoch, 0)}, at=at)["quotes"]

    for known in range(kept):  # whose changes are there
        answers.to(["quotes"], {"quotes": (epoch, MISSING + known)}, at=at)
    assert [len(told["changes"]) for told in encodings[1:]] == list(range(kept, 0, -1))

    for n in range(KEPT + 1):  # of another history: nothing of it is kept
        answers.to(["quotes"], {"quotes": (f"guess{n}", n)}, at=at)
    assert len(encodings) == 1 + kept
    assert answers.to(["quotes"], {}, at=at)["quotes"] is whole
