"""Takeovers: on chosen screens, from texts that are kept ready, and by programs."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from signage.actions import groups, screens
from signage.actions.notice_draft import NoticeDraft
from signage.actions.notices import end_notice, end_notices, write_notice
from signage.actions.screens import ScreenDraft
from signage.actions.takeovers import (
    MOST_URGENT,
    TextDraft,
    delete_text,
    hang_text,
    reach,
    take_over,
    write_text,
)
from signage.core.targets import NO_GROUP, Targets
from signage.errors import Conflict, Invalid, NotFound
from signage.models import AuditEntry, Database, Group, PreparedText, Screen
from tests.answers import everything, items

HOUR = timedelta(hours=1)


def over(at: datetime, **changes: object) -> NoticeDraft:
    draft = NoticeDraft("Visit at ten", "", None, at + HOUR, takes_over=True)
    return replace(draft, **changes)  # type: ignore[arg-type]  # named by the tests


@pytest.fixture
def places(database: Database, at: datetime) -> tuple[int, int, int]:
    """A group, a screen in it, and one in none."""
    group = groups.add_group(database, "Canteens", at=at)
    inside, outside = (
        screens.add_screen(database, "a key", ScreenDraft(name), at=at)[0] for name in ("In", "Out")
    )
    with database.write() as session:
        session.get_one(Screen, inside).group_id = group
    return group, inside, outside


def test_on_chosen_screens_it_is_of_a_kind_that_older_players_pass_over(
    database: Database, lead: int, at: datetime, places: tuple[int, int, int]
) -> None:
    group, inside, outside = places
    chosen = Targets(groups=frozenset({group}), screens=frozenset({outside}))
    notice = write_notice(database, over(at, targets=chosen), user_id=lead, at=at)

    body = items(database, "notices")[f"n{notice.id}"]
    assert (body["kind"], body["look"], body["takes_over"]) == ("takeover", "notice", True)
    assert body["for"] == {"groups": [group], "screens": [outside]}
    assert body["until"] == (at + HOUR).timestamp() * 1000
    with database.read() as session:
        assert set(reach(session, chosen)) == {inside, outside}
        assert reach(session, Targets(groups=frozenset({group}))) == [inside]
        assert reach(session, Targets(groups=frozenset({0}))) == [outside]


def test_on_every_wall_it_is_the_notice_that_every_player_knows(
    database: Database, lead: int, at: datetime
) -> None:
    notice = write_notice(database, over(at, urgent=True), user_id=lead, at=at)
    body = items(database, "notices")[f"n{notice.id}"]
    assert (body["kind"], body["urgent"]) == ("notice", True)
    assert "for" not in body

    glad = write_notice(database, over(at, look="celebration"), user_id=lead, at=at)
    body = items(database, "notices")[f"n{glad.id}"]
    assert (body["kind"], body["look"], body["for"]) == ("takeover", "celebration", None)


def test_it_ends_by_hand_and_by_itself(database: Database, lead: int, at: datetime) -> None:
    first = write_notice(database, over(at), user_id=lead, at=at)
    write_notice(database, over(at), user_id=lead, at=at)

    end_notice(database, first.id, user_id=lead, at=at)
    assert list(items(database, "notices")) == ["n2"]
    end_notices(database, at=at + HOUR)
    assert items(database, "notices") == {}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"shows_until": None}, "shows_until"),
        ({"look": "party"}, "look"),
        ({"takes_over": False, "look": "celebration"}, "takes_over"),
        ({"takes_over": False, "targets": Targets(screens=frozenset({1}))}, "takes_over"),
        ({"targets": Targets()}, "where"),
        ({"targets": Targets(groups=frozenset({99}))}, "where"),
        ({"targets": Targets(screens=frozenset({1, 99}))}, "where"),
        ({"targets": Targets(screens=frozenset(range(1, 300)))}, "where"),
        ({"targets": Targets(screens=frozenset({1})), "urgent": True}, "where"),
    ],
)
@pytest.mark.usefixtures("places")
def test_what_cannot_take_over_says_why(
    database: Database, lead: int, at: datetime, changes: dict[str, object], field: str
) -> None:
    before = everything(database)
    with pytest.raises(Invalid) as refused:
        write_notice(database, over(at, **changes), user_id=lead, at=at)
    assert field in [problem.field for problem in refused.value.problems]
    assert everything(database) == before


def test_a_text_kept_ready_hangs_for_its_time(database: Database, lead: int, at: datetime) -> None:
    draft = TextDraft("Leave by the stairs", "Meet outside.", minutes=45, urgent=True)
    text = write_text(database, draft, user_id=lead, at=at)

    later = at + timedelta(days=40)
    notice = hang_text(database, text.id, user_id=lead, at=later)
    body = items(database, "notices")[f"n{notice.id}"]
    assert (body["headline"], body["urgent"]) == ("Leave by the stairs", True)
    assert body["until"] - body["from"] == 45 * 60_000
    with database.read() as session:
        acts = session.scalars(select(AuditEntry.act).order_by(AuditEntry.id)).all()
        assert acts == ["text-kept", "notice-hung"]

    write_text(database, replace(draft, words="Wait."), user_id=lead, at=later, text_id=text.id)
    assert items(database, "notices")[f"n{notice.id}"]["text"] == "Meet outside."
    delete_text(database, text.id, at=at)
    with pytest.raises(NotFound):
        hang_text(database, text.id, user_id=lead, at=later)
    assert len(items(database, "notices")) == 1
    assert write_text(database, draft, user_id=lead, at=later).id > text.id, "another text's number"


def test_a_text_for_some_hangs_where_they_are_still_there(
    database: Database, lead: int, at: datetime, places: tuple[int, int, int]
) -> None:
    group, _, outside = places
    other = groups.add_group(database, "Lobbies", at=at)
    for_two = Targets(groups=frozenset({group, other, NO_GROUP}), screens=frozenset({outside}))
    for_one = Targets(groups=frozenset({group}))
    some, one = (
        write_text(database, TextDraft("Visit", targets=each), user_id=lead, at=at).id
        for each in (for_two, for_one)
    )
    with database.write() as session:
        session.delete(session.get_one(Group, group))

    hung = hang_text(database, some, user_id=lead, at=at)
    meant = {"groups": [NO_GROUP, other], "screens": [outside]}
    assert items(database, "notices")[f"n{hung.id}"]["for"] == meant

    before = everything(database)
    with pytest.raises(Invalid) as refused:
        hang_text(database, one, user_id=lead, at=at)
    assert [(each.code, each.field) for each in refused.value.problems] == [("gone", "where")]
    assert everything(database) == before


def test_what_is_urgent_hangs_however_many_notices_there_are(
    database: Database, lead: int, at: datetime
) -> None:
    for _ in range(30):
        write_notice(database, over(at, takes_over=False), user_id=lead, at=at)
    with pytest.raises(Invalid):
        write_notice(database, over(at), user_id=lead, at=at)
    write_notice(database, over(at, urgent=True), user_id=lead, at=at)


def test_a_text_that_cannot_be_kept_says_why(database: Database, lead: int, at: datetime) -> None:
    for place in range(MOST_URGENT):
        write_text(database, TextDraft(f"No {place}", urgent=True), user_id=lead, at=at)
    for wrong, field in (
        (TextDraft(""), "headline"),
        (TextDraft("x", minutes=0), "minutes"),
        (TextDraft("x", minutes=1441), "minutes"),
        (TextDraft("x", look="party"), "look"),
        (TextDraft("x", urgent=True), "urgent"),
        (TextDraft("x", urgent=True, targets=Targets(groups=frozenset({0}))), "where"),
    ):
        with pytest.raises(Invalid) as refused:
            write_text(database, wrong, user_id=lead, at=at)
        assert field in [problem.field for problem in refused.value.problems]
    with database.read() as session:
        assert len(session.scalars(select(PreparedText)).all()) == MOST_URGENT
    write_text(database, TextDraft("No 0, again", urgent=True), user_id=lead, at=at, text_id=1)


def test_what_a_program_sends_twice_hangs_once(database: Database, at: datetime) -> None:
    by = {"user_id": None, "by": "token 3", "sent_key": "3 goal"}
    first, new = take_over(database, over(at), at=at, **by)  # type: ignore[arg-type]
    again, anew = take_over(database, over(at, headline="Other"), at=at + HOUR / 2, **by)  # type: ignore[arg-type]
    assert (new, anew, again.id, again.headline) == (True, False, first.id, "Visit at ten")
    assert len(items(database, "notices")) == 1
    end_notice(database, first.id, user_id=None, at=at, by="token 3")
    with pytest.raises(Conflict):
        end_notice(database, first.id, user_id=None, at=at, by="token 3")
    with database.read() as session:
        assert session.scalars(select(AuditEntry.detail)).all() == ["token 3", "token 3"]
