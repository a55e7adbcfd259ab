from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from signage.actions import decide
from signage.actions.erase import erase
from signage.actions.improve import ImprovementDraft, improve, publish_improvement
from signage.actions.sweep import sweep
from signage.core.verbatim import Cut, Revision
from signage.live.state import feed_answers
from signage.models import Base, Database, Feed, Tally
from tests.answers import draft, everything, hung, items, take, waiting

SAID = "Wholly unmistakable words."


def improved(database: Database, lead: int, at: datetime, *quotes: int) -> int:
    draft = ImprovementDraft(
        "Bread is baked twice a day.", "Bread", "Bakery", date(2026, 3, 1), None, quotes
    )
    improvement = improve(database, draft, user_id=lead, at=at)
    publish_improvement(database, improvement.id, at=at)
    return improvement.id


def rows_with(database: Database, words: str) -> list[str]:
    return [
        table
        for table, rows in everything(database).items()
        if any(words in str(row) for row in rows)
    ]


def test_an_answer_is_erased_with_all_that_came_of_it(
    database: Database, lead: int, at: datetime
) -> None:
    quote = waiting(database, "2", at=at, comment=SAID, respondent="ida@example.com")
    decide.revise(
        database, quote, revision=0, spans=Revision(cuts=(Cut(0, 2),)), user_id=lead, at=at
    )
    decide.reject(database, quote, revision=1, reason="unclear", user_id=lead, at=at)

    assert erase(database, "shop", "2", at=at)

    tables = ("survey_responses", "payloads", "quotes", "quote_revisions", "decisions", "tallies")
    kept = everything(database)
    assert {table: kept[table] for table in tables} == {table: [] for table in tables}


@pytest.mark.both
def test_who_was_withdrawn_whole_is_forgotten_with_the_last_answer(
    database: Database, lead: int, at: datetime
) -> None:
    who = "ida@example.com"
    for external_id in ("1", "2"):
        hung(database, external_id, lead=lead, at=at, respondent=who)
    sweep(
        database, scope="respondent", value=who, reason="private", expected=2, user_id=lead, at=at
    )

    erase(database, "shop", "1", at=at)
    assert rows_with(database, who) != []
    erase(database, "shop", "2", at=at)
    assert rows_with(database, who) == []


@pytest.mark.parametrize(("source", "external_id"), [("shop", "7"), ("web", "1"), ("", "")])
def test_an_answer_that_is_not_there_is_told_and_nothing_changes(
    database: Database, at: datetime, source: str, external_id: str
) -> None:
    waiting(database, at=at)
    before = everything(database)

    assert not erase(database, source, external_id, at=at)

    assert everything(database) == before


def test_erasing_twice_is_told(database: Database, at: datetime) -> None:
    waiting(database, at=at)
    assert erase(database, "shop", "1", at=at)

    assert not erase(database, "shop", "1", at=at)


def test_an_erased_answer_may_come_again_as_a_new_one(database: Database, at: datetime) -> None:
    waiting(database, at=at)
    erase(database, "shop", "1", at=at)

    assert take(database, draft(at=at, score=9), at=at) == ["created"]


def test_the_number_of_an_erased_quote_is_never_given_to_another(
    database: Database, at: datetime
) -> None:
    """A page that still shows the erased one would approve words that nobody read."""
    erased = waiting(database, "1", at=at, comment=SAID)
    erase(database, "shop", "1", at=at)

    assert waiting(database, "2", at=at, comment="Other words.") != erased


def test_its_score_leaves_the_tally_and_the_others_stay(database: Database, at: datetime) -> None:
    take(database, draft("1", at=at, score=9), draft("2", at=at, score=9), at=at)

    erase(database, "shop", "1", at=at)

    with database.read() as session:
        assert session.scalar(select(func.sum(Tally.n))) == 1
        assert session.scalars(select(Feed.stale).where(Feed.name == "nps")).one()


def test_its_words_leave_walls_improvements_and_the_history_of_both(
    database: Database, lead: int, at: datetime
) -> None:
    quote = hung(database, "1", lead=lead, at=at, comment=SAID)
    other = hung(database, "2", lead=lead, at=at, comment="Other words.")
    improvement = improved(database, lead, at, quote, other)
    said = items(database, "improvements")[f"i{improvement}"]["said"]
    assert said["pieces"] == [{"kind": "words", "text": SAID}]
    assert said["more"] == 1

    erase(database, "shop", "1", at=at)

    assert list(items(database)) == ["q2"]
    said = items(database, "improvements")[f"i{improvement}"]["said"]
    assert said["pieces"] == [{"kind": "words", "text": "Other words."}]
    assert said["more"] == 0
    assert rows_with(database, SAID) == []


def test_words_that_stood_beside_an_improvement_earlier_leave_its_history_too(
    database: Database, lead: int, at: datetime
) -> None:
    quote = hung(database, lead=lead, at=at, comment=SAID)
    improvement = improved(database, lead, at, quote)
    unlinked = ImprovementDraft("Baked twice.", "Bread", "Bakery", date(2026, 3, 1), None)
    improve(database, unlinked, user_id=lead, at=at, improvement_id=improvement)
    assert rows_with(database, SAID) != []

    erase(database, "shop", "1", at=at)

    assert rows_with(database, SAID) == []


@pytest.mark.parametrize("rev", [0, 1, 2, 3])
def test_a_wall_that_lacks_the_erasure_is_answered_without_the_words(
    database: Database, lead: int, at: datetime, rev: int
) -> None:
    hung(database, "1", lead=lead, at=at, comment=SAID)
    hung(database, "2", lead=lead, at=at, comment="Other words.")
    erase(database, "shop", "1", at=at)

    with database.read() as session:
        epoch = session.scalars(select(Feed.epoch).where(Feed.name == "quotes")).one()
        answer = feed_answers(session, ["quotes"], {"quotes": (epoch, rev)})["quotes"]

    assert SAID not in str(answer)
    assert answer["rev"] == 3
    held = [set(), {"q1"}, {"q1", "q2"}, {"q2"}][rev]
    for change in answer.get("changes", []):
        held = held - {change["item"]} if change["op"] == "drop" else held | {change["item"]}
    assert set(answer.get("items", held)) == {"q2"}


@pytest.mark.sqlite_alone
def test_the_words_are_gone_from_the_file_itself(
    database: Database, lead: int, at: datetime, tmp_path: Path
) -> None:
    hung(database, lead=lead, at=at, comment=SAID * 40)
    erase(database, "shop", "1", at=at + timedelta(minutes=1))
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.engine.dispose()

    left = b"".join(path.read_bytes() for path in tmp_path.glob("signage.db*"))
    assert SAID.encode() not in left


def test_no_table_that_could_hold_words_is_forgotten() -> None:
    """A new table must be thought of here and in `erase`."""
    assert {table.name for table in Base.metadata.sorted_tables} == {
        "agents", "alert_channels", "alert_messages", "alerts", "api_tokens", "audit_entries",
        "blind_spots", "claims", "commands", "decisions", "devices", "duplicates",
        "edition_receipts", "editions", "expiries", "feed_changes", "feed_items", "feeds",
        "former_copies", "goals", "groups", "identities", "improvement_quotes", "improvements",
        "inspections", "item_plays", "last_look", "likenesses", "listed_words", "login_links",
        "made_feeds", "notices", "outages", "pairings", "payloads", "pictures", "plan_drafts",
        "play_queues", "plays", "preferences", "prepared_texts", "published_plans",
        "quote_revisions", "quote_tags", "quotes", "recall_parts", "recalls", "receipts",
        "remarks", "rules", "rulings", "saved_views", "screen_positions", "screen_vitals",
        "screens", "screenshots", "shortcuts", "sign_ins", "survey_responses", "tags", "tallies",
        "touchpoints", "trusted_sources", "uploads", "users", "watched_spans", "withdrawals",
        "words_left",
    }  # fmt: skip
