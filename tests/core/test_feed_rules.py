"""Which quotes a feed that was made at the desk holds."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signage.core.feed_rules import (
    KINDS,
    ORDERS,
    Candidate,
    FeedRule,
    choose,
    fits,
    is_pinned,
    next_moment,
)
from signage.core.mix import BANDS, MODES

AT = datetime(2026, 4, 14, 7, 42, tzinfo=UTC)
DAY = timedelta(days=1)
SHARES = {"promoter": 540, "passive": 190, "detractor": 270}


def one(id_: int, like: str | None = None, **said: object) -> Candidate:
    since = AT - timedelta(minutes=id_)
    given: dict[str, object] = {"since": since, "of": since, **said}
    return Candidate(id_, like=like, **given)  # type: ignore[arg-type]


@st.composite
def candidates(draw: st.DrawFn) -> list[Candidate]:
    moments = st.integers(0, 6)
    found = []
    for id_ in range(1, draw(st.integers(0, 14)) + 1):
        pinned = draw(st.sampled_from([False, False, False, True]))
        until = draw(st.sampled_from([None, AT - DAY, AT + DAY])) if pinned else None
        found.append(
            Candidate(
                id_,
                since=AT - draw(moments) * DAY,
                of=AT - draw(moments) * DAY,
                like=draw(st.sampled_from([*BANDS, None])),
                pinned=pinned,
                pinned_until=until,
            )
        )
    return found


rules = st.builds(
    FeedRule,
    mix=st.sampled_from(MODES),
    order=st.sampled_from(ORDERS),
    size=st.integers(1, 8),
)
shares = st.none() | st.sampled_from(
    [SHARES, {"promoter": 0, "passive": 0, "detractor": 1000},
     {"promoter": 334, "passive": 333, "detractor": 333}]
)  # fmt: skip


@given(rules, candidates(), shares, st.data())
def test_what_was_left_out_can_be_forgotten(
    rule: FeedRule, all_: list[Candidate], told: dict[str, int] | None, data: st.DataObject
) -> None:
    first = [each for each in all_ if data.draw(st.booleans())]
    others = [each for each in all_ if each not in first]

    whole = choose(rule, all_, AT, told)

    assert choose(rule, [*choose(rule, first, AT, told), *others], AT, told) == whole
    assert choose(rule, whole, AT, told) == whole
    assert len(whole) == min(rule.size, len(all_))
    left = [each for each in all_ if each not in whole]
    for gone in left:
        assert choose(rule, [each for each in all_ if each != gone], AT, told) == whole


@given(rules, candidates(), shares)
def test_pinned_ones_hang_before_others(
    rule: FeedRule, all_: list[Candidate], told: dict[str, int] | None
) -> None:
    chosen = choose(rule, all_, AT, told)
    pinned = [each for each in all_ if is_pinned(each, AT)]
    assert sum(each in chosen for each in pinned) == min(rule.size, len(pinned))


def test_the_mix_follows_the_answers_where_there_is_not_room_for_all() -> None:
    many = [one(n, "promoter") for n in range(1, 41)]
    some = [one(n, "detractor") for n in range(101, 141)]
    few = [one(n, "passive") for n in range(201, 241)]

    chosen = choose(FeedRule(size=20), [*many, *some, *few], AT, SHARES)

    counts = {band: sum(each.like == band for each in chosen) for band in BANDS}
    assert counts == {"promoter": 11, "passive": 4, "detractor": 5}
    assert {each.id for each in chosen if each.like == "promoter"} == set(range(1, 12))


def test_newest_first_is_by_publication_alone() -> None:
    both = [one(n, "promoter") for n in range(1, 6)] + [one(n, "detractor") for n in range(6, 11)]

    newest = choose(FeedRule(size=3, mix="newest"), both, AT, SHARES)
    oldest = choose(FeedRule(size=3, mix="newest", order="oldest"), both, AT, SHARES)

    assert [each.id for each in newest] == [1, 2, 3]
    assert [each.id for each in oldest] == [10, 9, 8]


def test_by_the_answer_is_not_by_publication() -> None:
    late = one(1, of=AT - 9 * DAY)
    early = one(2, of=AT - DAY)
    assert choose(FeedRule(order="answered", size=1), [late, early], AT) == [early]


@pytest.mark.parametrize(
    ("rule", "said", "may"),
    [
        (FeedRule(), {}, True),
        (FeedRule(touchpoints=(3,)), {"touchpoint": 3}, True),
        (FeedRule(touchpoints=(3,)), {}, False),
        (FeedRule(segments=("Business",)), {"segment": "BUSINESS"}, True),
        (FeedRule(segments=("Business",)), {"segment": "home"}, False),
        (FeedRule(segments=("Straße",)), {"segment": "STRASSE"}, True),
        (FeedRule(tags=("bread",)), {"tags": frozenset({"bread", "price"})}, True),
        (FeedRule(tags=("bread",)), {"tags": frozenset({"price"})}, False),
        (FeedRule(languages=("sv", "nb")), {"language": "nb"}, True),
        (FeedRule(languages=("sv", "nb")), {"language": None}, False),
        (FeedRule(bands=("bad",)), {"band": "bad"}, True),
        (FeedRule(bands=("bad",)), {"band": None}, False),
        (FeedRule(days=7), {"of": AT - 7 * DAY}, False),
        (FeedRule(days=7), {"of": AT - 7 * DAY + timedelta(seconds=1)}, True),
        (FeedRule(), {"feeds": frozenset({"quotes"})}, False),
        (FeedRule(), {"feeds": frozenset({"f7"})}, True),
        (FeedRule(touchpoints=(3,), bands=("bad",)), {"touchpoint": 3, "band": "good"}, False),
    ],
)  # fmt: skip
def test_all_filters_must_let_it_through(
    rule: FeedRule, said: dict[str, object], may: bool
) -> None:
    assert fits(rule, "f7", one(1, **said), AT) is may  # type: ignore[arg-type]


def test_time_alone_changes_a_feed_when_something_is_too_old_or_pinned_no_more() -> None:
    old = one(1, of=AT - 6 * DAY)
    pinned = one(2, pinned=True, pinned_until=AT + timedelta(hours=1), of=AT)

    assert next_moment(FeedRule(days=7), [old, pinned], AT) == AT + timedelta(hours=1)
    assert next_moment(FeedRule(days=7), [old], AT) == AT + DAY
    assert next_moment(FeedRule(), [old], AT) is None


@pytest.mark.parametrize("kind", KINDS)
def test_a_rule_is_kept_as_it_is(kind: str) -> None:
    rule = FeedRule(kind=kind, touchpoints=(3, 4), days=30)  # type: ignore[arg-type]
    kept = FeedRule.from_json(rule.to_json())
    assert kept.kind == kind
    assert kept.days == 30
    assert FeedRule.from_json(kept.to_json()) == kept
