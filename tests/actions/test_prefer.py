from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import select

from signage.actions.prefer import prefer
from signage.errors import Invalid
from signage.models import Database, Feed, Preference, Preferences, preferences
from tests.answers import everything

CHOSEN = Preferences(
    title="Kundröster", language="sv", timezone="Europe/Oslo", grace_seconds=0, window_days=30,
    target_score=30, target_by="2027-06-30", question="Skulle du rekommendera oss?",
)  # fmt: skip


def test_without_a_choice_the_defaults_hold(database: Database) -> None:
    with database.read() as session:
        assert preferences(session) == Preferences()


def test_choices_are_kept_and_may_be_kept_again(database: Database, at: datetime) -> None:
    prefer(database, CHOSEN, at=at)
    before = everything(database)
    prefer(database, CHOSEN, at=at)

    with database.read() as session:
        assert preferences(session) == CHOSEN
    assert everything(database) == before


def test_a_target_can_be_given_up(database: Database, at: datetime) -> None:
    prefer(database, CHOSEN, at=at)
    prefer(database, replace(CHOSEN, target_score=None, target_by=""), at=at)

    with database.read() as session:
        kept = preferences(session)
    assert (kept.target_score, kept.target_by) == (None, None)


def test_what_a_later_version_kept_is_passed_over(database: Database) -> None:
    with database.write() as session:
        session.add(Preference(name="from_the_future", value=1))

    with database.read() as session:
        assert preferences(session) == Preferences()


def test_scores_are_computed_again_after_a_choice(database: Database, at: datetime) -> None:
    with database.write() as session:
        session.scalars(select(Feed).where(Feed.name == "nps")).one().stale = False

    prefer(database, CHOSEN, at=at)

    with database.read() as session:
        assert session.scalars(select(Feed.stale).where(Feed.name == "nps")).one()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "a" * 61),
        ("language", "xx"),
        ("timezone", "Europe/Atlantis"),
        ("timezone", "../../etc/passwd"),
        ("grace_seconds", -1),
        ("grace_seconds", 301),
        ("age_target_hours", 0),
        ("age_target_hours", 721),
        ("window_days", 6),
        ("window_days", 367),
        ("target_score", 101),
        ("target_score", -101),
        ("target_by", "next year"),
        ("question", "a" * 81),
    ],
)
def test_each_bad_choice_is_named_and_nothing_is_kept(
    database: Database, at: datetime, field: str, value: object
) -> None:
    before = everything(database)

    with pytest.raises(Invalid) as refused:
        prefer(database, replace(CHOSEN, **{field: value}), at=at)  # type: ignore[arg-type]

    assert [problem.field for problem in refused.value.problems] == [field]
    assert refused.value.problems[0].message()
    assert everything(database) == before
