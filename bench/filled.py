"""A product that has been in use: answers, quotes in every state, a wall that is full."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import insert, select

from bench.answers import (
    COMMENTED,
    DAYS,
    SCORES,
    TOUCHPOINTS,
    WEIGHTS,
    comment,
    the_same_chance,
)
from signage.actions import hang, measure
from signage.actions.receive import receive
from signage.actions.sign_ins import sign_in
from signage.actions.tally import TallyKey, count
from signage.actions.words import index_words
from signage.intake.draft import draft_from
from signage.models import (
    Database,
    Improvement,
    Quote,
    Screen,
    SurveyResponse,
    Touchpoint,
    User,
)
from signage.models.database import insert_many

BATCH = 20_000
SEGMENTS = ("privat", "företag", "förening")
SCREENS = 12
IMPROVEMENTS = 24
HANGING = 60
"""Quotes in the feed; the others were published earlier."""


def fill(database: Database, answers: int, *, each_state: int, at: datetime) -> None:
    """Put in so many answers of the last DAYS.

    The quotes are rejected, but for `each_state` that were published and the latest `each_state`,
    which wait; where there are fewer comments, half of them each.
    """
    chance = the_same_chance()
    with database.write() as session:
        session.add_all(
            Touchpoint(name=name, position=place) for place, name in enumerate(TOUCHPOINTS, start=1)
        )
    comments: list[int] = []
    for first in range(1, answers + 1, BATCH):
        ids = range(first, min(first + BATCH, answers + 1))
        comments += _answer(database, ids, chance, at)
    _judge(database, comments, min(each_state, len(comments) // 2), at)
    _furnish(database, at)
    _hang(database, at)


def receive_one(database: Database, at: datetime) -> None:
    """One more answer: the numbers are stale from now on, since no job of the product runs."""
    fields = {"source": "bench", "external_id": "one more", "score": 9, "touchpoint": "Butik"}
    receive(database, [draft_from(fields, at=at, payload="{}")], at=at)


def lead(database: Database, at: datetime) -> str:
    """A CX lead's sign-in."""
    with database.write() as session:
        user = User(
            email="lead@example.com", name="Lead", language="en", role="admin", created_at=at,
            password_hash="-",  # noqa: S106 - nobody signs in with it
        )  # fmt: skip
        session.add(user)
        session.flush()
    return sign_in(database, user.id, at=at)


def _answer(database: Database, ids: range, chance: Random, at: datetime) -> list[int]:
    """Answers and their tallies; gives the ids of those with a comment."""
    n = len(ids)
    times = [at - timedelta(days=DAYS * chance.random()) for _ in ids]
    scores = chance.choices(SCORES, WEIGHTS, k=n)
    segments = chance.choices(SEGMENTS, k=n)
    places = chance.choices(range(1, len(TOUCHPOINTS) + 1), k=n)
    said = [comment(chance) if chance.random() < COMMENTED else None for _ in ids]
    columns = {
        "id": ids, "external_id": [f"{chance.getrandbits(64):016x}" for _ in ids],
        "score": scores, "segment": segments, "comment": said, "touchpoint_id": places,
        "answered_at": times, "received_at": times,
        "source": ["bench"] * n, "metric": ["nps"] * n, "kind": ["transactional"] * n,
        "language": ["sv"] * n, "consent": ["unknown"] * n,
    }  # fmt: skip
    keys = zip(times, places, segments, scores, strict=True)
    with database.write() as session:
        insert_many(session, insert(SurveyResponse), columns)
        index_words(session, ids[0], ids[-1])
        count(
            session,
            Counter(
                TallyKey(time.date(), "nps", "transactional", place, segment, score)
                for time, place, segment, score in keys
            ),
        )
    return [id_ for id_, words in zip(ids, said, strict=True) if words]


def _judge(database: Database, comments: list[int], each_state: int, at: datetime) -> None:
    n = len(comments)
    states = ["rejected"] * (n - each_state) + ["waiting"] * each_state
    states[: each_state * 2 : 2] = ["published"] * len(states[: each_state * 2 : 2])
    published = [
        at - timedelta(minutes=n - place) if state == "published" else None
        for place, state in enumerate(states)
    ]
    columns: dict[str, Sequence[object]] = {
        "response_id": comments,
        "state": states,
        "revision": [0] * n,
        "published_at": published,
    }
    with database.write() as session:
        insert_many(session, insert(Quote), columns)


def _furnish(database: Database, at: datetime) -> None:
    with database.write() as session:
        session.add_all(
            Screen(
                name=f"Canteen {number}", site="Solna", locale="sv", timezone="Europe/Stockholm",
                theme="auto", motion=True, diagonal_inch=55, distance_m=5,
                key_hash=f"{number:064}", created_at=at,
            )
            for number in range(SCREENS)
        )  # fmt: skip
        session.add_all(
            Improvement(
                did="Two drivers more on Fridays.", label=f"quicker delivery {number}",
                team="Delivery", done_on=(at - timedelta(days=15 * number + 5)).date(),
                touchpoint_id=1 + number % len(TOUCHPOINTS), made_by=None, made_at=at,
            )
            for number in range(IMPROVEMENTS)
        )  # fmt: skip


def _hang(database: Database, at: datetime) -> None:
    latest = select(Quote).where(Quote.state == "published").order_by(Quote.published_at.desc())
    with database.write() as session:
        for quote in session.scalars(latest.limit(HANGING)).all():
            hang.hang_quote(session, quote, at)
    measure.refresh_stale(database, at=at)
