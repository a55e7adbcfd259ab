from datetime import datetime

import pytest
from sqlalchemy import select

from signage.actions.groups import MOST, add_group, delete_group, rename_group
from signage.actions.screens import add_screen, change_screen
from signage.actions.setup_of_screens import ScreenDraft, draft_of, split_tags
from signage.errors import Invalid, NotFound
from signage.models import AuditEntry, Database, Edition, Group, Screen
from signage.models.group import sized_groups, without_group

SECRET = "k" * 32


@pytest.mark.both
def test_a_deleted_group_leaves_its_screens_in_no_group(database: Database, at: datetime) -> None:
    canteens = add_group(database, "Canteens", at=at)
    screen, _ = add_screen(database, SECRET, ScreenDraft("One", group_id=canteens), at=at)
    other, _ = add_screen(database, SECRET, ScreenDraft("Two"), at=at)
    with database.read() as session:
        assert [(each.name, each.screens) for each in sized_groups(session)] == [("Canteens", 1)]
        assert without_group(session) == 1

    delete_group(database, canteens, at=at)

    with database.read() as session:
        assert session.scalars(select(Group)).all() == []
        assert {each.id: each.group_id for each in session.scalars(select(Screen))} == {
            screen: None, other: None,
        }  # fmt: skip
        told = session.execute(select(Edition.what, Edition.screen_id)).all()
    assert [*told[-1]] == ["group", None]


def test_who_makes_names_and_deletes_a_group_is_noted(database: Database, at: datetime) -> None:
    group = add_group(database, "Canteens", at=at, user_id=1)
    for _ in range(2):
        rename_group(database, group, "Kitchens", at=at, by="token 4")
    delete_group(database, group, at=at)

    with database.read() as session:
        noted = session.execute(
            select(AuditEntry.act, AuditEntry.about, AuditEntry.user_id, AuditEntry.detail)
        ).all()
    assert [tuple(each) for each in noted] == [
        ("group-made", "group 1", 1, ""), ("group-renamed", "group 1", None, "token 4"),
        ("group-deleted", "group 1", None, ""),
    ]  # fmt: skip


def test_a_group_without_screens_goes_without_telling_any(database: Database, at: datetime) -> None:
    delete_group(database, add_group(database, "Empty", at=at), at=at)

    with database.read() as session:
        assert session.scalars(select(Edition)).all() == []


@pytest.mark.parametrize("name", ["", "  \n", "x" * 81, "canteens", " Canteens "])
def test_a_name_is_short_and_nobody_elses(database: Database, at: datetime, name: str) -> None:
    add_group(database, "Canteens", at=at)
    other = add_group(database, "Receptions", at=at)

    with pytest.raises(Invalid):
        add_group(database, name, at=at)
    with pytest.raises(Invalid):
        rename_group(database, other, name, at=at)


def test_a_group_may_be_written_differently(database: Database, at: datetime) -> None:
    group = add_group(database, "canteens", at=at)

    rename_group(database, group, "Canteens", at=at)

    with database.read() as session:
        assert session.get_one(Group, group).name == "Canteens"


def test_there_is_an_end_of_groups(database: Database, at: datetime) -> None:
    with database.write() as session:
        session.add_all(Group(name=f"Group {number}", created_at=at) for number in range(MOST))

    with pytest.raises(Invalid):
        add_group(database, "One more", at=at)


def test_what_is_not_there_is_told(database: Database, at: datetime) -> None:
    with pytest.raises(NotFound):
        rename_group(database, 7, "Seven", at=at)
    with pytest.raises(NotFound):
        delete_group(database, 7, at=at)
    with pytest.raises(Invalid):
        add_screen(database, SECRET, ScreenDraft("One", group_id=7), at=at)


def test_tags_are_kept_once_in_the_order_in_which_they_were_written(
    database: Database, at: datetime
) -> None:
    tags = split_tags(" lobby, Västra ,,LOBBY, big ")
    screen, _ = add_screen(database, SECRET, ScreenDraft("One", tags=tags), at=at)

    with database.read() as session:
        draft = draft_of(session.get_one(Screen, screen))
    assert draft.tags == ("lobby", "Västra", "big")
    change_screen(database, screen, draft, at=at)
    with database.read() as session:  # the same again tells no wall
        assert session.scalars(select(Edition)).all() == []


@pytest.mark.parametrize("tags", [("x" * 41,), tuple(str(number) for number in range(11))])
def test_too_many_tags_or_too_long_ones_are_refused(
    database: Database, at: datetime, tags: tuple[str, ...]
) -> None:
    with pytest.raises(Invalid):
        add_screen(database, SECRET, ScreenDraft("One", tags=tags), at=at)
