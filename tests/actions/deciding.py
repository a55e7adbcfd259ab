"""One of several desks at work on one database: `python -m tests.actions.deciding URL LEAD SEED`.

Takes in the same answers as the others, decides of the same quotes in an order of its own, writes
improvements down that quote them, and prints what was accepted as JSON.
"""

import json
import random
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime
from functools import partial
from typing import TypeVar

from sqlalchemy.exc import OperationalError

from signage.actions import decide, improve, measure, prefer
from signage.actions.improve import ImprovementDraft
from signage.errors import Conflict, NotFound
from signage.models import Database, Preferences, preferences
from signage.models.trouble import trouble
from tests.answers import draft, take

AT = datetime(2026, 4, 14, 7, 42, tzinfo=UTC)
QUOTES = 10

T = TypeVar("T")
Deed = Callable[[Database, int, int], None]


def approve(database: Database, lead: int, quote: int) -> None:
    decide.approve(database, quote, revision=0, user_id=lead, at=AT)


def withdraw(database: Database, lead: int, quote: int) -> None:
    decide.withdraw(database, quote, reason="private", user_id=lead, at=AT)


def link(database: Database, lead: int, quote: int) -> None:
    said = ImprovementDraft("Baked twice.", "Bread", "Bakery", date(2026, 3, 1), None, (quote,))
    improvement = improve.improve(database, said, user_id=lead, at=AT)
    improve.publish_improvement(database, improvement.id, at=AT)


def compute(database: Database, _lead: int, _quote: int) -> None:
    measure.refresh_stale(database, at=AT)


def choose(database: Database, _lead: int, quote: int) -> None:
    with database.read() as session:
        chosen = preferences(session)
    prefer.prefer(
        database, Preferences(title=f"{chosen.title[:9]} {quote}", grace_seconds=0), at=AT
    )


DEEDS: tuple[Deed, ...] = (approve, withdraw, link, compute, choose)


def patiently(act: Callable[[], T]) -> T:
    """Again, as a person does who is told that too much happens at once: SQLite hands turns to
    other processes as luck has it."""
    while True:
        try:
            return act()
        except OperationalError as error:
            if trouble(error) != "busy":
                raise


def work(database: Database, lead: int, seed: int) -> dict[str, object]:
    """What this desk got done: outcomes of the answers, and per deed the quotes."""
    chance = random.Random(seed)  # noqa: S311 - an order of its own
    drafts = [draft(str(n), at=AT, score=n % 11, comment=f"Said {n}.") for n in range(QUOTES)]
    statuses = [
        status
        for each in chance.sample(drafts, QUOTES)
        for status in patiently(partial(take, database, each, at=AT))
    ]
    done: dict[str, list[int]] = {deed.__name__: [] for deed in DEEDS}
    plan = [(deed, quote) for deed in DEEDS for quote in range(1, QUOTES + 1)]
    for deed, quote in chance.sample(plan, len(plan)):
        with suppress(Conflict, NotFound):
            patiently(partial(deed, database, lead, quote))
            done[deed.__name__].append(quote)
    return {"created": statuses.count("created"), **done}


if __name__ == "__main__":
    opened = Database(sys.argv[1])
    print(json.dumps(work(opened, int(sys.argv[2]), int(sys.argv[3]))))
    opened.engine.dispose()
