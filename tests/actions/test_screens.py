from dataclasses import replace
from datetime import datetime

import pytest
from itsdangerous import URLSafeSerializer

from signage.actions.screens import (
    ScreenDraft,
    add_screen,
    change_screen,
    renew_link,
    revoke_screen,
    screen_of,
)
from signage.errors import Invalid, NotFound, Refused
from signage.models import Database, Screen
from tests.answers import everything

SECRET = "a key that only this test knows, long enough"
CANTEEN = ScreenDraft("Canteen", site="Solna, floor 4")


def test_a_link_lets_its_own_screen_in(database: Database, at: datetime) -> None:
    one, key = add_screen(database, SECRET, CANTEEN, at=at)
    other, other_key = add_screen(database, SECRET, replace(CANTEEN, name="Lobby"), at=at)

    assert screen_of(database, SECRET, key).id == one
    assert screen_of(database, SECRET, other_key).id == other
    assert key not in str(everything(database))
    with database.read() as session:
        assert session.get_one(Screen, one).last_seen_at is None  # sightings keep that


@pytest.mark.parametrize(
    "key",
    [None, "", 7, "x" * 10_000, {"a": 1}, "å", "abc.def", "\ud800"],
    ids=["none", "empty", "number", "long", "object", "letter", "forged", "surrogate"],
)
def test_a_key_that_is_none_is_unknown(database: Database, at: datetime, key: object) -> None:
    add_screen(database, SECRET, CANTEEN, at=at)

    with pytest.raises(Refused, match="unknown"):
        screen_of(database, SECRET, key)


def test_a_key_signed_with_another_secret_is_unknown(database: Database, at: datetime) -> None:
    screen, key = add_screen(database, SECRET, CANTEEN, at=at)

    with pytest.raises(Refused, match="unknown"):
        screen_of(database, "b" * 40, key)
    said, _, signature = key.rpartition(".")
    with pytest.raises(Refused, match="unknown"):
        screen_of(database, SECRET, f"{said}.{signature[::-1]}")
    for_cookies = URLSafeSerializer(SECRET, salt="cookie-session").dumps([screen, "x"])
    with pytest.raises(Refused, match="unknown"):
        screen_of(database, SECRET, for_cookies)


@pytest.mark.parametrize("said", [7, "1", [1], [1, 2, 3], {"1": 2}, None])
def test_a_signed_key_of_another_shape_is_unknown(database: Database, said: object) -> None:
    key = URLSafeSerializer(SECRET, salt="wall").dumps(said)

    with pytest.raises(Refused, match="unknown"):
        screen_of(database, SECRET, key)


def test_a_revoked_link_lets_nobody_in(database: Database, at: datetime) -> None:
    screen, key = add_screen(database, SECRET, CANTEEN, at=at)

    revoke_screen(database, screen, at=at)

    with pytest.raises(Refused, match="revoked"):
        screen_of(database, SECRET, key)


def test_a_new_link_ends_the_old_one_also_after_a_revocation(
    database: Database, at: datetime
) -> None:
    screen, old = add_screen(database, SECRET, CANTEEN, at=at)
    revoke_screen(database, screen, at=at)

    new = renew_link(database, SECRET, screen, at=at)

    assert screen_of(database, SECRET, new).id == screen
    with pytest.raises(Refused, match="revoked"):
        screen_of(database, SECRET, old)


def test_the_link_of_a_screen_that_is_gone_is_unknown(database: Database, at: datetime) -> None:
    screen, key = add_screen(database, SECRET, CANTEEN, at=at)
    with database.write() as session:
        session.delete(session.get_one(Screen, screen))

    with pytest.raises(Refused, match="unknown"):
        screen_of(database, SECRET, key)
    with pytest.raises(NotFound):
        renew_link(database, SECRET, screen, at=at)
    with pytest.raises(NotFound):
        change_screen(database, screen, CANTEEN, at=at)


def test_set_up_differently_the_link_stays(database: Database, at: datetime) -> None:
    screen, key = add_screen(database, SECRET, CANTEEN, at=at)

    change_screen(database, screen, replace(CANTEEN, theme="paper", motion=False), at=at)

    let_in = screen_of(database, SECRET, key)
    assert (let_in.theme, let_in.motion) == ("paper", False)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "<b> </b>"),
        ("name", "a" * 81),
        ("site", "a" * 81),
        ("locale", "xx"),
        ("timezone", "Solna"),
        ("theme", "pink"),
        ("diagonal_inch", 4),
        ("diagonal_inch", 201),
        ("distance_m", 0),
        ("distance_m", 51),
    ],
)
def test_each_bad_field_is_named_and_nothing_is_written(
    database: Database, at: datetime, field: str, value: object
) -> None:
    screen, _ = add_screen(database, SECRET, CANTEEN, at=at)
    bad = replace(CANTEEN, **{field: value})  # type: ignore[arg-type]
    before = everything(database)

    with pytest.raises(Invalid) as added:
        add_screen(database, SECRET, bad, at=at)
    with pytest.raises(Invalid) as changed:
        change_screen(database, screen, bad, at=at)

    for refused in (added, changed):
        assert [problem.field for problem in refused.value.problems] == [field]
        assert refused.value.problems[0].message()
    assert everything(database) == before
