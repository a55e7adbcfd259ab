"""Many at once: withdrawing all that somebody said, and those that say the same."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from signage.actions import decide, duplicates, sweep
from signage.actions.erase import erase
from signage.actions.expire import expire_due
from signage.actions.hand_on import hand_on
from signage.errors import Conflict, Invalid, NotFound
from signage.models import Database, Decision, Quote, Withdrawal
from signage.models.duplicates import counts_also, said_alike
from tests.answers import at_once, everything, hung, items, state_of, waiting
from tests.screening import recalls, receipts, says, screen
from tests.web.conftest import statements

SAME = "The driver rang before he came, and that was kind of him."


def begin(database: Database, lead: int, at: datetime, expected: int, **of: str) -> Withdrawal:
    given = {"scope": "respondent", "value": "r1", "reason": "private", **of}
    return sweep.sweep(database, **given, expected=expected, user_id=lead, at=at)


def test_all_from_a_respondent_leave_by_one_cause_with_its_receipts(
    database: Database, lead: int, at: datetime
) -> None:
    wall = screen(database, at=at)
    for place in range(3):
        hung(database, f"m{place}", lead=lead, at=at, respondent="r1")
    other = hung(database, "other", lead=lead, at=at, respondent="r2")
    later = waiting(database, "later", at=at, respondent="r1")
    decide.approve(database, later, revision=0, user_id=lead, at=at)
    waiting(database, "asks", at=at, respondent="r1")
    says(database, wall, at=at)

    begun = begin(database, lead, at, 4)

    assert (begun.done, begun.ended_at, begun.cause) == (4, at, "w1")
    assert list(items(database)) == [f"q{other}"]
    assert state_of(database, later) == "withdrawn"
    (made,) = recalls(database)
    assert (made.cause, made.quote_id, made.hung_since) == ("w1", None, at)
    says(database, wall, at=at)
    assert set(receipts(database)) == {("w1", wall)}
    with database.read() as session:
        decisions = session.scalars(select(Decision).where(Decision.withdrawal_id == 1)).all()
    assert {(each.verdict, each.cause, each.reason) for each in decisions} == {
        ("withdraw", "w1", "private")
    }
    with pytest.raises(Conflict):
        decide.undo(database, decisions[0].id, user_id=lead, at=at)


def test_a_large_withdrawal_goes_on_in_batches(
    database: Database, lead: int, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweep, "BATCH", 2)
    for place in range(5):
        hung(database, f"m{place}", lead=lead, at=at)

    begun = begin(database, lead, at, 5, scope="source", value="shop")

    assert (begun.done, begun.ended_at) == (2, None)
    assert [sweep.carry_on(database, at=at) for _ in range(3)] == [2, 1, 0]
    assert items(database) == {}
    assert {made.cause for made in recalls(database)} == {"w1"}
    before = everything(database)
    assert sweep.carry_on(database, at=at) == 0
    assert everything(database) == before


@pytest.mark.parametrize(
    ("of", "expected", "error"),
    [
        ({}, 2, Conflict),
        ({"value": "nobody"}, 0, Conflict),
        ({"value": ""}, 1, Invalid),
        ({"scope": "moon"}, 1, Invalid),
        ({"reason": "because"}, 1, Invalid),
    ],
)
def test_a_withdrawal_that_is_not_as_it_was_shown_does_nothing(
    database: Database,
    lead: int,
    at: datetime,
    of: dict[str, str],
    expected: int,
    error: type[Exception],
) -> None:
    hung(database, lead=lead, at=at, respondent="r1")
    before = everything(database)
    with pytest.raises(error):
        begin(database, lead, at, expected, **of)
    assert everything(database) == before


def alike(database: Database, quote: int) -> list[int]:
    with database.read() as session:
        return said_alike(session, session.get_one(Quote, quote))


def test_near_duplicates_are_found_and_others_are_not(
    database: Database, lead: int, at: datetime
) -> None:
    first = waiting(database, "1", at=at, comment=SAME)
    near = waiting(database, "2", at=at, comment="the driver rang before he came and THAT was kind")
    hangs = hung(database, "3", lead=lead, at=at, comment=f"{SAME} 👍")
    waiting(
        database, "4", at=at, comment="The driver never came, and nobody rang to say so at all."
    )
    short = waiting(database, "5", at=at, comment="Great service!")
    same = waiting(database, "6", at=at, comment="great SERVICE")
    waiting(database, "7", at=at, comment="Great service not")
    waiting(database, "8", at=at, comment="👍👍")
    assert duplicates.key_new(database) == 8
    assert duplicates.key_new(database) == 0

    assert alike(database, first) == [near, hangs]
    assert alike(database, short) == [same]


def test_one_speaks_for_others_and_the_count_follows_them(
    database: Database, lead: int, at: datetime
) -> None:
    at_once(database)
    speaker = hung(database, "1", lead=lead, at=at, comment=SAME)
    others = [waiting(database, f"{n}", at=at, comment=SAME, respondent="r1") for n in (2, 3, 4)]
    hangs = hung(database, "5", lead=lead, at=at, comment=SAME)

    assert duplicates.merge(database, speaker, [*others, hangs], user_id=lead, at=at) == 4

    assert items(database)["q1"]["also"] == 4
    assert list(items(database)) == ["q1"]
    assert [made.quote_id for made in recalls(database)] == [hangs]
    assert {state_of(database, each) for each in others} == {"merged"}

    duplicates.part(database, hangs, user_id=lead, at=at)
    assert items(database)["q1"]["also"] == 3
    assert state_of(database, hangs) == "waiting"
    erase(database, "shop", "2", at=at)
    assert items(database)["q1"]["also"] == 2
    begin(database, lead, at, 2)
    assert items(database)["q1"]["also"] == 0


def test_when_the_one_that_speaks_is_erased_the_others_wait_again(
    database: Database, lead: int, at: datetime
) -> None:
    speaker = hung(database, "1", lead=lead, at=at, comment=SAME)
    other = waiting(database, "2", at=at, comment=SAME)
    duplicates.merge(database, speaker, [other], user_id=lead, at=at)

    erase(database, "shop", "1", at=at)

    assert state_of(database, other) == "waiting"


def test_nobody_is_a_duplicate_of_a_duplicate(database: Database, lead: int, at: datetime) -> None:
    one, two, three = (waiting(database, f"{n}", at=at, comment=SAME) for n in range(3))
    duplicates.merge(database, two, [three], user_id=lead, at=at)
    assert duplicates.merge(database, one, [two], user_id=lead, at=at) == 2
    before = everything(database)
    for speaker, members, error in (
        (two, [one], Conflict), (one, [two], Conflict), (one, [one], Invalid),
        (one, [99], Conflict), (99, [one], NotFound),
    ):  # fmt: skip
        with pytest.raises(error):
            duplicates.merge(database, speaker, members, user_id=lead, at=at)
    assert everything(database) == before


LATER = timedelta(minutes=10, seconds=1)


def spoken_for(database: Database, lead: int, at: datetime) -> tuple[int, list[int]]:
    """A quote on the walls that speaks for three others."""
    speaker = hung(database, "s", lead=lead, at=at, comment=SAME)
    others = [waiting(database, f"o{n}", at=at, comment=SAME) for n in range(3)]
    duplicates.merge(database, speaker, others, user_id=lead, at=at)
    return speaker, others


def states(database: Database, quotes: list[int]) -> list[str]:
    return [state_of(database, each) for each in quotes]


@pytest.mark.both
def test_when_a_speaker_is_withdrawn_the_latest_of_the_others_speaks(
    database: Database, lead: int, at: datetime
) -> None:
    speaker, others = spoken_for(database, lead, at)
    decide.withdraw(database, speaker, reason="private", user_id=lead, at=at)

    assert hand_on(database, at=at + LATER) == 1
    assert hand_on(database, at=at + LATER) == 0

    assert states(database, others) == ["merged", "merged", "waiting"]
    heir = others[-1]
    with database.read() as session:
        assert counts_also(session, [speaker, heir]) == {heir: 2}
    decide.approve(database, heir, revision=0, user_id=lead, at=at + LATER)
    decide.publish_due(database, at=at + 2 * LATER)
    assert items(database)[f"q{heir}"]["also"] == 2


def test_within_ten_minutes_an_undo_finds_all_as_it_was(
    database: Database, lead: int, at: datetime
) -> None:
    speaker, others = spoken_for(database, lead, at)
    made = decide.withdraw(database, speaker, reason="private", user_id=lead, at=at)

    assert hand_on(database, at=at + LATER / 2) == 0
    decide.undo(database, made.id, user_id=lead, at=at + LATER / 2)

    assert hand_on(database, at=at + 2 * LATER) == 0
    assert states(database, others) == ["merged"] * 3
    assert items(database)[f"q{speaker}"]["also"] == 3


def test_those_who_had_their_time_end_with_a_speaker_that_expired(
    database: Database, lead: int, at: datetime
) -> None:
    speaker, others = spoken_for(database, lead, at)
    late = waiting(database, "late", at=at, comment=SAME)
    duplicates.merge(database, speaker, [late], user_id=lead, at=at + timedelta(days=50))
    gone = at + timedelta(days=61)
    assert expire_due(database, at=gone) == 1

    assert hand_on(database, at=gone + LATER) == 1

    assert states(database, [speaker, *others, late]) == ["expired"] * 4 + ["waiting"]
    decide.reopen(database, others[0], revision=0, user_id=lead, at=gone + LATER)


def test_when_a_speaker_is_rejected_one_of_the_others_waits_until_none_is_left(
    database: Database, lead: int, at: datetime
) -> None:
    quotes = [waiting(database, f"{n}", at=at, comment=SAME) for n in range(3)]
    duplicates.merge(database, quotes[0], quotes[1:], user_id=lead, at=at)
    for n, asked in enumerate((quotes[0], quotes[2], quotes[1])):
        now = at + n * 2 * LATER
        decide.reject(database, asked, revision=0, reason="off_topic", user_id=lead, at=now)
        assert hand_on(database, at=now + LATER) == (n < 2)

    assert states(database, quotes) == ["rejected"] * 3


def test_it_costs_the_same_however_many_were_merged(
    database: Database, lead: int, at: datetime
) -> None:
    counts: list[int] = []
    for many in (2, 24):
        begun = at + timedelta(days=100) * len(counts)
        speakers = [waiting(database, f"{many} {n}", at=begun, comment=SAME) for n in range(2)]
        others = [waiting(database, f"{many} o{n}", at=begun, comment=SAME) for n in range(many)]
        for speaker, some in zip(speakers, (others[::2], others[1::2]), strict=True):
            duplicates.merge(database, speaker, some, user_id=lead, at=begun)
            decide.approve(database, speaker, revision=0, user_id=lead, at=begun)
        decide.publish_due(database, at=begun + LATER)
        # Of one, those who were merged long ago have had their time.
        late = [waiting(database, f"{many} l{n}", at=begun, comment=SAME) for n in range(many)]
        duplicates.merge(database, speakers[0], late, user_id=lead, at=begun + timedelta(days=50))
        gone = begun + timedelta(days=61)
        assert expire_due(database, at=gone) == 2
        with statements(database) as seen:
            assert hand_on(database, at=gone + LATER) == 2
        counts.append(len(seen))
        assert states(database, others) == ["expired"] * many
        assert states(database, late) == ["merged"] * (many - 1) + ["waiting"]

    assert counts[0] == counts[1] <= 16
