"""Notices hang in their time, with their picture, and are taken down."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from signage.actions.notice_draft import NoticeDraft
from signage.actions.notices import MOST, end_notice, end_notices, write_notice
from signage.errors import Conflict, Invalid, NotFound
from signage.models import AuditEntry, Database, Notice, Picture
from tests.answers import changes, everything, items
from tests.pictures import drawn

DRAFT = NoticeDraft("Thank you!", "A thousand answered.", None, None)


def test_it_hangs_from_now_until_it_is_taken_down(
    database: Database, lead: int, at: datetime
) -> None:
    notice = write_notice(database, DRAFT, user_id=lead, at=at)

    body = items(database, "notices")[f"n{notice.id}"]
    assert (body["headline"], body["until"], body["picture"]) == ("Thank you!", None, None)
    assert body["from"] == at.timestamp() * 1000

    end_notice(database, notice.id, user_id=lead, at=at)
    assert items(database, "notices") == {}
    assert [op for _, op, _ in changes(database, "notices")] == ["drop", "drop"]
    with database.read() as session:
        acts = session.scalars(select(AuditEntry.act)).all()
    assert acts == ["notice-hung", "notice-ended"]


def test_a_change_keeps_its_picture_unless_it_is_removed(
    database: Database, lead: int, at: datetime
) -> None:
    draft = replace(DRAFT, picture=drawn(), picture_tells="Us")
    notice = write_notice(database, draft, user_id=lead, at=at)
    again = replace(DRAFT, headline="Thanks!", picture_tells="Us")
    write_notice(database, again, user_id=lead, at=at, notice_id=notice.id)
    body = items(database, "notices")[f"n{notice.id}"]
    assert body["picture"]["url"].startswith("/pictures/")
    assert body["headline"] == "Thanks!"

    without = replace(again, no_picture=True)
    write_notice(database, without, user_id=lead, at=at, notice_id=notice.id)
    assert items(database, "notices")[f"n{notice.id}"]["picture"] is None
    with database.read() as session:
        assert session.scalars(select(Picture)).all() == []


def test_its_time_over_it_is_taken_down_once(database: Database, lead: int, at: datetime) -> None:
    draft = replace(DRAFT, shows_until=at + timedelta(hours=1))
    write_notice(database, draft, user_id=lead, at=at)

    assert end_notices(database, at=at + timedelta(minutes=59)) == 0
    assert end_notices(database, at=at + timedelta(hours=1)) == 1
    assert end_notices(database, at=at + timedelta(hours=2)) == 0
    assert items(database, "notices") == {}


def test_one_that_ended_is_not_changed(database: Database, lead: int, at: datetime) -> None:
    notice = write_notice(database, DRAFT, user_id=lead, at=at)
    end_notice(database, notice.id, user_id=lead, at=at)
    before = everything(database)
    with pytest.raises(Conflict):
        write_notice(database, DRAFT, user_id=lead, at=at, notice_id=notice.id)
    with pytest.raises(Conflict):
        end_notice(database, notice.id, user_id=lead, at=at)
    with pytest.raises(NotFound):
        end_notice(database, 99, user_id=lead, at=at)
    assert everything(database) == before


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"headline": " "}, "headline"),
        ({"headline": "x" * 81}, "headline"),
        ({"words": "x" * 281}, "words"),
        ({"picture": drawn()}, "picture_tells"),
        ({"takes_over": True}, "shows_until"),
    ],
)
def test_what_a_wall_could_not_show_is_refused(
    database: Database, lead: int, at: datetime, wrong: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        write_notice(database, replace(DRAFT, **wrong), user_id=lead, at=at)  # type: ignore[arg-type]
    assert [problem.field for problem in caught.value.problems] == [field]
    assert items(database, "notices") == {}


@pytest.mark.parametrize("hours", [(-2, -1), (2, 1), (1, 1)])
def test_a_time_that_cannot_be_is_refused(
    database: Database, lead: int, at: datetime, hours: tuple[int, int]
) -> None:
    first, last = (at + timedelta(hours=each) for each in hours)
    draft = replace(DRAFT, shows_from=first, shows_until=last)
    with pytest.raises(Invalid) as caught:
        write_notice(database, draft, user_id=lead, at=at)
    assert [problem.field for problem in caught.value.problems] == ["shows_until"]


def test_only_so_many_hang_at_a_time(database: Database, lead: int, at: datetime) -> None:
    with database.write() as session:
        session.add_all(
            Notice(
                headline="x",
                words="",
                picture_tells="",
                shows_from=at,
                takes_over=False,
                made_at=at,
            )
            for _ in range(MOST)
        )
    with pytest.raises(Invalid):
        write_notice(database, DRAFT, user_id=lead, at=at)
