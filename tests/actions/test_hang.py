from datetime import datetime, timedelta

from signage.actions import decide
from signage.core.verbatim import Cut, Mask, Revision
from signage.models import Database
from tests.answers import at_once, changes, draft, hung, items, state_of, take

SIZE = 60


def fill(database: Database, lead: int, at: datetime, n: int) -> None:
    """`n` published quotes, a second apart."""
    at_once(database)
    comments = [draft(str(place), at=at, comment="Good bread.") for place in range(n)]
    take(database, *comments, at=at)
    for place in range(n):
        moment = at + timedelta(seconds=place)
        decide.approve(database, place + 1, revision=0, user_id=lead, at=moment)


def test_a_body_is_what_the_protocol_says(database: Database, lead: int, at: datetime) -> None:
    hung(
        database, lead=lead, at=at, score=9, comment="Ida was kind. Thank you, Ida!",
        language="sv", touchpoint="Delivery", name="Ida Ek", consent="first_name",
        answered_at="2026-04-13T09:30:00Z",
        spans=Revision(masks=(Mask(0, 3, "name"),), cuts=(Cut(13, 29),)),
    )  # fmt: skip

    assert items(database)["q1"] == {
        "id": "q1",
        "kind": "quote",
        "pieces": [
            {"kind": "mask", "label": "name"},
            {"kind": "words", "text": " was kind."},
            {"kind": "cut"},
        ],
        "language": "sv",
        "metric": "nps",
        "score": 9,
        "scale": [0, 10],
        "band": "promoter",
        "who": {"kind": "first_name", "text": "Ida"},
        "touchpoint": "Delivery",
        "answered_on": "2026-04-13",
        "published_at": round(at.timestamp() * 1000),
        "expires_at": round((at + timedelta(days=60)).timestamp() * 1000),
        "pinned": False,
        "pinned_until": None,
        "also": 0,
        "words": 3,
    }


def test_an_answer_of_words_alone_has_no_score_and_no_band(
    database: Database, lead: int, at: datetime
) -> None:
    take(database, draft(at=at, comment="Good bread."), at=at)
    decide.approve(database, 1, revision=0, user_id=lead, at=at)
    decide.publish_due(database, at=at + timedelta(seconds=8))

    body = items(database)["q1"]
    assert (body["score"], body["band"], body["touchpoint"]) == (None, None, None)
    assert body["who"] == {"kind": "customer", "text": None}


def test_a_name_without_consent_never_reaches_a_feed(
    database: Database, lead: int, at: datetime
) -> None:
    hung(database, lead=lead, at=at, name="Ida Ek", role="Baker", respondent="ida@example.com")

    assert "Ida" not in str(items(database))
    assert "Baker" not in str(items(database))
    assert "ida@example.com" not in str(items(database))


def test_the_quote_beyond_the_feeds_size_makes_the_oldest_give_way(
    database: Database, lead: int, at: datetime
) -> None:
    fill(database, lead, at, SIZE)
    assert len(items(database)) == SIZE

    hung(database, "new", lead=lead, at=at + timedelta(hours=1))

    hanging = items(database)
    assert len(hanging) == SIZE
    assert "q1" not in hanging
    assert f"q{SIZE + 1}" in hanging
    assert changes(database)[-2:] == [
        (SIZE + 1, "put", f"q{SIZE + 1}"),
        (SIZE + 2, "drop", "q1"),
    ]
    assert state_of(database, 1) == "published"

    # A correction of the one that gave way does not bring it back.
    take(database, draft("0", at=at, score=2), at=at)
    assert "q1" not in items(database)
    withdrawn = len(changes(database))
    decide.withdraw(database, 1, reason="private", user_id=lead, at=at)
    assert len(changes(database)) == withdrawn
