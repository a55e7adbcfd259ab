"""What the database says: the published state, and what was decided and confirmed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from signage import clock
from signage.actions.programme import LEASE_HOURS, programme
from signage.models import (
    Database,
    Decision,
    Feed,
    FeedChange,
    FeedItem,
    Improvement,
    Quote,
    Recall,
    RecallPart,
    Screen,
    SurveyResponse,
    preferences,
)
from signage.models.deliveries import recall_lines

MOST_SCREENS = 1000


@dataclass(frozen=True, slots=True)
class TrueFeed:
    """revs: of the changes that are kept; unannounced: how many of them."""

    epoch: str
    rev: int
    items: Mapping[str, Mapping[str, Any]]
    revs: tuple[int, ...]
    unannounced: int


@dataclass(frozen=True, slots=True)
class TrueRecall:
    """item: of the quotes feed; None once its answer was erased. parts: feed name → where."""

    item: str | None
    parts: Mapping[str, tuple[str, int]]
    copies: Mapping[int, str]
    """Screen id → what the desk says of its copy: confirmed, waiting, offline or died. A screen
    that is not here has none."""

    @property
    def receipts(self) -> set[int]:
        """Ids of the screens that confirmed."""
        return {screen for screen, state in self.copies.items() if state == "confirmed"}


@dataclass(frozen=True, slots=True)
class Truth:
    """The database at one moment."""

    feeds: Mapping[str, TrueFeed]
    programmes: Mapping[int, str]
    """Screen id → version of its programme."""
    quotes: Mapping[int, str]
    answers: Mapping[str, int | None]
    """External id → quote id."""
    decisions: frozenset[int]
    improvements: Mapping[int, bool]
    title: str
    recalls: Mapping[int, TrueRecall]


def truth(database: Database) -> Truth:
    """Read it all, as of one moment."""
    with database.read() as session:
        chosen = preferences(session)
        answers = session.execute(
            select(SurveyResponse.external_id, Quote.id).outerjoin(
                Quote, Quote.response_id == SurveyResponse.id
            )
        )
        improvements = session.scalars(select(Improvement)).all()
        return Truth(
            feeds={feed.name: _feed(session, feed) for feed in session.scalars(select(Feed))},
            programmes={
                screen.id: programme(screen, chosen)["version"]
                for screen in session.scalars(select(Screen))
            },
            quotes=dict(session.execute(select(Quote.id, Quote.state)).all()),
            answers=dict(answers.all()),
            decisions=frozenset(session.scalars(select(Decision.id))),
            improvements={
                each.id: each.published_at is not None and each.withdrawn_at is None
                for each in improvements
            },
            title=chosen.title,
            recalls=_recalls(session),
        )


def _feed(session: Session, feed: Feed) -> TrueFeed:
    items = session.execute(select(FeedItem.item, FeedItem.body).where(FeedItem.feed_id == feed.id))
    changes = session.execute(
        select(FeedChange.rev, FeedChange.announced_at)
        .where(FeedChange.feed_id == feed.id)
        .order_by(FeedChange.rev)
    ).all()
    unannounced = sum(change.announced_at is None for change in changes)
    revs = tuple(change.rev for change in changes)
    return TrueFeed(feed.epoch, feed.rev, dict(items.all()), revs, unannounced)


def _recalls(session: Session) -> dict[int, TrueRecall]:
    names = dict(session.execute(select(Feed.id, Feed.name)).all())
    parts: dict[int, dict[str, tuple[str, int]]] = {}
    for part in session.scalars(select(RecallPart)):
        parts.setdefault(part.recall_id, {})[names[part.feed_id]] = (part.epoch, part.rev)
    return {
        recall.id: TrueRecall(
            None if recall.quote_id is None else f"q{recall.quote_id}",
            parts.get(recall.id, {}),
            _copies(session, recall),
        )
        for recall in session.scalars(select(Recall)).all()
    }


def _copies(session: Session, recall: Recall) -> dict[int, str]:
    """As the desk's page of the recall shows them."""
    lines = recall_lines(
        session, recall, at=clock.now(), lease_hours=LEASE_HOURS, skip=0, size=MOST_SCREENS
    )
    return {line.screen_id: line.copy.state for line in lines}
