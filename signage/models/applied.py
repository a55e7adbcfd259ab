"""How far a screen has come with what it was told: its programme, and each of its feeds."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from signage.models.delivery import Edition, ScreenPosition
from signage.models.feed import Feed, FeedChange
from signage.models.feed_rule import MadeFeed
from signage.models.screen import Screen

SAYS_WITHIN = timedelta(seconds=60)
"""A wall says every half a minute what it shows: what came out within this time is no arrears."""


@dataclass(frozen=True, slots=True)
class Came:
    """How far it has come with one feed. `title`: of one made at the desk, else empty; `rev`: what
    its page showed last, None where that is not known; `latest`: what is out; `due`: what it had
    the time to show and to say so."""

    name: str
    title: str
    rev: int | None
    latest: int
    due: int

    @property
    def behind(self) -> int:
        """Changes that it should show by now and does not."""
        return max(0, self.due - (self.rev or 0))


@dataclass(frozen=True, slots=True)
class Applied:
    """`programme`: the number of the latest that it has applied; `latest`: the one that is out;
    `behind`: how many it lacks that it has had the time for."""

    programme: int
    latest: int
    behind: int
    feeds: tuple[Came, ...]

    @property
    def late(self) -> tuple[Came, ...]:
        """Feeds of which it does not show what it should."""
        return tuple(feed for feed in self.feeds if feed.behind)


def applied_by(
    session: Session, screen: Screen, names: Collection[str], *, at: datetime
) -> Applied:
    """How far it is with its programme and with the feeds `names`, in this order: two queries.
    After a restore nothing is known of it until it has told again."""
    before = at - SAYS_WITHIN
    concerns = or_(Edition.screen_id.is_(None), Edition.screen_id == screen.id)
    seen = screen.seen_edition_id
    latest, behind = session.execute(
        select(
            func.coalesce(func.max(Edition.id), 0),
            func.count(Edition.id).filter(Edition.id > seen, Edition.made_at <= before),
        ).where(concerns)
    ).one()
    place = ScreenPosition
    rows = session.execute(
        select(Feed.name, Feed.epoch, Feed.rev, MadeFeed.title, place.epoch.label("of"),
               place.rev.label("shown"), _due(before).label("due"))
        .outerjoin(MadeFeed, MadeFeed.feed_id == Feed.id)
        .outerjoin(place, and_(place.feed_id == Feed.id, place.screen_id == screen.id))
        .where(Feed.name.in_(names))
    ).all()  # fmt: skip
    came = {
        name: Came(name, title or "", shown if of == epoch else None, rev, due)
        for name, epoch, rev, title, of, shown, due in rows
    }
    feeds = tuple(came[name] for name in names if name in came)
    return Applied(min(seen, latest), latest, behind, feeds)


def _due(before: datetime) -> ColumnElement[int]:
    """The number of a feed's latest change that is older. Changes are forgotten after a while: what
    is gone is older than what is left."""
    changes = select(FeedChange.rev).where(FeedChange.feed_id == Feed.id).correlate(Feed)
    older = changes.where(FeedChange.made_at <= before).order_by(FeedChange.rev.desc()).limit(1)
    first = changes.order_by(FeedChange.rev).limit(1)
    return func.coalesce(older.scalar_subquery(), first.scalar_subquery() - 1, Feed.rev)
