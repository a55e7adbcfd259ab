"""A product with thousands of screens, quotes that wait, and a wall that is full."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from itsdangerous import URLSafeSerializer
from sqlalchemy import insert, select

from bench.answers import SENTENCES
from bench.filled import lead
from signage import clock
from signage.actions.decide import approve
from signage.actions.prefer import prefer
from signage.actions.receive import receive
from signage.actions.setup import set_up
from signage.core.tokens import new_token, token_hash
from signage.intake.draft import draft_from
from signage.migrate import migrate
from signage.models import Database, Preferences, Quote, Screen, User

SECRET = "what signs the keys of a bench's walls"  # noqa: S105 - of nobody else's
HANGING = 40
"""Below the feed's size, so that an approval is one change and not two."""


def furnish(url: str, *, screens: int, waiting: int) -> list[str]:
    """Set a database up; gives a wall's key for each screen."""
    database, at = Database(url), clock.now()
    migrate(database)
    set_up(database)
    lead(database, at)
    prefer(database, replace(Preferences(), grace_seconds=0), at=at)
    fields = {"source": "bench", "score": 9, "consent": "first_name", "respondent": "Anna Berg"}
    words = " ".join(SENTENCES[:4])
    drafts = [
        draft_from({**fields, "external_id": str(n), "comment": f"{n}. {words}"}, at=at, payload="")
        for n in range(HANGING + waiting)
    ]
    receive(database, drafts, at=at)
    for quote in next_quotes(database, HANGING):
        approve(database, quote, revision=0, user_id=reviewer(database), at=at)
    keys = _add_screens(database, screens, at)
    database.engine.dispose()
    return keys


def next_quotes(database: Database, n: int) -> Sequence[int]:
    """The ids of quotes that wait, the oldest first."""
    waiting = select(Quote.id).where(Quote.state == "waiting").order_by(Quote.id).limit(n)
    with database.read() as session:
        return session.scalars(waiting).all()


def reviewer(database: Database) -> int:
    """The id of who decides."""
    with database.read() as session:
        return session.scalars(select(User.id).limit(1)).one()


def _add_screens(database: Database, n: int, at: datetime) -> list[str]:
    """All at once; one by one, as people do, takes longer than what is measured."""
    signer = URLSafeSerializer(SECRET, salt="wall")
    keys = [str(signer.dumps([id_, new_token()])) for id_ in range(1, n + 1)]
    rows = [
        {
            "id": id_, "name": f"Wall {id_}", "site": "Solna", "locale": "sv",
            "timezone": "Europe/Stockholm", "theme": "auto", "motion": True,
            "diagonal_inch": 55, "distance_m": 5, "created_at": at, "key_hash": token_hash(key),
        }
        for id_, key in enumerate(keys, start=1)
    ]  # fmt: skip
    if rows:
        with database.write() as session:
            session.execute(insert(Screen), rows)
    return keys
