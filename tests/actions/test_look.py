"""What a company's walls look like, and where its customers answer."""

from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import select

from signage.actions.editions import latest_edition
from signage.actions.journey import lay_out
from signage.actions.look import Look, dress, short_address
from signage.errors import Invalid
from signage.models import Database, Picture, Touchpoint, preferences
from tests.answers import draft, everything, hung, items, take
from tests.pictures import drawn

LOOK = Look("#0a7d5c", "quiet", {"mix": "Fair?"}, "https://www.example.com/ask/", "How was it?")


def test_walls_are_told_of_a_new_look(database: Database, lead: int, at: datetime) -> None:
    dress(database, replace(LOOK, logo=drawn()), user_id=lead, at=at)

    with database.read() as session:
        chosen = preferences(session)
        assert latest_edition(session) == 1
        assert session.scalars(select(Picture.digest)).all() == [chosen.logo]
    assert (chosen.accent, chosen.frame, chosen.titles) == ("#0a7d5c", "quiet", {"mix": "Fair?"})
    ask = items(database, "notices")["ask"]
    assert (ask["headline"], ask["address"]) == ("How was it?", "example.com/ask")
    assert len(ask["modules"]) == len(ask["modules"][0])
    before = everything(database)
    dress(database, LOOK, user_id=lead, at=at)
    assert everything(database) == before


def test_what_is_left_out_again_is_gone(database: Database, lead: int, at: datetime) -> None:
    dress(database, replace(LOOK, logo=drawn()), user_id=lead, at=at)
    dress(database, Look("", "full", {}, "", "", no_logo=True), user_id=lead, at=at)

    assert items(database, "notices") == {}
    with database.read() as session:
        assert session.scalars(select(Picture)).all() == []


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"accent": "red"}, "accent"),
        ({"frame": "golden"}, "frame"),
        ({"survey_url": "javascript:alert(1)"}, "survey_url"),
        ({"survey_url": "https://"}, "survey_url"),
        ({"survey_url": "https://anna:secret@example.com"}, "survey_url"),
        ({"survey_url": "https://example.com/" + "x" * 200}, "survey_url"),
        ({"ask": "x" * 61}, "ask"),
        ({"titles": {"mix": "x" * 61}}, "title_mix"),
    ],
)
def test_what_cannot_be_is_refused(
    database: Database, lead: int, at: datetime, wrong: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        dress(database, replace(LOOK, **wrong), user_id=lead, at=at)  # type: ignore[arg-type]
    assert [problem.field for problem in caught.value.problems] == [field]


def test_addresses_are_shown_as_people_type_them() -> None:
    assert short_address("https://www.example.com/") == "example.com"
    assert short_address("https://example.com/a?b=c") == "example.com/a?b=c"


def test_the_journey_is_put_in_order_and_what_hangs_takes_new_names(
    database: Database, lead: int, at: datetime
) -> None:
    take(
        database,
        draft("1", at=at, score=9, touchpoint="KASSA-2"),
        draft("2", at=at, score=9, touchpoint="WEB"),
        at=at,
    )
    quote = hung(database, "3", lead=lead, at=at, touchpoint="KASSA-2")

    lay_out(database, [2, 1], {1: " Checkout ", 2: "WEB"}, user_id=lead, at=at)

    with database.read() as session:
        rows = session.scalars(select(Touchpoint).order_by(Touchpoint.position)).all()
        assert [(row.name, row.title, row.shown_as) for row in rows] == [
            ("WEB", "WEB", None),
            ("KASSA-2", "Checkout", "Checkout"),
        ]
    assert items(database, "quotes")[f"q{quote}"]["touchpoint"] == "Checkout"
    with pytest.raises(Invalid):
        lay_out(database, [], {1: "x" * 61}, user_id=lead, at=at)
