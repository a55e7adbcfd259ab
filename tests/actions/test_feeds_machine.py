"""Feeds made at the desk hold what their rules say, whatever happens to quotes, rules and time:
what was written step by step is what would be written from nothing."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select, text

from signage.actions import decide, duplicates, expire, feeds, measure, pin, sweep, tags
from signage.actions.edit import edit
from signage.actions.made_turns import refresh_made
from signage.core.verbatim import Cut, Revision
from signage.errors import Conflict, Invalid, NotFound
from signage.models import Base, Database, Feed, FeedChange, Quote, User
from signage.models.tag import all_tags
from tests.actions.test_machine import opened
from tests.answers import draft, take
from tests.feeding import changed, from_nothing, held, made

START = datetime(2026, 4, 14, 7, 42, tzinfo=UTC)
QUOTES = 8
RULES: tuple[dict[str, Any], ...] = (
    {"size": 3},
    {"size": 2, "order": "oldest", "mix": "newest"},
    {"size": 4, "order": "answered", "mix": "equal"},
    {"bands": ("good", "middle"), "size": 2},
    {"tags": ("bread",), "size": 2},
    {"days": 3, "size": 3},
    {"segments": ("business",), "size": 1},
    {"languages": ("sv",), "size": 5},
)
numbers = st.integers(0, QUOTES - 1)


class Feeds(RuleBasedStateMachine):
    """Quotes hang from the start; refusals change nothing."""

    database: Database
    kept: ClassVar[set[str]] = {"feeds", "preferences", "audit_entries"}

    @initialize(data=st.data())
    def all_hang(self, data: st.DataObject) -> None:
        self.at = START
        with self.database.write() as session:
            for table in reversed(Base.metadata.sorted_tables):
                if table.name not in self.kept:
                    session.execute(table.delete())
            session.execute(text("DELETE FROM feeds WHERE id > 8"))
            session.execute(text("UPDATE feeds SET rev = 0"))
            session.add(
                User(id=1, email="1@example.com", name="1", password_hash="-", language="en",
                     created_at=START)
            )  # fmt: skip
        self.feeds = [made(self.database, 1, self.at, **each) for each in RULES]
        ages = data.draw(st.lists(st.integers(0, 4), min_size=QUOTES, max_size=QUOTES))
        drafts = [
            draft(str(n), at=self.at, comment=f"Said by number {n}.", score=(n * 3) % 11,
                  segment=("Business", "Home")[n % 2], language=("sv", "en")[n % 2],
                  respondent=f"r{n % 3}",
                  answered_at=(self.at - timedelta(days=age)).isoformat())
            for n, age in enumerate(ages)
        ]  # fmt: skip
        take(self.database, *drafts, at=self.at)
        with self.database.read() as session:
            self.ids = session.scalars(select(Quote.id).order_by(Quote.id)).all()
        for id_ in self.ids:
            decide.approve(self.database, id_, revision=0, user_id=1, at=self.at)
        self.wait(timedelta(seconds=9))

    def wait(self, passed: timedelta) -> None:
        self.at += passed
        decide.publish_due(self.database, at=self.at)
        expire.expire_due(self.database, at=self.at)
        feeds.age_feeds(self.database, at=self.at)
        measure.refresh_stale(self.database, at=self.at)
        refresh_made(self.database, at=self.at)

    @rule(
        passed=st.sampled_from(
            [timedelta(minutes=1), timedelta(hours=20), timedelta(days=1), timedelta(days=30)]
        )
    )
    def time_goes_by(self, passed: timedelta) -> None:
        self.wait(passed)

    @rule(n=numbers)
    def withdraw(self, n: int) -> None:
        with suppress(Conflict, NotFound):
            decide.withdraw(self.database, self.ids[n], reason="other", user_id=1, at=self.at)

    @rule(n=numbers)
    def take_back(self, n: int) -> None:
        """Undo the latest decision, or open again and approve."""
        with self.database.read() as session:
            quote = session.get_one(Quote, self.ids[n])
            latest, revision = quote.decisions[-1].id, quote.revision
        with suppress(Conflict, Invalid):
            decide.undo(self.database, latest, user_id=1, at=self.at)
        with suppress(Conflict):
            decide.reopen(self.database, self.ids[n], revision=revision, user_id=1, at=self.at)
        with suppress(Conflict):
            decide.approve(self.database, self.ids[n], revision=revision, user_id=1, at=self.at)

    @rule(n=numbers, on=st.booleans(), days=st.none() | st.integers(1, 3))
    def pin(self, n: int, on: bool, days: int | None) -> None:
        until = None if days is None else self.at + timedelta(days=days)
        with suppress(Conflict):
            if on:
                pin.pin(self.database, self.ids[n], user_id=1, at=self.at, until=until)
            else:
                pin.unpin(self.database, self.ids[n], user_id=1, at=self.at)

    @rule(n=numbers, on=st.booleans())
    def tag(self, n: int, on: bool) -> None:
        put = tags.tag(self.database, self.ids[n], "Bread", user_id=1, at=self.at)
        if not on:
            tags.untag(self.database, self.ids[n], put.id, user_id=1, at=self.at)

    @rule(n=numbers, said=st.fixed_dictionaries(
        {"score": st.integers(0, 10)}, optional={"segment": st.sampled_from(["business", "Home"]),
                      "language": st.sampled_from(["sv", "en"])}))  # fmt: skip
    def correct(self, n: int, said: dict[str, object]) -> None:
        take(self.database, draft(str(n), at=self.at, **said), at=self.at)

    @rule(n=numbers, cut=st.booleans())
    def edit(self, n: int, cut: bool) -> None:
        with self.database.read() as session:
            revision = session.get_one(Quote, self.ids[n]).revision
        spans = Revision(cuts=(Cut(0, 4),) if cut else ())
        with suppress(Conflict):
            edit(self.database, self.ids[n], revision=revision, spans=spans, user_id=1, at=self.at)

    @rule(n=numbers, other=numbers)
    def merge(self, n: int, other: int) -> None:
        with suppress(Conflict, Invalid):
            duplicates.merge(self.database, self.ids[n], [self.ids[other]], user_id=1, at=self.at)

    @rule(who=st.integers(0, 2))
    def sweep(self, who: int) -> None:
        with self.database.read() as session:
            found = sweep.count_swept(session, "respondent", f"r{who}")
        with suppress(Conflict):
            sweep.sweep(
                self.database, scope="respondent", value=f"r{who}", reason="private",
                expected=found, user_id=1, at=self.at,
            )  # fmt: skip

    @rule(days=st.sampled_from([None, 2, 40]))
    def set_a_term(self, days: int | None) -> None:
        with self.database.read() as session:
            found = all_tags(session)
        if found:
            expire.set_term(self.database, days=days, tag_id=found[0].id, user_id=1, at=self.at)

    @rule(feed=st.integers(0, len(RULES) - 1), to=st.sampled_from(RULES))
    def change_a_feed(self, feed: int, to: dict[str, Any]) -> None:
        with suppress(NotFound):
            changed(self.database, 1, self.at, self.feeds[feed], **to)

    @rule(feed=st.integers(0, len(RULES) - 1), back=st.booleans())
    def delete_a_feed(self, feed: int, back: bool) -> None:
        act = feeds.restore_feed if back else feeds.delete_feed
        act(self.database, self.feeds[feed], user_id=1, at=self.at)

    @invariant()
    def each_holds_what_its_rule_says(self) -> None:
        assert held(self.database) == from_nothing(self.database, self.at)

    @invariant()
    def nothing_hangs_that_is_not_approved(self) -> None:
        with self.database.read() as session:
            published = set(
                session.scalars(select(Quote.id).where(Quote.state == "published")).all()
            )
        for items in held(self.database).values():
            assert {int(item[1:]) for item in items} <= published

    @invariant()
    def changes_follow_each_other_without_a_hole(self) -> None:
        with self.database.read() as session:
            for feed in session.scalars(select(Feed).where(Feed.kind == "quotes")).all():
                revs = session.scalars(
                    select(FeedChange.rev)
                    .where(FeedChange.feed_id == feed.id)
                    .order_by(FeedChange.rev)
                ).all()
                assert list(revs) == list(range(1, feed.rev + 1)), feed.name


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_step_by_step_and_from_nothing_are_the_same(kind: str, empty_file: Path) -> None:
    with opened(kind, empty_file) as database:
        Feeds.database = database
        examples = 6 if database.is_sqlite else 1
        run_state_machine_as_test(
            Feeds,
            settings=settings(
                max_examples=examples,
                stateful_step_count=30,
                deadline=None,
                phases=(Phase.generate,),  # each step writes: to shrink would take minutes
            ),
        )
