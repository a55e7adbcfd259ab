"""Short ways to an answer, a quote, a feed: what tests of every layer start from."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import select

from signage import clock
from signage.actions import decide
from signage.actions.correct import Outcome
from signage.actions.prefer import prefer
from signage.actions.receive import receive
from signage.core.verbatim import Revision
from signage.intake.draft import Draft, draft_from
from signage.models import (
    Base,
    Database,
    Feed,
    FeedChange,
    FeedItem,
    Preferences,
    Quote,
    SurveyResponse,
)

COMMENT = "The driver rang before he came."


def draft(external_id: str = "1", /, *, at: datetime, **fields: object) -> Draft:
    """A draft as the API makes it, of the survey `shop` where nothing else is said."""
    said = {"source": "shop", "external_id": external_id, **fields}
    return draft_from(said, at=at, payload=json.dumps(said, default=str))


def take(database: Database, *drafts: Draft, at: datetime) -> list[str]:
    """Receive in one batch; gives the statuses."""
    return [outcome.status for outcome in outcomes(database, *drafts, at=at)]


def outcomes(database: Database, *drafts: Draft, at: datetime) -> list[Outcome]:
    """Receive in one batch."""
    return receive(database, drafts, at=at)


def response(database: Database, external_id: str = "1") -> SurveyResponse:
    """The recorded answer."""
    with database.read() as session:
        return session.scalars(
            select(SurveyResponse).where(SurveyResponse.external_id == external_id)
        ).one()


def waiting(
    database: Database, external_id: str = "1", /, *, at: datetime, **fields: object
) -> int:
    """An answer whose comment waits at the desk; gives the quote's id."""
    given = {"score": 9, "comment": COMMENT, **fields}
    take(database, draft(external_id, at=at, **given), at=at)
    with database.read() as session:
        return session.scalars(
            select(Quote.id)
            .join(SurveyResponse, SurveyResponse.id == Quote.response_id)
            .where(SurveyResponse.external_id == external_id)
        ).one()


def hung(
    database: Database,
    external_id: str = "1",
    /,
    *,
    lead: int,
    at: datetime,
    spans: Revision | None = None,
    **fields: object,
) -> int:
    """An answer whose comment hangs on the walls; gives the quote's id."""
    quote_id = waiting(database, external_id, at=at, **fields)
    decide.approve(database, quote_id, revision=0, spans=spans, user_id=lead, at=at)
    with database.write() as session:
        quote = session.get_one(Quote, quote_id)
        if quote.state == "approved":
            quote.publish_at = at
    decide.publish_due(database, at=at)
    return quote_id


def at_once(database: Database) -> None:
    """Do without a grace period."""
    prefer(database, Preferences(grace_seconds=0), at=clock.now())


def state_of(database: Database, quote_id: int) -> str:
    """What the latest decision made of a quote."""
    with database.read() as session:
        return session.get_one(Quote, quote_id).state


def items(database: Database, feed: str = "quotes") -> dict[str, Any]:
    """What hangs in a feed."""
    with database.read() as session:
        rows = session.execute(
            select(FeedItem.item, FeedItem.body)
            .join(Feed, Feed.id == FeedItem.feed_id)
            .where(Feed.name == feed)
        )
        return dict(rows.all())


def changes(database: Database, feed: str = "quotes") -> list[tuple[int, str, str]]:
    """The feed's history: rev, op, item."""
    with database.read() as session:
        rows = session.execute(
            select(FeedChange.rev, FeedChange.op, FeedChange.item)
            .join(Feed, Feed.id == FeedChange.feed_id)
            .where(Feed.name == feed)
            .order_by(FeedChange.rev)
        )
        return [(rev, op, item) for rev, op, item in rows]


def everything(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, as it is stored."""
    with database.read() as session:
        return {
            table.name: sorted((tuple(row) for row in session.execute(select(table))), key=repr)
            for table in Base.metadata.sorted_tables
        }
