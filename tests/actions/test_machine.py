"""Several people at one desk, in any order: what hangs was approved as it hangs, word for word."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import event, select, text
from sqlalchemy.orm import Session

from signage.actions import claims, decide, duplicates, expire, feeds, pin, schedule, sweep, tags
from signage.actions.edit import edit
from signage.actions.erase import erase
from signage.actions.made_turns import refresh_made
from signage.core import verbatim
from signage.core.verbatim import Cut, Mask, Revision
from signage.errors import Conflict, Invalid, NotFound
from signage.models import (
    Base,
    Claim,
    Database,
    Decision,
    Duplicate,
    Feed,
    FeedChange,
    FeedItem,
    Quote,
    QuoteRevision,
    User,
)
from tests.answers import draft, take
from tests.feeding import changed, from_nothing, held, made
from tests.services import fresh_postgres

START = datetime(2026, 4, 14, 7, 42, tzinfo=UTC)
QUOTES, PEOPLE = 5, 3
COMMENT = "Ida was kind 👨‍👩‍👧 and rang me on 070 123 twice."
SPANS = (
    Revision(),
    Revision(cuts=(Cut(0, 3),)),
    Revision(masks=(Mask(0, 3, "name"), Mask(32, 39, "phone"))),
    Revision(cuts=(Cut(12, 15), Cut(14, 30)), masks=(Mask(28, 36, "number"),)),
    Revision(cuts=(Cut(0, 99),)),
    Revision(cuts=(Cut(0, len(COMMENT)),)),
)
TO_STATE = {
    "approve": {"approved"}, "reject": {"rejected"}, "set_aside": {"set_aside"},
    "publish": {"published"}, "withdraw": {"withdrawn"}, "expire": {"expired"},
    "merge": {"merged"}, "part": {"waiting"}, "edit": {"published", "waiting"},
    "pin": {"published"}, "unpin": {"published"}, "move": {"approved"},
    "reopen": {"waiting"},
}  # fmt: skip
"""What a decision leads to; an undo leads to what the one before it began with."""

RULES: tuple[dict[str, Any], ...] = (
    {},
    {"size": 2},
    {"size": 1, "order": "oldest", "mix": "newest"},
    {"bands": ("good",), "size": 2},
    {"tags": ("bread",), "size": 3},
    {"days": 61, "size": 2, "mix": "equal"},
    {"segments": ("business",)},
)
"""Of feeds that are made at the desk."""

numbers = st.integers(1, QUOTES + 1)
people = st.integers(1, PEOPLE)
pages = st.sampled_from(["one", "two"])
steps = st.sampled_from(
    [timedelta(seconds=9), timedelta(minutes=2), timedelta(hours=1), timedelta(days=60)]
)
revisions = st.sampled_from(["seen", "stale"])
spans = st.sampled_from(SPANS)


class Desk(RuleBasedStateMachine):
    """What people and jobs do, refusals included: a refusal changes nothing."""

    database: Database

    @initialize()
    def answers_come_in(self) -> None:
        self.at = START
        with self.database.write() as session:
            for table in reversed(Base.metadata.sorted_tables):
                if table.name not in {"feeds", "preferences", "audit_entries"}:
                    session.execute(table.delete())
            session.execute(text("DELETE FROM feeds WHERE id > 8"))
            session.execute(text("UPDATE feeds SET rev = 0"))
            session.add_all(
                User(id=n, email=f"{n}@example.com", name=str(n), password_hash="-",
                     language="en", created_at=START)
                for n in range(1, PEOPLE + 1)
            )  # fmt: skip
        self.first = self._received(range(QUOTES))
        self.feeds = [made(self.database, 1, self.at, **rule) for rule in RULES[:4]]

    def _received(self, numbers_: range) -> int:
        drafts = [
            draft(str(n), at=self.at, comment=f"{COMMENT} {n % 2}", score=n % 11,
                  respondent=f"r{n % 2}", name="Ida Ek", consent="first_name",
                  segment=("Business", "Home")[n % 2])
            for n in numbers_
        ]  # fmt: skip
        take(self.database, *drafts, at=self.at)
        with self.database.read() as session:
            return min(session.scalars(select(Quote.id)))

    def id_of(self, number: int) -> int:
        return self.first + number - 1

    def seen(self, quote_id: int, how: str) -> int:
        with self.database.read() as session:
            quote = session.get(Quote, quote_id)
            return (quote.revision if quote else 0) + (how == "stale")

    @contextmanager
    def tried(self) -> Iterator[None]:
        before = self.marks()
        try:
            yield
        except (Conflict, Invalid, NotFound):
            assert self.marks() == before, "a refusal is half done"

    def marks(self) -> object:
        with self.database.read() as session:
            return (
                session.execute(select(Quote.id, Quote.state, Quote.revision).order_by(Quote.id))
                .all(),
                session.scalars(select(Decision.id).order_by(Decision.id)).all(),
                session.execute(select(Feed.id, Feed.rev).order_by(Feed.id)).all(),
            )  # fmt: skip

    @rule(n=numbers, who=people, how=revisions, marks=st.none() | spans, later=st.booleans())
    def approve(self, n: int, who: int, how: str, marks: Revision | None, later: bool) -> None:
        id_ = self.id_of(n)
        with self.tried():
            decide.approve(
                self.database, id_, revision=self.seen(id_, how), spans=marks, user_id=who,
                at=self.at, publish_at=self.at + timedelta(hours=1) if later else None,
            )  # fmt: skip

    @rule(n=numbers, who=people, how=revisions, reason=st.sampled_from(["private", "because"]))
    def reject(self, n: int, who: int, how: str, reason: str) -> None:
        id_ = self.id_of(n)
        with self.tried():
            decide.reject(
                self.database, id_, revision=self.seen(id_, how), reason=reason, user_id=who,
                at=self.at,
            )  # fmt: skip

    @rule(n=numbers, who=people, how=revisions)
    def set_aside(self, n: int, who: int, how: str) -> None:
        id_ = self.id_of(n)
        with self.tried():
            decide.set_aside(
                self.database, id_, revision=self.seen(id_, how), user_id=who, at=self.at
            )

    @rule(n=numbers, who=people, how=revisions, marks=spans)
    def mark(self, n: int, who: int, how: str, marks: Revision) -> None:
        id_ = self.id_of(n)
        with self.tried():
            decide.revise(
                self.database, id_, revision=self.seen(id_, how), spans=marks, user_id=who,
                at=self.at,
            )  # fmt: skip

    @rule(n=numbers, who=people, how=revisions, marks=spans)
    def edit(self, n: int, who: int, how: str, marks: Revision) -> None:
        id_ = self.id_of(n)
        with self.tried():
            edit(
                self.database, id_, revision=self.seen(id_, how), spans=marks, user_id=who,
                at=self.at,
            )  # fmt: skip

    @rule(n=numbers, who=people)
    def withdraw(self, n: int, who: int) -> None:
        with self.tried():
            decide.withdraw(self.database, self.id_of(n), reason="other", user_id=who, at=self.at)

    @rule(n=numbers, who=people, how=revisions)
    def reopen(self, n: int, who: int, how: str) -> None:
        id_ = self.id_of(n)
        with self.tried():
            decide.reopen(self.database, id_, revision=self.seen(id_, how), user_id=who, at=self.at)

    @rule(back=st.integers(0, 4), who=people)
    def undo(self, back: int, who: int) -> None:
        with self.database.read() as session:
            ids = session.scalars(select(Decision.id).order_by(Decision.id.desc()).limit(5)).all()
        if back < len(ids):
            with self.tried():
                decide.undo(self.database, ids[back], user_id=who, at=self.at)

    @rule(n=numbers, who=people, hours=st.integers(-1, 3))
    def move(self, n: int, who: int, hours: int) -> None:
        with self.tried():
            schedule.reschedule(
                self.database, self.id_of(n), publish_at=self.at + timedelta(hours=hours),
                user_id=who, at=self.at,
            )  # fmt: skip

    @rule(n=numbers, who=people)
    def take_back(self, n: int, who: int) -> None:
        with self.tried():
            schedule.unschedule(self.database, self.id_of(n), user_id=who, at=self.at)

    @rule(n=numbers, who=people, on=st.booleans(), days=st.none() | st.integers(-1, 9))
    def pin(self, n: int, who: int, on: bool, days: int | None) -> None:
        until = None if days is None else self.at + timedelta(days=days)
        with self.tried():
            if on:
                pin.pin(self.database, self.id_of(n), user_id=who, at=self.at, until=until)
            else:
                pin.unpin(self.database, self.id_of(n), user_id=who, at=self.at)

    @rule(n=numbers, members=st.lists(numbers, max_size=3), who=people)
    def merge(self, n: int, members: list[int], who: int) -> None:
        ids = [self.id_of(each) for each in members]
        with self.tried():
            duplicates.merge(self.database, self.id_of(n), ids, user_id=who, at=self.at)

    @rule(n=numbers, who=people)
    def part(self, n: int, who: int) -> None:
        with self.tried():
            duplicates.part(self.database, self.id_of(n), user_id=who, at=self.at)

    @rule(respondent=st.sampled_from(["r0", "r1", "r2"]), who=people, more=st.booleans())
    def sweep(self, respondent: str, who: int, more: bool) -> None:
        with self.database.read() as session:
            found = sweep.count_swept(session, "respondent", respondent)
        with self.tried():
            sweep.sweep(
                self.database, scope="respondent", value=respondent, reason="private",
                expected=found + more, user_id=who, at=self.at,
            )  # fmt: skip

    @rule(wanted=st.lists(numbers, max_size=3), who=people, page=pages)
    def claim(self, wanted: list[int], who: int, page: str) -> None:
        ids = [self.id_of(n) for n in wanted]
        there, theirs = self.quotes(), self.held_by_others(who)

        dealt = claims.claim(self.database, ids, user_id=who, page=page, at=self.at)

        free = [id_ for id_ in dict.fromkeys(ids) if id_ in there and id_ not in theirs]
        assert dealt == free, "what nobody else looks at is dealt, and nothing else"
        assert self.held_by_others(who) == theirs, "nobody's claim is taken away"

    @rule(who=people, page=pages)
    def leave(self, who: int, page: str) -> None:
        theirs = self.held_by_others(who)
        claims.release(self.database, user_id=who, page=page)
        assert self.held_by_others(who) == theirs

    def quotes(self) -> set[int]:
        with self.database.read() as session:
            return set(session.scalars(select(Quote.id)))

    def held_by_others(self, who: int) -> dict[int, int]:
        others = select(Claim.quote_id, Claim.user_id).where(
            Claim.user_id != who, Claim.ends_at > self.at
        )
        with self.database.read() as session:
            return {row.quote_id: row.user_id for row in session.execute(others)}

    @rule(feed=st.integers(0, 3), rule=st.sampled_from(RULES))
    def change_a_feed(self, feed: int, rule: dict[str, Any]) -> None:
        with self.tried():
            changed(self.database, 1, self.at, self.feeds[feed], **rule)

    @rule(feed=st.integers(0, 3), back=st.booleans())
    def delete_a_feed(self, feed: int, back: bool) -> None:
        act = feeds.restore_feed if back else feeds.delete_feed
        act(self.database, self.feeds[feed], user_id=1, at=self.at)

    @rule(n=numbers, on=st.booleans())
    def tag(self, n: int, on: bool) -> None:
        with self.tried():
            put = tags.tag(self.database, self.id_of(n), "Bread", user_id=1, at=self.at)
            if not on:
                tags.untag(self.database, self.id_of(n), put.id, user_id=1, at=self.at)

    @rule(n=numbers, score=st.integers(0, 10))
    def correct(self, n: int, score: int) -> None:
        take(self.database, draft(str(n - 1), at=self.at, score=score), at=self.at)

    @rule(n=numbers)
    def erase(self, n: int) -> None:
        erase(self.database, "shop", str(n - 1), at=self.at)

    @precondition(lambda self: self.at < START + timedelta(days=300))
    @rule(
        passed=st.sampled_from(
            [timedelta(seconds=9), timedelta(minutes=2), timedelta(hours=1), timedelta(days=60)]
        )
    )
    def time_goes_by(self, passed: timedelta) -> None:
        self.at += passed
        decide.publish_due(self.database, at=self.at)
        expire.expire_due(self.database, at=self.at)
        sweep.carry_on(self.database, at=self.at)
        feeds.age_feeds(self.database, at=self.at)
        refresh_made(self.database, at=self.at)

    @invariant()
    def each_feed_holds_what_its_rule_says_of_what_is_published(self) -> None:
        assert held(self.database) == from_nothing(self.database, self.at)

    @invariant()
    def what_hangs_was_approved_as_it_hangs_word_for_word(self) -> None:
        with self.database.read() as session:
            hang = session.scalars(
                select(FeedItem)
                .join(Feed, Feed.id == FeedItem.feed_id)
                .where(Feed.kind == "quotes", FeedItem.item != "turns")
            ).all()
            for item in hang:
                quote = session.get_one(Quote, int(item.item[1:]))
                assert quote.state == "published", item.item
                approved = session.scalars(
                    select(Decision.revision).where(
                        Decision.quote_id == quote.id,
                        Decision.verdict.in_(("approve", "edit")),
                        Decision.user_id.is_not(None),
                    )
                ).all()
                assert quote.revision in approved, item.item
                comment = quote.response.comment or ""
                kept = session.scalars(
                    select(QuoteRevision.spans).where(
                        QuoteRevision.quote_id == quote.id, QuoteRevision.number == quote.revision
                    )
                ).one_or_none()
                pieces = verbatim.pieces(comment, Revision.from_json(kept or {}))
                assert item.body["pieces"] == [piece.as_json() for piece in pieces]
                assert verbatim.is_verbatim(comment, pieces)
                also = sum(other.state == "merged" for other in self.members(session, quote.id))
                assert item.body["also"] == also

    @staticmethod
    def members(session: Session, quote_id: int) -> list[Quote]:
        merged = select(Duplicate.quote_id).where(Duplicate.of_id == quote_id)
        return [session.get_one(Quote, id_) for id_ in session.scalars(merged).all()]

    @invariant()
    def every_state_is_what_the_latest_decision_says(self) -> None:
        with self.database.read() as session:
            for quote in session.scalars(select(Quote)).all():
                state = "waiting"
                before: list[str] = []
                for decision in quote.decisions:
                    assert decision.before == state, (quote.id, decision.verdict)
                    if decision.verdict == "undo":
                        state = before.pop() if before else state
                    else:
                        if decision.verdict != "move":  # an undo goes past it
                            before.append(state)
                        leads = TO_STATE[decision.verdict]
                        state = quote.state if quote.state in leads else min(leads)
                assert quote.state == state, quote.id

    @invariant()
    def changes_follow_each_other_without_a_hole(self) -> None:
        with self.database.read() as session:
            for feed in session.scalars(select(Feed)).all():
                revs = session.scalars(
                    select(FeedChange.rev)
                    .where(FeedChange.feed_id == feed.id)
                    .order_by(FeedChange.rev)
                ).all()
                assert list(revs) == list(range(1, feed.rev + 1)), feed.name


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_whatever_several_people_do_in_whatever_order(kind: str, empty_file: Path) -> None:
    with opened(kind, empty_file) as database:
        Desk.database = database
        examples = 15 if database.is_sqlite else 3
        run_state_machine_as_test(
            Desk, settings=settings(max_examples=examples, stateful_step_count=30, deadline=None)
        )


@contextmanager
def opened(kind: str, empty_file: Path) -> Iterator[Database]:
    """An empty product's database, for all examples: each begins by emptying it."""
    if kind == "postgresql":
        with fresh_postgres() as url:
            database = Database(url)
            yield database
            database.engine.dispose()
        return
    with TemporaryDirectory() as folder:
        path = Path(folder) / "signage.db"
        copyfile(empty_file, path)
        database = Database(f"sqlite:///{path}")
        event.listen(
            database.engine, "connect", lambda raw, _: raw.execute("PRAGMA synchronous=OFF")
        )
        yield database
        database.engine.dispose()
