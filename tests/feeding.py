"""Feeds that are made at the desk, and what they should hold."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from signage.actions import feeds
from signage.actions.bodies import quote_body
from signage.actions.feeds import FeedDraft
from signage.core.feed_rules import FeedRule, choose, fits
from signage.models import Database, FeedItem, Quote
from signage.models.candidates import quote_candidates
from signage.models.feed_rule import bodies_in, made_feeds


def made(database: Database, lead: int, at: datetime, title: str = "Feed", **rule: Any) -> int:  # noqa: ANN401 - whatever a rule may say
    """A feed with this rule; gives its number."""
    draft = FeedDraft(title, FeedRule(**rule))
    return feeds.make_feed(database, draft, user_id=lead, at=at).id


def changed(database: Database, lead: int, at: datetime, feed: int, **rule: Any) -> None:  # noqa: ANN401 - as above
    """Another rule for it."""
    with database.read() as session:
        of = feeds.load(session, feed).of
    draft = FeedDraft(of.title, FeedRule(**rule))
    feeds.change_feed(database, feed, draft, version=of.version, user_id=lead, at=at)


def from_nothing(database: Database, at: datetime) -> dict[str, dict[str, Any]]:
    """Feed → what it should hold, item → body: its rule applied to what is published."""
    with database.read() as session:
        all_ = made_feeds(session, "quotes")
        pool = quote_candidates(session).values()
        told = bodies_in(session, [each.feed.id for each in all_], "turns")
        found = {}
        for each in all_:
            fitting = [one for one in pool if fits(each.rule, each.name, one, at)]
            chosen = choose(each.rule, fitting, at, told[each.feed.id]["shares"])
            quotes = [session.get_one(Quote, one.id) for one in chosen]
            found[each.name] = {f"q{quote.id}": quote_body(session, quote) for quote in quotes}
        return found


def held(database: Database) -> dict[str, dict[str, Any]]:
    """Feed → what it holds."""
    with database.read() as session:
        return {
            each.name: {
                row.item: row.body
                for row in session.scalars(
                    select(FeedItem).where(
                        FeedItem.feed_id == each.feed.id, FeedItem.item != "turns"
                    )
                )
            }
            for each in made_feeds(session, "quotes")
        }
