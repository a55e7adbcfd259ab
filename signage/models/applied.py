"""How far a screen has come with what it was told: its programme, and each of its feeds."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from signage.models.delivery import Edition, ScreenPosition
from signage.models.feed import Feed
from signage.models.feed_rule import MadeFeed
from signage.models.screen import Screen


@dataclass(frozen=True, slots=True)
class Came:
    """How far it has come with one feed. `title`: of one made at the desk, else empty; `rev`: what
    its page showed last, None where that is not known; `latest`: what it should show."""

    name: str
    title: str
    rev: int | None
    latest: int

    @property
    def behind(self) -> int:
        """Changes that it does not show yet."""
        return self.latest - (self.rev or 0)


@dataclass(frozen=True, slots=True)
class Applied:
    """`programme`: the number of the latest that it has applied; `latest`: the one that it should
    have; `behind`: how many it lacks."""

    programme: int
    latest: int
    behind: int
    feeds: tuple[Came, ...]

    @property
    def late(self) -> tuple[Came, ...]:
        """Feeds of which it does not show the latest."""
        return tuple(feed for feed in self.feeds if feed.behind)


def applied_by(session: Session, screen: Screen, names: Collection[str]) -> Applied:
    """How far it is with its programme and with the feeds `names`, in this order: two queries.
    After a restore nothing is known of it until it has told again."""
    concerns = or_(Edition.screen_id.is_(None), Edition.screen_id == screen.id)
    seen = screen.seen_edition_id
    latest, behind = session.execute(
        select(
            func.coalesce(func.max(Edition.id), 0),
            func.count(Edition.id).filter(Edition.id > seen),
        ).where(concerns)
    ).one()
    place = ScreenPosition
    rows = session.execute(
        select(Feed.name, Feed.epoch, Feed.rev, MadeFeed.title, place.epoch.label("of"),
               place.rev.label("shown"))
        .outerjoin(MadeFeed, MadeFeed.feed_id == Feed.id)
        .outerjoin(place, and_(place.feed_id == Feed.id, place.screen_id == screen.id))
        .where(Feed.name.in_(names))
    ).all()  # fmt: skip
    came = {
        name: Came(name, title or "", shown if of == epoch else None, rev)
        for name, epoch, rev, title, of, shown in rows
    }
    feeds = tuple(came[name] for name in names if name in came)
    return Applied(min(seen, latest), latest, behind, feeds)
