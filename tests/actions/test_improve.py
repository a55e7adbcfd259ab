from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from signage.actions import decide, improve
from signage.actions.improve import ImprovementDraft
from signage.errors import Conflict, Invalid, NotFound
from signage.models import Database, Feed, Improvement, ImprovementQuote
from tests.answers import changes, draft, everything, hung, items, take, waiting

DONE = date(2026, 3, 1)


def written(**chosen: object) -> ImprovementDraft:
    fields = {
        "did": "Bread is baked twice a day.", "label": "Bread", "team": "Bakery",
        "done_on": DONE, "touchpoint_id": None, "quote_ids": (), **chosen,
    }  # fmt: skip
    return ImprovementDraft(**fields)  # type: ignore[arg-type]  # the fields are its own


def write(database: Database, at: datetime, lead: int, **chosen: object) -> int:
    return improve.improve(database, written(**chosen), user_id=lead, at=at).id


def shown(database: Database, at: datetime, lead: int, **chosen: object) -> int:
    improvement = write(database, at, lead, **chosen)
    improve.publish_improvement(database, improvement, at=at)
    return improvement


def test_what_is_written_down_hangs_only_once_it_is_published(
    database: Database, lead: int, at: datetime
) -> None:
    improvement = write(database, at, lead)
    assert list(items(database, "improvements")) == ["summary"]

    improve.publish_improvement(database, improvement, at=at)

    assert items(database, "improvements") == {
        "summary": {"id": "summary", "kind": "summary", "done_this_year": 1, "under_way": 0},
        f"i{improvement}": {
            "id": f"i{improvement}",
            "kind": "improvement",
            "did": "Bread is baked twice a day.",
            "label": "Bread",
            "by": "Bakery",
            "done_on": "2026-03-01",
            "touchpoint": None,
            "said": None,
            "effect": None,
            "measured_again_on": None,
            "published_at": round(at.timestamp() * 1000),
            "words": 6,
        },
    }


def test_the_first_published_quote_hangs_beside_it(
    database: Database, lead: int, at: datetime
) -> None:
    unseen = waiting(database, "1", at=at, comment="Nobody approved this.")
    first = hung(database, "2", lead=lead, at=at, comment="Stale bread.", score=3, language="en")
    second = hung(database, "3", lead=lead, at=at, comment="Dry rolls.")

    improvement = shown(database, at, lead, quote_ids=(unseen, first, second))

    body = items(database, "improvements")[f"i{improvement}"]
    assert body["said"] == {
        "pieces": [{"kind": "words", "text": "Stale bread."}],
        "language": "en",
        "metric": "nps",
        "score": 3,
        "scale": [0, 10],
        "band": "detractor",
        "answered_on": "2026-04-14",
        "expires_at": (at + timedelta(days=60)).timestamp() * 1000,
        "more": 2,
    }
    assert body["words"] == 8
    assert "Nobody approved this." not in str(items(database, "improvements"))


def test_a_quote_that_is_withdrawn_gives_its_place_to_the_next(
    database: Database, lead: int, at: datetime
) -> None:
    first = hung(database, "1", lead=lead, at=at, comment="Stale bread.")
    second = hung(database, "2", lead=lead, at=at, comment="Dry rolls.")
    improvement = shown(database, at, lead, quote_ids=(first, second))

    decide.withdraw(database, first, reason="private", user_id=lead, at=at)

    assert list(items(database)) == [f"q{second}"]
    said = items(database, "improvements")[f"i{improvement}"]["said"]
    assert said["pieces"] == [{"kind": "words", "text": "Dry rolls."}]

    decide.withdraw(database, second, reason="private", user_id=lead, at=at)
    assert items(database, "improvements")[f"i{improvement}"]["said"] is None


def test_a_quote_that_is_published_later_comes_to_hang_beside_it(
    database: Database, lead: int, at: datetime
) -> None:
    quote = waiting(database, at=at, comment="Stale bread.")
    improvement = shown(database, at, lead, quote_ids=(quote,))
    assert items(database, "improvements")[f"i{improvement}"]["said"] is None

    decide.approve(database, quote, revision=0, user_id=lead, at=at)
    decide.publish_due(database, at=at + timedelta(seconds=8))

    said = items(database, "improvements")[f"i{improvement}"]["said"]
    assert said["pieces"] == [{"kind": "words", "text": "Stale bread."}]


def test_a_change_reaches_the_wall_and_the_same_again_does_not(
    database: Database, lead: int, at: datetime
) -> None:
    improvement = shown(database, at, lead)
    again = written(did="Bread is baked all day.")

    improve.improve(database, again, user_id=lead, at=at, improvement_id=improvement)

    body = items(database, "improvements")[f"i{improvement}"]
    assert body["did"] == "Bread is baked all day."
    before = changes(database, "improvements")
    improve.improve(database, again, user_id=lead, at=at, improvement_id=improvement)
    improve.publish_improvement(database, improvement, at=at)
    assert changes(database, "improvements") == before


def test_links_keep_their_order_and_stand_once(database: Database, lead: int, at: datetime) -> None:
    quotes = [waiting(database, str(place), at=at) for place in range(3)]
    improvement = write(database, at, lead, quote_ids=(3, 1, 3, 2))

    improve.improve(
        database, written(quote_ids=(2, 3)), user_id=lead, at=at, improvement_id=improvement
    )

    with database.read() as session:
        links = session.scalars(select(ImprovementQuote).order_by(ImprovementQuote.position)).all()
    assert quotes == [1, 2, 3]
    assert [link.quote_id for link in links] == [2, 3]


def test_what_is_under_way_cannot_hang(database: Database, lead: int, at: datetime) -> None:
    improvement = write(database, at, lead, done_on=None)
    before = everything(database)

    with pytest.raises(Conflict):
        improve.publish_improvement(database, improvement, at=at)

    assert everything(database) == before
    assert items(database, "improvements")["summary"]["under_way"] == 1


def test_one_that_hangs_and_is_under_way_again_leaves_the_wall(
    database: Database, lead: int, at: datetime
) -> None:
    improvement = shown(database, at, lead)

    improve.improve(
        database, written(done_on=None), user_id=lead, at=at, improvement_id=improvement
    )

    assert list(items(database, "improvements")) == ["summary"]
    assert items(database, "improvements")["summary"]["under_way"] == 1


def test_taken_down_it_stays_on_the_desk_and_can_hang_again(
    database: Database, lead: int, at: datetime
) -> None:
    improvement = shown(database, at, lead)

    improve.withdraw_improvement(database, improvement, at=at)

    assert list(items(database, "improvements")) == ["summary"]
    assert items(database, "improvements")["summary"]["done_this_year"] == 0
    with database.read() as session:
        assert session.get_one(Improvement, improvement).withdrawn_at == at
    before = everything(database)
    with pytest.raises(Conflict):
        improve.withdraw_improvement(database, improvement, at=at)
    assert everything(database) == before

    improve.publish_improvement(database, improvement, at=at)
    assert f"i{improvement}" in items(database, "improvements")


def test_one_that_never_hung_cannot_be_taken_down(
    database: Database, lead: int, at: datetime
) -> None:
    improvement = write(database, at, lead)

    with pytest.raises(Conflict):
        improve.withdraw_improvement(database, improvement, at=at)


def test_what_is_not_there_cannot_be_changed(database: Database, lead: int, at: datetime) -> None:
    before = everything(database)

    with pytest.raises(NotFound):
        improve.improve(database, written(), user_id=lead, at=at, improvement_id=7)
    with pytest.raises(NotFound):
        improve.publish_improvement(database, 7, at=at)
    with pytest.raises(NotFound):
        improve.withdraw_improvement(database, 7, at=at)

    assert everything(database) == before


@pytest.mark.parametrize(
    ("chosen", "field"),
    [
        ({"did": "  "}, "did"),
        ({"did": "a" * 301}, "did"),
        ({"label": ""}, "label"),
        ({"label": "a" * 41}, "label"),
        ({"team": "a" * 81}, "team"),
        ({"done_on": date(2026, 4, 15)}, "done_on"),
        ({"touchpoint_id": 7}, "touchpoint"),
        ({"quote_ids": (7,)}, "quotes"),
    ],
)
def test_each_bad_field_is_named_and_nothing_is_written(
    database: Database, lead: int, at: datetime, chosen: dict[str, object], field: str
) -> None:
    before = everything(database)

    with pytest.raises(Invalid) as refused:
        write(database, at, lead, **chosen)

    assert [problem.field for problem in refused.value.problems] == [field]
    assert refused.value.problems[0].message()
    assert everything(database) == before


def test_all_bad_fields_are_named_at_once(database: Database, lead: int, at: datetime) -> None:
    with pytest.raises(Invalid) as refused:
        write(database, at, lead, did="", label="", team="a" * 81)

    assert [problem.field for problem in refused.value.problems] == ["did", "label", "team"]


def test_markup_is_text(database: Database, lead: int, at: datetime) -> None:
    improvement = shown(database, at, lead, did="<b>Bread</b> twice", label="<i>Bread</i>")

    body = items(database, "improvements")[f"i{improvement}"]
    assert (body["did"], body["label"]) == ("Bread twice", "Bread")


def test_the_year_is_counted_from_its_first_day(
    database: Database, lead: int, at: datetime
) -> None:
    shown(database, at, lead, done_on=date(2025, 12, 31))
    shown(database, at, lead, done_on=date(2026, 1, 1))
    shown(database, at, lead, done_on=at.date())
    write(database, at, lead, done_on=None)
    write(database, at, lead, done_on=at.date())  # nobody hung it: no wall may claim it

    summary = items(database, "improvements")["summary"]
    assert (summary["done_this_year"], summary["under_way"]) == (2, 1)


def test_the_chart_is_drawn_again(database: Database, lead: int, at: datetime) -> None:
    with database.write() as session:
        session.scalars(select(Feed).where(Feed.name == "nps")).one().stale = False

    shown(database, at, lead)

    with database.read() as session:
        assert session.scalars(select(Feed.stale).where(Feed.name == "nps")).one()


def test_its_effect_is_measured_at_its_touchpoint_alone(
    database: Database, lead: int, at: datetime
) -> None:
    days = [at - timedelta(days=back) for back in range(1, 81)]
    answers = [
        draft(f"{place}-{day:%j}", at=at, touchpoint=place, answered_at=day, score=score)
        for day in days
        for place, score in (("Shop", 10 if day.date() > date(2026, 3, 24) else 0), ("Website", 5))
    ]
    take(database, *answers, at=at)

    improvement = shown(database, at, lead, touchpoint_id=1, done_on=DONE + timedelta(days=23))

    # From 25 March on the shop has 20 tens; the 60 zeros lie before. 20 are too few yet.
    body = items(database, "improvements")[f"i{improvement}"]
    assert body["touchpoint"] == "Shop"
    assert body["effect"] is None
    assert body["measured_again_on"] == "2026-06-22"


def test_a_day_is_today_where_the_company_is(database: Database, lead: int) -> None:
    after_midnight_in_stockholm = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)

    assert write(database, after_midnight_in_stockholm, lead, done_on=date(2026, 7, 2))
    with pytest.raises(Invalid):
        write(database, after_midnight_in_stockholm, lead, done_on=date(2026, 7, 3))
