from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import StatementError

from signage.actions.measure import refresh_stale
from signage.models import Database, Feed, Payload, Quote, SurveyResponse, Tally, Touchpoint
from tests.answers import changes, draft, everything, hung, items, outcomes, response, take


def stale(database: Database) -> bool:
    with database.read() as session:
        return session.scalars(select(Feed.stale).where(Feed.name == "nps")).one()


def count(database: Database, model: type) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def test_a_new_answer_is_created_with_its_quote_its_payload_and_its_tally(
    database: Database, at: datetime
) -> None:
    answer = draft(at=at, score=9, comment="Good bread.", touchpoint="Shop", segment="Home")

    assert take(database, answer, at=at) == ["created"]

    kept = response(database)
    assert (kept.score, kept.comment, kept.received_at) == (9, "Good bread.", at)
    with database.read() as session:
        quote = session.scalars(select(Quote)).one()
        tally = session.scalars(select(Tally)).one()
        assert (quote.state, quote.revision) == ("waiting", 0)
        assert session.scalars(select(Payload.body)).one() == answer.payload
        assert session.scalars(select(Touchpoint.name)).one() == "Shop"
    assert (tally.day, tally.score, tally.segment, tally.n) == (at.date(), 9, "Home", 1)


def test_a_score_without_words_makes_no_quote(database: Database, at: datetime) -> None:
    take(database, draft(at=at, score=9), at=at)

    assert count(database, Quote) == 0


def test_words_without_a_score_are_never_counted(database: Database, at: datetime) -> None:
    take(database, draft(at=at, comment="No opinion."), at=at)

    assert count(database, Quote) == 1
    assert count(database, Tally) == 0


def test_the_same_answer_again_changes_nothing_at_all(database: Database, at: datetime) -> None:
    batch = [
        draft(str(n), at=at, score=n % 11, comment=f"Comment {n}." if n % 3 else None)
        for n in range(40)
    ]
    assert take(database, *batch, at=at) == ["created"] * 40
    refresh_stale(database, at=at)
    before = everything(database)

    assert take(database, *batch, at=at + timedelta(seconds=5)) == ["unchanged"] * 40

    assert everything(database) == before
    assert not stale(database)


def test_a_published_answer_that_comes_again_makes_no_new_change(
    database: Database, lead: int, at: datetime
) -> None:
    hung(database, lead=lead, at=at, score=9, comment="Good bread.")
    before = changes(database)

    assert take(database, draft(at=at, score=9, comment="Good bread."), at=at) == ["unchanged"]

    assert changes(database) == before


def test_a_corrected_score_moves_from_one_tally_to_the_other(
    database: Database, at: datetime
) -> None:
    take(database, draft(at=at, score=9), at=at)

    assert take(database, draft(at=at, score=3), at=at) == ["changed"]

    with database.read() as session:
        assert session.execute(select(Tally.score, Tally.n)).all() == [(3, 1)]
    assert stale(database)


def test_a_later_message_with_a_comment_alone_keeps_the_score(
    database: Database, at: datetime
) -> None:
    take(database, draft(at=at, score=9, touchpoint="Shop", name="Ida", consent="role"), at=at)

    assert take(database, draft(at=at, comment="Good bread."), at=at) == ["changed"]

    kept = response(database)
    assert (kept.score, kept.comment, kept.name) == (9, "Good bread.", "Ida")
    assert (kept.consent, kept.touchpoint_id) == ("role", 1)
    assert count(database, Quote) == 1
    assert count(database, Payload) == 2


def test_a_later_message_without_a_metric_keeps_the_metric(
    database: Database, at: datetime
) -> None:
    take(database, draft(at=at, metric="csat", kind="relational", score=4), at=at)

    assert take(database, draft(at=at, score=5), at=at) == ["changed"]

    kept = response(database)
    assert (kept.metric, kept.kind, kept.score) == ("csat", "relational", 5)


def test_a_later_score_beyond_the_recorded_metrics_scale_is_refused(
    database: Database, at: datetime
) -> None:
    take(database, draft(at=at, metric="csat", score=4), at=at)
    before = everything(database)

    outcome = outcomes(database, draft(at=at, score=8), at=at)[0]

    assert outcome.status == "refused"
    assert outcome.problem is not None
    assert (outcome.problem.code, outcome.problem.field) == ("score-out-of-range", "score")
    assert outcome.problem.message() == "The score must be a whole number from 1 to 5."
    assert everything(database) == before


def test_another_comment_stays_out_and_is_kept_as_a_payload(
    database: Database, at: datetime
) -> None:
    take(database, draft(at=at, comment="Good bread."), at=at)
    other = draft(at=at, comment="Bad bread.")

    outcome = outcomes(database, other, at=at)[0]

    assert (outcome.status, outcome.comment_kept) == ("unchanged", True)
    assert response(database).comment == "Good bread."
    with database.read() as session:
        assert other.payload in session.scalars(select(Payload.body)).all()
    outcomes(database, other, at=at)
    assert count(database, Payload) == 2


def test_another_comment_with_a_corrected_score_corrects_the_score_alone(
    database: Database, at: datetime
) -> None:
    take(database, draft(at=at, score=2, comment="Good bread."), at=at)

    outcome = outcomes(database, draft(at=at, score=9, comment="Bad bread."), at=at)[0]

    assert (outcome.status, outcome.comment_kept) == ("changed", True)
    kept = response(database)
    assert (kept.score, kept.comment) == (9, "Good bread.")


def test_a_key_that_stands_twice_in_a_batch_is_created_and_then_corrected(
    database: Database, at: datetime
) -> None:
    statuses = take(
        database,
        draft("1", at=at, score=9),
        draft("2", at=at, score=5),
        draft("1", at=at, score=4),
        draft("1", at=at, score=4),
        at=at,
    )

    assert statuses == ["created", "created", "changed", "unchanged"]
    with database.read() as session:
        assert session.execute(select(Tally.score, Tally.n).order_by(Tally.score)).all() == [
            (4, 1),
            (5, 1),
        ]


def test_one_id_in_two_surveys_is_two_answers(database: Database, at: datetime) -> None:
    one, two = draft(at=at, score=9), draft(at=at, source="web", score=9)

    assert take(database, one, two, at=at) == ["created", "created"]
    with database.read() as session:
        assert session.scalars(select(Tally.n)).one() == 2


@pytest.mark.parametrize(
    ("later", "shown"),
    [
        ({"score": 3}, {"score": 3, "band": "detractor"}),
        ({"score": 9, "consent": "anonymous"}, {"who": {"kind": "customer", "text": None}}),
        ({"score": 9, "touchpoint": "Website"}, {"touchpoint": "Website"}),
        (
            {"score": 9, "answered_at": "2026-04-01T10:00:00Z"},
            {"answered_on": "2026-04-01"},
        ),
    ],
)
def test_a_correction_of_a_published_answer_reaches_the_wall(
    database: Database, lead: int, at: datetime, later: dict[str, object], shown: dict[str, object]
) -> None:
    hung(database, lead=lead, at=at, score=9, name="Ida Ek", consent="first_name")
    assert items(database)["q1"]["who"] == {"kind": "first_name", "text": "Ida"}

    assert take(database, draft(at=at, **later), at=at) == ["changed"]

    body = items(database)["q1"]
    assert {name: body[name] for name in shown} == shown


def test_new_touchpoints_stand_last_in_the_journey_and_are_made_once(
    database: Database, at: datetime
) -> None:
    take(database, draft("1", at=at, score=1, touchpoint="Shop"), at=at)
    take(
        database,
        draft("2", at=at, score=1, touchpoint="Website"),
        draft("3", at=at, score=1, touchpoint="Shop"),
        draft("4", at=at, score=1, touchpoint="Delivery"),
        at=at,
    )

    with database.read() as session:
        names = session.scalars(select(Touchpoint.name).order_by(Touchpoint.position)).all()
        used = session.scalars(select(SurveyResponse.touchpoint_id)).all()
    assert names == ["Shop", "Delivery", "Website"]
    assert len(set(used)) == 3


def test_an_error_in_the_middle_of_a_batch_takes_all_of_it_back(
    database: Database, at: datetime
) -> None:
    before = everything(database)

    with pytest.raises((StatementError, ValueError), match="zone"):
        take(database, draft(at=at, score=9), at=at.replace(tzinfo=None))

    assert everything(database) == before


def test_nothing_to_receive_is_no_harm(database: Database, at: datetime) -> None:
    before = everything(database)

    assert take(database, at=at) == []

    assert everything(database) == before
