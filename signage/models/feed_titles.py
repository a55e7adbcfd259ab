"""Which feeds there are to show, and what those are called that were made at the desk."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from signage.models.feed import Feed
from signage.models.feed_rule import MadeFeed


@dataclass(frozen=True, slots=True)
class There:
    """A feed that can be shown; `figure`: the one that a metric feed holds."""

    name: str
    kind: str
    figure: str = ""


def feeds_there(session: Session) -> list[There]:
    """Every feed that can be shown, the house's first; not one that was deleted."""
    rows = session.execute(
        select(Feed.name, Feed.kind, Feed.options, MadeFeed.rule)
        .outerjoin(MadeFeed, MadeFeed.feed_id == Feed.id)
        .where(MadeFeed.deleted_at.is_(None))
        .order_by(Feed.id)
    )
    return [
        There(
            name,
            kind,
            (rule or {}).get("kind") or options.get("shows") or options.get("metric", ""),
        )
        for name, kind, options, rule in rows
    ]


def feed_titles(session: Session) -> dict[str, str]:
    """Feed name → its title, of those that were made at the desk, also where they are deleted."""
    rows = session.execute(
        select(Feed.name, MadeFeed.title).join(MadeFeed, MadeFeed.feed_id == Feed.id)
    )
    return dict(rows.all())
