"""Feeds made at the desk: what comes of making, changing and deleting them, and of recalls."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import event, select

from signage.actions import decide, expire, feeds, improve, measure, notices, pin, rules, tags
from signage.actions.erase import erase
from signage.actions.feeds import MOST, FeedDraft
from signage.actions.improve import ImprovementDraft
from signage.actions.made_turns import refresh_made
from signage.actions.notice_draft import NoticeDraft
from signage.actions.rules import RuleDraft
from signage.core.feed_rules import FeedRule
from signage.core.rules import Conditions, Outcome
from signage.errors import Conflict, Invalid, NotFound
from signage.models import AuditEntry, Database, MadeFeed, Quote, Recall, RecallPart, Touchpoint
from tests.answers import at_once, changes, draft, hung, items, take
from tests.feeding import changed, from_nothing, held, made
from tests.screening import heads, is_there, receipts, says, screen

pytestmark = pytest.mark.both
DAY = timedelta(days=1)


def test_a_feed_holds_at_once_what_its_rule_lets_in(
    database: Database, lead: int, at: datetime
) -> None:
    hung(database, "1", lead=lead, at=at, touchpoint="Delivery", segment="Business")
    hung(database, "2", lead=lead, at=at, touchpoint="Shop")
    with database.read() as session:
        delivery = session.scalars(select(Touchpoint.id).where(Touchpoint.name == "Delivery")).one()

    feed = made(database, lead, at, "Deliveries", touchpoints=(delivery,))

    assert set(items(database, f"f{feed}")) == {"q1", "turns"}
    assert items(database, f"f{feed}")["q1"] == items(database)["q1"]
    assert items(database, f"f{feed}")["turns"]["about"] == ["Delivery"]
    hung(database, "3", lead=lead, at=at, touchpoint="Delivery")
    assert set(items(database, f"f{feed}")) == {"q1", "q3", "turns"}
    with database.read() as session:
        acts = session.execute(
            select(AuditEntry.about, AuditEntry.detail).where(AuditEntry.act == "feed-changed")
        ).all()
    assert [tuple(act) for act in acts] == [(f"feed {feed}", "made")]


def test_what_waits_or_was_refused_is_in_no_feed(
    database: Database, lead: int, at: datetime
) -> None:
    take(
        database, draft("1", at=at, comment="Not yet."), draft("2", at=at, comment="Never."), at=at
    )
    decide.reject(database, 2, revision=0, reason="other", user_id=lead, at=at)
    feed = made(database, lead, at)
    decide.approve(database, 1, revision=0, user_id=lead, at=at)

    assert set(items(database, f"f{feed}")) == {"turns"}
    decide.publish_due(database, at=at + timedelta(seconds=8))
    assert set(items(database, f"f{feed}")) == {"turns", "q1"}


def test_another_rule_writes_the_puts_and_drops_that_follow(
    database: Database, lead: int, at: datetime
) -> None:
    for n in range(5):
        hung(database, str(n), lead=lead, at=at + timedelta(seconds=n), score=n * 2)
    feed = made(database, lead, at)

    changed(database, lead, at, feed, bands=("bad",), size=3)

    assert set(held(database)[f"f{feed}"]) == {"q2", "q3", "q4"}
    history = changes(database, f"f{feed}")
    assert [rev for rev, _, _ in history] == list(range(1, len(history) + 1))
    assert [(op, item) for _, op, item in history[-2:]] == [("drop", "q1"), ("drop", "q5")]


def test_who_changes_what_another_changed_is_told(
    database: Database, lead: int, at: datetime
) -> None:
    feed = made(database, lead, at)
    other = FeedDraft("Mine", FeedRule(size=5))
    feeds.change_feed(database, feed, other, version=1, user_id=lead, at=at)
    with pytest.raises(Conflict):
        feeds.change_feed(database, feed, other, version=1, user_id=lead, at=at)


def test_a_deleted_feed_holds_nothing_and_comes_back_as_it_would_be(
    database: Database, lead: int, at: datetime
) -> None:
    hung(database, "1", lead=lead, at=at)
    feed = made(database, lead, at)

    feeds.delete_feed(database, feed, user_id=lead, at=at)

    assert items(database, f"f{feed}") == {}
    hung(database, "2", lead=lead, at=at)
    assert items(database, f"f{feed}") == {}
    with database.read() as session, pytest.raises(NotFound):
        feeds.load(session, feed)
    feeds.restore_feed(database, feed, user_id=lead, at=at)
    assert set(items(database, f"f{feed}")) == {"q1", "q2", "turns"}
    feeds.delete_feed(database, feed, user_id=lead, at=at)
    assert made(database, lead, at) > feed


def test_one_too_many_is_refused(database: Database, lead: int, at: datetime) -> None:
    for n in range(MOST):
        made(database, lead, at, f"Feed {n}", days=1)
    with pytest.raises(Invalid, match="too-many-feeds"):
        made(database, lead, at)
    feeds.delete_feed(database, 1, user_id=lead, at=at)
    made(database, lead, at)
    with pytest.raises(Invalid, match="too-many-feeds"):
        feeds.restore_feed(database, 1, user_id=lead, at=at)


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ({"size": 0}, "out-of-range"),
        ({"size": 121}, "out-of-range"),
        ({"days": 0}, "out-of-range"),
        ({"touchpoints": (99,)}, "unknown"),
        ({"bands": ("best",)}, "not-allowed"),
        ({"order": "loudest"}, "not-allowed"),
        ({"mix": "loudest"}, "unknown"),
        ({"segments": tuple(map(str, range(51)))}, "too-many"),
    ],
)
def test_what_makes_no_sense_is_refused(
    database: Database, lead: int, at: datetime, rule: dict[str, object], code: str
) -> None:
    with pytest.raises(Invalid) as refused:
        made(database, lead, at, "", **rule)
    assert [problem.code for problem in refused.value.problems] == ["bad-name", code]


def test_a_withdrawal_leaves_every_feed_and_waits_for_each(
    database: Database, lead: int, at: datetime
) -> None:
    hung(database, "1", lead=lead, at=at)
    one, two = made(database, lead, at), made(database, lead, at, size=1)
    made(database, lead, at, bands=("bad",))

    decide.withdraw(database, 1, reason="private", user_id=lead, at=at)

    assert held(database) == from_nothing(database, at)
    with database.read() as session:
        parts = session.scalars(select(RecallPart.feed_id).order_by(RecallPart.feed_id)).all()
        own = session.scalars(
            select(MadeFeed.feed_id).where(MadeFeed.id.in_((one, two))).order_by(MadeFeed.id)
        ).all()
    assert list(parts) == [1, *own]


def test_words_that_left_one_feed_before_are_recalled_from_it_too(
    database: Database, lead: int, at: datetime
) -> None:
    hung(database, "1", lead=lead, at=at)
    feed = made(database, lead, at)
    changed(database, lead, at, feed, tags=("bread",))
    assert held(database)[f"f{feed}"] == {}

    decide.withdraw(database, 1, reason="private", user_id=lead, at=at + DAY)

    with database.read() as session:
        assert len(session.scalars(select(RecallPart.feed_id)).all()) == 2
    hung(database, "2", lead=lead, at=at)
    decide.withdraw(database, 2, reason="private", user_id=lead, at=at + 5 * DAY)
    with database.read() as session:  # it was never there
        latest = session.scalars(select(Recall).order_by(Recall.id.desc()).limit(1)).one()
        parts = session.scalars(select(RecallPart.feed_id).where(RecallPart.recall_id == latest.id))
        assert list(parts) == [1]


def told_of(database: Database, *names: str) -> dict[str, tuple[str, int]]:
    return {name: head for name, head in heads(database).items() if name in names}


def test_a_screen_owes_for_the_feeds_that_it_may_hold(
    database: Database, lead: int, at: datetime
) -> None:
    here, there = screen(database, "Here", at=at), screen(database, "There", at=at)
    hung(database, "1", lead=lead, at=at)
    own = f"f{made(database, lead, at)}"
    is_there(database, here, there, at=at)
    decide.withdraw(database, 1, reason="private", user_id=lead, at=at + DAY)
    later = at + DAY + timedelta(seconds=1)
    painted, both = told_of(database, "quotes"), frozenset({"quotes", own})

    says(database, here, at=later, holds=frozenset({"quotes"}), painted=painted)
    says(database, there, at=later, holds=both, painted=painted)

    assert {screen_id for _, screen_id in receipts(database)} == {here}
    says(database, there, at=later, holds=both, painted=told_of(database, "quotes", own))
    assert {screen_id for _, screen_id in receipts(database)} == {here, there}


def test_what_a_screen_said_before_a_recall_says_nothing_of_it(
    database: Database, lead: int, at: datetime
) -> None:
    here = screen(database, "Here", at=at)
    hung(database, "1", lead=lead, at=at)
    made(database, lead, at)
    is_there(database, here, at=at)
    decide.withdraw(database, 1, reason="private", user_id=lead, at=at + DAY)
    before, painted = at + DAY - timedelta(seconds=1), told_of(database, "quotes")

    says(database, here, at=before, holds=frozenset({"quotes"}), painted=painted)

    assert receipts(database) == {}


def test_what_is_too_old_leaves_by_itself_and_another_takes_its_place(
    database: Database, lead: int, at: datetime
) -> None:
    for n, age in enumerate((6, 3, 1)):
        answered = (at - age * DAY).isoformat()
        hung(database, str(n), lead=lead, at=at, answered_at=answered)
    feed = made(database, lead, at, days=7, size=2, order="oldest", mix="newest")
    assert set(held(database)[f"f{feed}"]) == {"q1", "q2"}
    assert feeds.age_feeds(database, at=at + DAY - timedelta(seconds=1)) == 0

    assert feeds.age_feeds(database, at=at + DAY) == 1

    assert set(held(database)[f"f{feed}"]) == {"q2", "q3"}
    assert feeds.age_feeds(database, at=at + DAY) == 0
    expire.expire_due(database, at=at + 60 * DAY)
    assert held(database)[f"f{feed}"] == {}


def test_tags_pins_and_corrections_are_followed(
    database: Database, lead: int, at: datetime
) -> None:
    for n in range(3):
        hung(database, str(n), lead=lead, at=at + timedelta(seconds=n), score=9)
    tagged = made(database, lead, at, tags=("bread",))
    first = made(database, lead, at, size=1, mix="newest")
    bad = made(database, lead, at, bands=("bad",))

    put = tags.tag(database, 2, "Bread", user_id=lead, at=at)
    pin.pin(database, 1, user_id=lead, at=at, until=at + DAY)
    take(database, draft("2", at=at, score=2), at=at)

    assert [set(held(database)[f"f{each}"]) for each in (tagged, first, bad)] == [
        {"q2"}, {"q1"}, {"q3"},
    ]  # fmt: skip
    tags.untag(database, 2, put.id, user_id=lead, at=at)
    feeds.age_feeds(database, at=at + DAY)
    assert [set(held(database)[f"f{each}"]) for each in (tagged, first)] == [set(), {"q3"}]


def test_an_erased_answer_is_in_no_feed(database: Database, lead: int, at: datetime) -> None:
    hung(database, "1", lead=lead, at=at)
    feed = made(database, lead, at)
    erase(database, "shop", "1", at=at)
    assert held(database)[f"f{feed}"] == {}
    assert all(op == "drop" for _, op, item in changes(database, f"f{feed}") if item == "q1")


def test_a_rule_limits_quotes_to_a_feed(database: Database, lead: int, at: datetime) -> None:
    feed, other = made(database, lead, at), made(database, lead, at)
    limit = RuleDraft(
        "Deliveries", Conditions(score_from=0), Outcome(feeds=("improvements", f"f{feed}"))
    )

    rules.make_rule(database, limit, user_id=lead, at=at)
    take(database, draft("1", at=at, score=9, comment="Good."), at=at)
    with database.write() as session:
        session.get_one(Quote, 1).feeds = ["improvements", f"f{feed}"]
    at_once(database)
    decide.approve(database, 1, revision=0, user_id=lead, at=at)

    assert items(database) == {}
    assert {name: set(held_) for name, held_ in held(database).items()} == {
        f"f{feed}": {"q1"}, f"f{other}": set(),
    }  # fmt: skip
    unknown = RuleDraft("No", Conditions(score_from=0), Outcome(feeds=("f99",)))
    with pytest.raises(Invalid, match="not-allowed"):
        rules.make_rule(database, unknown, user_id=lead, at=at)


def test_figures_tell_of_which_part_they_are(database: Database, lead: int, at: datetime) -> None:
    scores = [(9, "Delivery"), (10, "Delivery"), (2, "Shop")]
    take(database, *(draft(str(n), at=at, score=score, touchpoint=place)
                     for n, (score, place) in enumerate(scores * 30)), at=at)  # fmt: skip
    with database.read() as session:
        delivery = session.scalars(select(Touchpoint.id).where(Touchpoint.name == "Delivery")).one()
    nps = made(database, lead, at, kind="nps", touchpoints=(delivery,), days=30)
    stops = made(database, lead, at, kind="touchpoints")

    measure.refresh_stale(database, at=at)

    body = items(database, f"f{nps}")[f"f{nps}"]
    assert (body["id"], body["kind"], body["n"], body["score"]) == (f"f{nps}", "nps", 60, 100)
    assert (body["about"], body["window_days"], body["target"]) == (["Delivery"], 30, None)
    assert items(database, "nps")["nps"]["n"] == 90
    assert items(database, f"f{stops}")[f"f{stops}"]["kind"] == "touchpoints"
    feeds.delete_feed(database, nps, user_id=lead, at=at)
    take(database, draft("new", at=at, score=0, touchpoint="Delivery"), at=at)
    measure.refresh_stale(database, at=at)
    assert items(database, f"f{nps}") == {}


def test_a_mix_is_held_against_the_part_that_the_feed_tells_of(
    database: Database, lead: int, at: datetime
) -> None:
    take(database, *(draft(str(n), at=at, score=(9, 2)[n % 2], segment=("Home", "Work")[n % 2])
                     for n in range(80)), at=at)  # fmt: skip
    measure.refresh_stale(database, at=at)
    home = made(database, lead, at, segments=("HOME",))
    whole = made(database, lead, at)

    told = {name: items(database, name)["turns"]["shares"] for name in (f"f{home}", f"f{whole}")}
    assert told[f"f{home}"] == {"promoter": 1000, "passive": 0, "detractor": 0}
    assert told[f"f{whole}"] == {"promoter": 500, "passive": 0, "detractor": 500}

    assert refresh_made(database, at=at) == 0
    take(database, *(draft(f"n{n}", at=at, score=2, segment="Home") for n in range(40)), at=at)
    measure.refresh_stale(database, at=at)
    assert refresh_made(database, at=at) == 2
    assert items(database, f"f{home}")["turns"]["shares"]["detractor"] == 500


def test_improvements_and_notices_hang_where_rules_let_them(
    database: Database, lead: int, at: datetime
) -> None:
    hung(database, "1", lead=lead, at=at, touchpoint="Delivery")
    with database.read() as session:
        delivery = session.scalars(select(Touchpoint.id).where(Touchpoint.name == "Delivery")).one()
    own = made(database, lead, at, kind="improvements", touchpoints=(delivery,))
    latest = made(database, lead, at, kind="notices", size=1, days=2)
    for place in (delivery, None):
        done = ImprovementDraft("Baked twice.", "Bread", "", at.date(), place, (1,))
        one = improve.improve(database, done, user_id=lead, at=at)
        improve.publish_improvement(database, one.id, at=at)
    for words, over in (("First", False), ("Second", False), ("Over", True)):
        said = NoticeDraft(words, "", None, at + DAY if over else None, takes_over=over)
        notices.write_notice(database, said, user_id=lead, at=at)

    assert set(items(database, f"f{own}")) == {"i1", "summary"}
    assert set(items(database, f"f{latest}")) == {"n2"}
    notices.end_notice(database, 2, user_id=lead, at=at)
    assert set(items(database, f"f{latest}")) == {"n1"}
    decide.withdraw(database, 1, reason="private", user_id=lead, at=at)
    assert items(database, f"f{own}")["i1"]["said"] is None
    with database.read() as session:
        assert len(session.scalars(select(RecallPart.feed_id)).all()) == 3
    feeds.age_feeds(database, at=at + 2 * DAY)
    assert items(database, f"f{latest}") == {}
    improve.withdraw_improvement(database, 1, at=at)
    assert set(items(database, f"f{own}")) == {"summary"}


@pytest.fixture
def statements(database: Database) -> list[str]:
    """Every statement that runs."""
    seen: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *told: seen.append(told[2]))
    return seen


def test_an_approval_costs_a_few_statements_and_one_for_each_feed(
    database: Database, lead: int, at: datetime, statements: list[str]
) -> None:
    at_once(database)
    take(database, *(draft(str(n), at=at, comment=f"Said {n}.", score=n % 11) for n in range(9)),
         at=at)  # fmt: skip

    def cost(quote: int) -> int:
        before = len(statements)
        decide.approve(database, quote, revision=0, user_id=lead, at=at)
        return len(statements) - before

    for quote in (1, 2, 3):
        cost(quote)
    without = cost(4)
    for n in range(MOST):
        made(database, lead, at, f"Feed {n}", size=2)

    full = cost(5)

    assert full - without <= MOST + 15
    assert held(database) == from_nothing(database, at)
    before = len(statements)
    decide.withdraw(database, 5, reason="other", user_id=lead, at=at)
    assert len(statements) - before <= MOST + 60
    assert held(database) == from_nothing(database, at)
