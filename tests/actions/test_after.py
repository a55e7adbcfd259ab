"""What becomes of quotes after their approval: time, end, pin, edit."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from signage.actions import decide, expire, pin, schedule, tags, turns
from signage.actions.edit import edit
from signage.actions.measure import refresh_stale
from signage.actions.prefer import prefer
from signage.core.mix import BANDS
from signage.core.verbatim import Cut, Revision
from signage.errors import Conflict, Invalid, NotFound
from signage.models import Database, Decision, Preferences, Quote
from tests.answers import changes, draft, everything, hung, items, state_of, take, waiting
from tests.screening import recalls, receipts, says, screen

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def verdicts(database: Database, quote: int) -> list[str]:
    with database.read() as session:
        rows = select(Decision.verdict).where(Decision.quote_id == quote).order_by(Decision.id)
        return list(session.scalars(rows))


def ends(database: Database, quote: int) -> datetime | None:
    with database.read() as session:
        return session.get_one(Quote, quote).expires_at


def test_an_approved_quote_is_moved_and_taken_back(
    database: Database, lead: int, at: datetime
) -> None:
    quote = waiting(database, at=at)
    decide.approve(database, quote, revision=0, user_id=lead, at=at, publish_at=at + HOUR)
    schedule.reschedule(database, quote, publish_at=at + 2 * HOUR, user_id=lead, at=at)
    assert decide.publish_due(database, at=at + HOUR) == 0

    schedule.unschedule(database, quote, user_id=lead, at=at + HOUR)

    assert decide.publish_due(database, at=at + 3 * HOUR) == 0
    assert state_of(database, quote) == "waiting"
    assert verdicts(database, quote) == ["approve", "move", "undo"]
    with pytest.raises(Conflict):
        schedule.unschedule(database, quote, user_id=lead, at=at)
    with pytest.raises(Conflict):
        schedule.reschedule(database, quote, publish_at=at, user_id=lead, at=at)
    with pytest.raises(Invalid):
        schedule.reschedule(database, quote, publish_at=at - HOUR, user_id=lead, at=at)
    with pytest.raises(NotFound):
        schedule.unschedule(database, 99, user_id=lead, at=at)


def test_a_quote_ends_sixty_days_after_its_publication_with_receipts(
    database: Database, lead: int, at: datetime
) -> None:
    quote, wall = hung(database, lead=lead, at=at), screen(database, at=at)
    end = at + 60 * DAY
    assert items(database)["q1"]["expires_at"] == end.timestamp() * 1000
    says(database, wall, at=end - HOUR)
    assert expire.expire_due(database, at=end - timedelta(seconds=1)) == 0

    assert expire.expire_due(database, at=end) == 1

    assert items(database) == {}
    assert state_of(database, quote) == "expired"
    assert verdicts(database, quote)[-1] == "expire"
    says(database, wall, at=end)
    assert set(receipts(database)) == {(recalls(database)[0].cause, wall)}
    before = everything(database)
    assert expire.expire_due(database, at=end + DAY) == 0
    assert everything(database) == before


def test_a_touchpoint_or_a_tag_says_otherwise_and_what_hangs_follows(
    database: Database, lead: int, at: datetime
) -> None:
    quote = hung(database, lead=lead, at=at, touchpoint="Delivery")
    other = hung(database, "2", lead=lead, at=at)

    expire.set_term(database, days=30, touchpoint_id=1, user_id=lead, at=at)
    assert (ends(database, quote), ends(database, other)) == (at + 30 * DAY, at + 60 * DAY)
    assert items(database)["q1"]["expires_at"] == (at + 30 * DAY).timestamp() * 1000

    tag = tags.tag(database, quote, "Praise", user_id=lead, at=at)
    expire.set_term(database, days=7, tag_id=tag.id, user_id=lead, at=at)
    assert ends(database, quote) == at + 7 * DAY
    tags.untag(database, quote, tag.id, user_id=lead, at=at)
    assert ends(database, quote) == at + 30 * DAY, "the term of the tag went with it"
    tag = tags.tag(database, quote, "Praise", user_id=lead, at=at)
    expire.set_term(database, days=7, tag_id=tag.id, user_id=lead, at=at)
    tags.tag(database, other, "praise", user_id=lead, at=at)
    assert ends(database, other) == at + 7 * DAY
    tags.untag(database, other, tag.id, user_id=lead, at=at)
    prefer(database, Preferences(expiry_days=10), at=at)
    assert (ends(database, quote), ends(database, other)) == (at + 7 * DAY, at + 10 * DAY)

    expire.set_term(database, days=None, tag_id=tag.id, user_id=lead, at=at)
    assert ends(database, quote) == at + 30 * DAY
    for wrong in ({"days": 0, "tag_id": 1}, {"days": 5}, {"days": 5, "touchpoint_id": 99}):
        with pytest.raises(Invalid):
            expire.set_term(database, **wrong, user_id=lead, at=at)


def test_a_pin_is_told_to_walls_and_brings_back_what_made_room(
    database: Database, lead: int, at: datetime
) -> None:
    oldest = hung(database, "oldest", lead=lead, at=at)
    for place in range(60):
        hung(database, f"newer{place}", lead=lead, at=at + HOUR)
    assert "q1" not in items(database)

    pin.pin(database, oldest, user_id=lead, at=at + HOUR, until=at + DAY)

    body = items(database)["q1"]
    assert (body["pinned"], body["pinned_until"]) == (True, (at + DAY).timestamp() * 1000)
    assert len(items(database)) == 60
    hung(database, "another", lead=lead, at=at + 2 * HOUR)
    assert "q1" in items(database), "a pinned one never makes room"
    pin.unpin(database, oldest, user_id=lead, at=at + 2 * HOUR)
    assert items(database)["q1"]["pinned"] is False
    with pytest.raises(Conflict):
        pin.unpin(database, oldest, user_id=lead, at=at + 2 * HOUR)
    with pytest.raises(Invalid):
        pin.pin(database, oldest, user_id=lead, at=at, until=at)


def test_an_edit_changes_the_wall_in_place_and_recalls_what_was_cut(
    database: Database, lead: int, at: datetime
) -> None:
    quote = hung(database, lead=lead, at=at, comment="Ida was kind.")
    spans = Revision(cuts=(Cut(0, 3),))

    decision = edit(database, quote, revision=0, spans=spans, user_id=lead, at=at + HOUR)

    body = items(database)["q1"]
    assert body["pieces"] == [{"kind": "cut"}, {"kind": "words", "text": " was kind."}]
    assert body["published_at"] == at.timestamp() * 1000, "it is no news"
    assert changes(database)[-1] == (2, "put", "q1")
    assert [made.cause for made in recalls(database)] == [decision.cause]
    before = everything(database)
    for revision in (0, 2):
        with pytest.raises(Conflict):
            edit(database, quote, revision=revision, spans=spans, user_id=lead, at=at + HOUR)
    with pytest.raises(Invalid):
        edit(database, quote, revision=1, spans=Revision(cuts=(Cut(0, 13),)), user_id=lead, at=at)
    assert everything(database) == before
    edit(database, quote, revision=1, spans=spans, user_id=lead, at=at + HOUR)
    assert len(recalls(database)) == 1, "nothing was taken away"


def test_what_does_not_hang_is_not_edited(database: Database, lead: int, at: datetime) -> None:
    quote = waiting(database, at=at)
    with pytest.raises(Conflict):
        edit(database, quote, revision=0, spans=Revision(), user_id=lead, at=at)
    with pytest.raises(NotFound):
        edit(database, 99, revision=0, spans=Revision(), user_id=lead, at=at)


def answered(database: Database, at: datetime, scores: list[int]) -> None:
    take(
        database,
        *(draft(f"a{n}", at=at, score=score, answered_at=at) for n, score in enumerate(scores)),
        at=at,
    )
    refresh_stale(database, at=at)


def test_walls_are_told_how_answers_are_shared_out_once_it_has_moved(
    database: Database, lead: int, at: datetime
) -> None:
    answered(database, at, [9] * 20)
    assert not turns.refresh_turns(database, at=at), "too few answers"
    answered(database, at, [9] * 50 + [7] * 25 + [3] * 25)

    assert turns.refresh_turns(database, at=at)

    told = items(database)["turns"]
    assert (told["mode"], told["shares"]) == (
        "as_answered", dict(zip(BANDS, (500, 250, 250), strict=True)),
    )  # fmt: skip
    assert not turns.refresh_turns(database, at=at)
    turns.choose_mix(database, "newest", user_id=lead, at=at)
    assert items(database)["turns"]["mode"] == "newest"
    with pytest.raises(Invalid):
        turns.choose_mix(database, "by moon", user_id=lead, at=at)


def test_the_desk_sees_both_mixes_and_what_is_missing(
    database: Database, lead: int, at: datetime
) -> None:
    answered(database, at, [9] * 50 + [7] * 25 + [3] * 25)
    turns.refresh_turns(database, at=at)
    for place in range(9):
        hung(database, f"h{place}", lead=lead, at=at, score=9)
    for place in range(4):
        hung(database, f"p{place}", lead=lead, at=at, score=7)
    refresh_stale(database, at=at)
    with database.read() as session:
        mix = turns.mix_now(session, at)
    assert mix.hanging == 13
    assert mix.shown is not None
    assert mix.shown["detractor"] == 0
    assert set(mix.missing) == {"detractor"}
