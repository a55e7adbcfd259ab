"""Many at once, in threads and in processes: nothing is lost, doubled, out of order or stuck."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import datetime
from itertools import chain
from typing import Any

from sqlalchemy import func, select

from signage.actions import decide, outbox
from signage.errors import Conflict
from signage.models import Database, Decision, Feed, FeedItem, Quote, Tally
from tests.actions.deciding import QUOTES, work
from tests.answers import at_once, changes, items, waiting

PATIENCE = 300


def histories_are_whole(database: Database) -> None:
    """Every rev from 1 to each feed's is there, once, and the latest says what hangs."""
    for name, _, _ in outbox.FEEDS:
        with database.read() as session:
            feed = session.scalars(select(Feed).where(Feed.name == name)).one()
            hanging = set(session.scalars(select(FeedItem.item).where(FeedItem.feed_id == feed.id)))
        history = changes(database, name)
        assert [rev for rev, _, _ in history] == list(range(1, feed.rev + 1))
        latest = {item: op for _, op, item in history}
        assert {item for item, op in latest.items() if op == "put"} == hanging


def verdicts(database: Database, verdict: str) -> list[int]:
    with database.read() as session:
        rows = session.scalars(select(Decision.quote_id).where(Decision.verdict == verdict))
        return sorted(rows)


def all_is_as_told(database: Database, told: Iterable[dict[str, Any]]) -> None:
    told = list(told)
    assert sum(each["created"] for each in told) == QUOTES
    for verdict in ("approve", "withdraw"):
        accepted = sorted(chain.from_iterable(each[verdict] for each in told))
        assert accepted == verdicts(database, verdict)
        assert max(Counter(accepted).values(), default=1) == 1
    with database.read() as session:
        assert session.scalar(select(func.sum(Tally.n))) == QUOTES
        assert session.scalar(select(func.count()).select_from(Quote)) == QUOTES
        shown = session.scalars(select(Quote.id).where(Quote.state == "published")).all()
    assert set(items(database)) == {f"q{quote}" for quote in shown}
    histories_are_whole(database)
    # An improvement shows the words of its quote while they hang, and never after.
    for body in items(database, "improvements").values():
        if body["kind"] == "improvement" and body["said"]:
            words = body["said"]["pieces"][0]["text"]
            assert any(words == each["pieces"][0]["text"] for each in items(database).values())


def test_threads_decide_of_their_own_quotes(database: Database, lead: int, at: datetime) -> None:
    at_once(database)
    quotes = [waiting(database, str(n), at=at) for n in range(160)]

    def decide_some(place: int) -> None:
        for quote in quotes[place::8]:
            decide.approve(database, quote, revision=0, user_id=lead, at=at)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(decide_some, range(8)))

    assert verdicts(database, "approve") == verdicts(database, "publish") == quotes
    assert len(items(database)) == 60
    histories_are_whole(database)


def test_of_many_who_decide_the_same_one_is_heard(
    database: Database, lead: int, at: datetime
) -> None:
    quote = waiting(database, at=at)

    def heard(_: int) -> bool:
        try:
            decide.approve(database, quote, revision=0, user_id=lead, at=at)
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(heard, range(8))) == 1
    assert verdicts(database, "approve") == [quote]


def test_threads_do_all_that_a_desk_can(database: Database, lead: int) -> None:
    at_once(database)

    with ThreadPoolExecutor(3) as threads:
        told = list(threads.map(lambda seed: work(database, lead, seed), range(3)))

    all_is_as_told(database, told)


def test_processes_do_all_that_a_desk_can(database: Database, lead: int) -> None:
    at_once(database)
    command = [sys.executable, "-m", "tests.actions.deciding", database.url, str(lead)]
    with ExitStack() as ending:
        desks = []
        for seed in range(3):
            desk = subprocess.Popen([*command, str(seed)], stdout=subprocess.PIPE, text=True)
            ending.callback(desk.wait)
            ending.callback(desk.kill)
            desks.append(desk)
        said = [desk.communicate(timeout=PATIENCE)[0] for desk in desks]

    assert [desk.returncode for desk in desks] == [0, 0, 0]
    all_is_as_told(database, map(json.loads, said))


def test_jobs_of_two_leaders_publish_a_quote_once(
    database: Database, lead: int, at: datetime
) -> None:
    """As for a moment when one leader has lost its lock and another has it."""
    quotes = [waiting(database, str(n), at=at) for n in range(10)]
    for quote in quotes:
        decide.approve(database, quote, revision=0, user_id=lead, at=at)
    later = at.replace(hour=8)
    other = Database(database.url)

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(lambda each: decide.publish_due(each, at=later), (database, other)))

    other.engine.dispose()
    assert verdicts(database, "publish") == quotes
    assert [item for _, _, item in changes(database)] == [f"q{quote}" for quote in quotes]
