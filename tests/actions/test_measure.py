"""The NPS page of the wall: when it is computed, and that it equals what anyone can count."""

import math
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import select

from signage.actions import improve
from signage.actions.improve import ImprovementDraft
from signage.actions.measure import metric_body, refresh_effects, refresh_stale
from signage.actions.prefer import prefer
from signage.models import Database, Feed, Preferences, SurveyResponse
from tests.answers import changes, draft, everything, items, take

Z95 = 1.959964


@pytest.fixture
def answered(database: Database, at: datetime) -> Database:
    """Four answers a day for 200 days, improving half way; some blank, some relational."""
    answers = []
    for back in range(200):
        day = at - timedelta(days=back)
        scores = (10, 9, 8, 3) if back < 90 else (9, 7, 6, 0)
        for place, score in enumerate(scores):
            name = f"{back}-{place}"
            touchpoint = ("Shop", "Website")[place % 2]
            answers.append(draft(name, at=at, score=score, answered_at=day, touchpoint=touchpoint))
        answers.append(draft(f"{back}-blank", at=at, comment="No opinion.", answered_at=day))
        answers.append(draft(f"{back}-r", at=at, score=0, kind="relational", answered_at=day))
    take(database, *answers, at=at)
    return database


def scores(database: Database, first: date, last: date, touchpoint: int | None = None) -> list[int]:
    """The transactional NPS answers of a window, one by one."""
    with database.read() as session:
        found = session.scalars(
            select(SurveyResponse).where(
                SurveyResponse.metric == "nps",
                SurveyResponse.kind == "transactional",
                SurveyResponse.score.is_not(None),
            )
        ).all()
    return [
        each.score
        for each in found
        if each.score is not None
        and first <= each.answered_at.date() <= last
        and touchpoint in (None, each.touchpoint_id)
    ]


def nps(answers: list[int]) -> tuple[float, float, float]:
    """Score, low, high, by the textbook: adjusted Wald."""
    promoters = sum(score >= 9 for score in answers)
    detractors = sum(score <= 6 for score in answers)
    n = len(answers)
    p, d = (promoters + 0.75) / (n + 3), (detractors + 0.75) / (n + 3)
    half = Z95 * math.sqrt((p + d - (p - d) ** 2) / (n + 3))
    return 100 * (promoters - detractors) / n, 100 * (p - d - half), 100 * (p - d + half)


def body(database: Database, at: datetime) -> dict[str, Any]:
    with database.read() as session:
        return metric_body(session, "nps", at)


def test_the_score_equals_a_count_by_hand(answered: Database, at: datetime) -> None:
    today = at.date()
    window = scores(answered, today - timedelta(days=89), today)
    score, low, high = nps(window)

    told = body(answered, at)

    assert (told["n"], told["enough"], told["minimum"]) == (360, True, 30)
    assert (told["score"], told["low"], told["high"]) == (round(score), round(low), round(high))
    assert told["counts"] == {"promoter": 180, "passive": 90, "detractor": 90}
    assert (told["survey"], told["window_days"]) == ("transactional", 90)
    assert told["as_of"] == round(at.timestamp() * 1000)


def test_each_point_of_the_trend_equals_a_count_by_hand(answered: Database, at: datetime) -> None:
    today = at.date()
    trend = body(answered, at)["trend"]

    assert trend[-1]["day"] == today.isoformat()
    days = [date.fromisoformat(point["day"]) for point in trend]
    assert all(later - day == timedelta(days=7) for day, later in pairwise(days))
    assert all(point["score"] is not None for point in trend)
    for day, point in zip(days, trend, strict=True):
        window = scores(answered, day - timedelta(days=89), day)
        score, low, high = nps(window)
        assert point["n"] == len(window)
        assert (point["score"], point["low"], point["high"]) == (
            round(score, 1), round(low, 1), round(high, 1),
        )  # fmt: skip


def test_the_change_is_tested_between_windows_that_share_no_day(
    answered: Database, at: datetime
) -> None:
    today = at.date()
    after = scores(answered, today - timedelta(days=89), today)
    before = scores(answered, today - timedelta(days=179), today - timedelta(days=90))
    assert (len(after), len(before)) == (360, 360)
    difference = nps(after)[0] - nps(before)[0]

    told = body(answered, at)["change"]

    assert told["difference"] == round(difference) == 50
    assert (told["direction"], told["against_days"]) == ("up", 90)
    assert told["p"] < 0.001


def test_too_few_answers_have_no_score_but_a_count(database: Database, at: datetime) -> None:
    take(database, *(draft(str(place), at=at, score=9) for place in range(29)), at=at)

    told = body(database, at)

    assert (told["enough"], told["n"]) == (False, 29)
    assert (told["score"], told["low"], told["high"]) == (None, None, None)
    assert told["counts"] == {"promoter": 29, "passive": 0, "detractor": 0}
    assert (told["trend"], told["change"]) == ([], None)

    take(database, draft("29", at=at, score=9), at=at)
    assert body(database, at)["score"] == 100


def test_an_empty_product_has_a_page_too(database: Database, at: datetime) -> None:
    told = body(database, at)

    assert (told["n"], told["enough"], told["trend"], told["target"]) == (0, False, [], None)


def test_the_company_chooses_window_target_and_question(answered: Database, at: datetime) -> None:
    prefer(
        answered,
        Preferences(window_days=30, target_score=0, target_by="2027-06-30", question="Would you?"),
        at=at,
    )

    told = body(answered, at)

    assert (told["window_days"], told["n"]) == (30, 120)
    assert told["target"] == {"score": 0, "by": "2027-06-30"}
    assert told["question"] == "Would you?"


def test_it_is_computed_when_stale_and_only_then(database: Database, at: datetime) -> None:
    assert refresh_stale(database, at=at) == 5
    before = everything(database)
    assert refresh_stale(database, at=at + timedelta(hours=1)) == 0
    assert everything(database) == before

    take(database, draft(at=at, score=9), at=at)
    told_of_nps = 3  # the score, the touchpoints, the mix
    assert refresh_stale(database, at=at + timedelta(hours=1)) == told_of_nps
    assert refresh_stale(database, at=at + timedelta(hours=1)) == 0

    assert items(database, "nps")["nps"]["n"] == 1
    assert [rev for rev, _, _ in changes(database, "nps")] == [1, 2]


def shown(database: Database, feed: str) -> dict[str, Any]:
    body: dict[str, Any] = items(database, feed)[feed]
    return body


def test_what_nobody_answered_is_shown_by_no_scene(database: Database, at: datetime) -> None:
    take(database, *(draft(str(n), at=at, score=9) for n in range(30)), at=at)
    refresh_stale(database, at=at)

    assert shown(database, "nps")["kind"] == "nps"
    assert {shown(database, name)["kind"] for name in ("csat", "ces", "touchpoints")} == {"unasked"}
    assert shown(database, "mix")["kind"] == "mix"


def test_satisfaction_is_a_share_and_effort_a_mean_with_one_decimal(
    database: Database, at: datetime
) -> None:
    scores = [5] * 20 + [4] * 5 + [2] * 10
    take(
        database,
        *(draft(f"c{n}", at=at, metric="csat", score=s) for n, s in enumerate(scores)),
        at=at,
    )
    take(
        database,
        *(draft(f"e{n}", at=at, metric="ces", score=s) for n, s in enumerate(scores)),
        at=at,
    )
    refresh_stale(database, at=at)

    csat, ces = shown(database, "csat"), shown(database, "ces")
    assert (csat["score"], csat["mean"], csat["share"]) == (71, 4.0, 71)
    assert (ces["score"], ces["mean"], ces["share"]) == (4.0, 4.0, 57)
    assert ces["counts"] == {"easy": 20, "neutral": 5, "hard": 10}
    assert csat["low"] < 71 < csat["high"]


def test_touchpoints_stand_in_journey_order_with_what_stands_out(
    database: Database, at: datetime
) -> None:
    asked = {"Shop": [9] * 30 + [3] * 10, "Delivery": [3] * 40, "Service": [9] * 30 + [3] * 10}
    for name, scores in asked.items():
        drafts = [
            draft(f"{name}{n}", at=at, score=s, touchpoint=name) for n, s in enumerate(scores)
        ]
        take(database, *drafts, at=at)
    take(database, draft("few", at=at, score=9, touchpoint="Returns"), at=at)
    refresh_stale(database, at=at)

    body = shown(database, "touchpoints")
    assert [(point["name"], point["score"], point["standing"]) for point in body["points"]] == [
        ("Shop", 50, "truth"), ("Delivery", -100, "pain"), ("Service", 50, "truth"),
        ("Returns", None, None),
    ]  # fmt: skip
    assert (body["metric"], body["together"], body["more"]) == ("nps", 1, 0)


def test_words_without_a_score_compute_nothing(database: Database, at: datetime) -> None:
    refresh_stale(database, at=at)

    take(database, draft(at=at, comment="No opinion."), at=at)

    assert refresh_stale(database, at=at) == 0


def test_a_new_day_computes_it_again_as_answers_leave_the_window(
    database: Database, at: datetime
) -> None:
    first = at - timedelta(days=89)
    take(database, *(draft(str(n), at=at, score=9, answered_at=first) for n in range(30)), at=at)
    refresh_stale(database, at=at)
    assert items(database, "nps")["nps"]["n"] == 30

    midnight = datetime(2026, 4, 15, tzinfo=at.tzinfo)
    assert refresh_stale(database, at=midnight - timedelta(seconds=1)) == 0
    assert refresh_stale(database, at=midnight) == 4  # the mix has no day

    assert items(database, "nps")["nps"]["n"] == 0


def test_published_improvements_stand_on_the_time_axis(
    answered: Database, lead: int, at: datetime
) -> None:
    for label, done_on, hangs in (
        ("old", date(2024, 1, 1), True),
        ("shown", date(2026, 3, 1), True),
        ("not shown", date(2026, 3, 2), False),
    ):
        written = ImprovementDraft("Done.", label, "", done_on, None)
        made = improve.improve(answered, written, user_id=lead, at=at)
        if hangs:
            improve.publish_improvement(answered, made.id, at=at)

    assert body(answered, at)["improvements"] == [{"day": "2026-03-01", "label": "shown"}]


def test_an_effect_equals_a_count_by_hand_and_is_measured_again(
    answered: Database, lead: int, at: datetime
) -> None:
    done_on = at.date() - timedelta(days=89)
    written = ImprovementDraft("Done.", "Shop", "", done_on, 1)
    made = improve.improve(answered, written, user_id=lead, at=at)
    improve.publish_improvement(answered, made.id, at=at)

    before = scores(answered, done_on - timedelta(days=90), done_on - timedelta(days=1), 1)
    after = scores(answered, done_on + timedelta(days=1), at.date(), 1)
    told = items(answered, "improvements")[f"i{made.id}"]
    assert told["effect"] == {
        "metric": "nps",
        "before": {"score": round(nps(before)[0]), "n": 180},
        "after": {"score": round(nps(after)[0]), "n": 178},
        "direction": "up",
        "days": 90,
        "days_after": 89,
    }
    assert told["measured_again_on"] is None
    kept = changes(answered, "improvements")
    refresh_effects(answered, at=at)
    assert changes(answered, "improvements") == kept

    take(answered, draft("late", at=at, score=0, touchpoint="Shop", answered_at=at), at=at)
    refresh_effects(answered, at=at)

    assert items(answered, "improvements")[f"i{made.id}"]["effect"]["after"]["n"] == 179


def test_other_metrics_do_not_mix_in(answered: Database, at: datetime) -> None:
    before = body(answered, at)

    take(answered, draft("c", at=at, metric="csat", score=1), at=at)

    assert body(answered, at) == before
    with answered.read() as session:
        assert session.scalars(select(Feed.stale).where(Feed.name == "nps")).one()
