"""Fourteen months of answers to Granvidde's surveys, and the ones that arrive from now on.

About 4,800 answers: fewer could not show that 8 points between two quarters are more than
chance. Only the comments are written; the scores follow each touchpoint's course (company.py).
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any, Literal

from signage.core.scores import Metric
from signage.demo.chance import (
    Customers,
    asked_about,
    awake,
    moment,
    one_of,
    respondent,
    seeded,
    unheard,
)
from signage.demo.company import GRANVIDDE, Comment, Consent, Mask, comments, improvements

DAYS = 425
FIRST_DAY, LAST_DAY = 8.5, 14.0  # answers a day, at either end
WEEKDAYS = (1.2, 1.15, 1.1, 1.1, 1.0, 0.8, 0.65)  # Monday first; they average 1


@dataclass(frozen=True, slots=True)
class DemoDraft:
    """An answer as a survey tool would hand it over; score on the metric's own scale."""

    external_id: str
    metric: Metric
    kind: Literal["transactional"]
    score: int
    comment: str | None
    touchpoint: str
    segment: str
    language: str
    respondent: str
    role: str | None
    name: str | None
    consent: Consent


@dataclass(frozen=True, slots=True)
class DemoAnswer(DemoDraft):
    """An answer that is here. answered_at: aware, UTC. state: its quote's; None: no comment."""

    answered_at: datetime
    state: Literal["published", "waiting"] | None
    cuts: tuple[str, ...]
    masks: tuple[Mask, ...]


def responses(today: date, seed: int = 7, *, until: datetime | None = None) -> Iterator[DemoAnswer]:
    """All answers before `until` (default: the start of `today` in UTC), oldest first.

    The same for the same arguments. Waiting comments are less than 36 hours old at any time of
    `today`. ValueError unless `until` lies in `today`.
    """
    midnight = datetime.combine(today, time(), UTC)
    until = until or midnight
    if not midnight <= until < midnight + timedelta(days=1):
        raise ValueError(f"{until} is not in {today} (UTC)")
    rng = seeded("responses", seed, today)
    answers = [*_spoken(rng, today, until), *_silent(rng, today, until)]
    yield from sorted(answers, key=lambda answer: (answer.answered_at, answer.external_id))


def newcomers(seed: int = 7) -> Iterator[DemoDraft]:
    """Endless answers for live arrival, every third with a comment as long as there are such that
    nobody has seen; external ids never repeat."""
    rng = seeded("newcomers", seed)
    customers, spoken = Customers(rng), unheard(rng)
    for number in itertools.count(1):
        external_id = f"live-{seed}-{number:05}"
        comment = None if number % 3 else next(spoken, None)
        if comment is None:
            yield _without_words(rng, customers, external_id, days_ago=0)
        else:
            yield _with_words(rng, comment, external_id)


def external_id_of(comment_id: str) -> str:
    """The external id under which `responses` hands out a comment."""
    return f"demo-{comment_id}"


def _spoken(rng: Random, today: date, until: datetime) -> Iterator[DemoAnswer]:
    noon_before = datetime.combine(today - timedelta(days=1), time(12), UTC)
    answered = {said: each.done_days_ago for each in improvements() for said in each.said}
    for comment in comments():
        draft = _with_words(rng, comment, external_id_of(comment.id))
        if comment.state == "published":
            day = today - timedelta(days=_age(rng, answered.get(comment.id)))
            yield _arrived(draft, moment(rng, day), "published", comment.cuts, comment.masks)
        elif comment.state == "waiting":
            yield _arrived(draft, awake(rng, noon_before, until), "waiting")


def _age(rng: Random, done_days_ago: int | None) -> int:
    """In days: shortly before the improvement that answered it, otherwise fresh."""
    return rng.randint(1, 40) if done_days_ago is None else done_days_ago + rng.randint(4, 28)


def _silent(rng: Random, today: date, until: datetime) -> Iterator[DemoAnswer]:
    customers = Customers(rng)
    numbers = itertools.count(1)
    for days_ago in range(DAYS, -1, -1):
        day = today - timedelta(days=days_ago)
        growth = (LAST_DAY - FIRST_DAY) * (1 - days_ago / DAYS)
        expected = (FIRST_DAY + growth) * WEEKDAYS[day.weekday()]
        for _ in range(max(0, round(rng.gauss(expected, expected**0.5)))):
            draft = _without_words(rng, customers, f"demo-{next(numbers):05}", days_ago)
            at = moment(rng, day)
            if at < until:
                yield _arrived(draft, at, None)


def _with_words(rng: Random, comment: Comment, external_id: str) -> DemoDraft:
    return DemoDraft(
        external_id=external_id,
        metric=comment.metric,
        kind="transactional",
        score=comment.score,
        comment=comment.text,
        touchpoint=comment.touchpoint,
        segment=one_of(rng, GRANVIDDE.segments),
        language=comment.language,
        respondent=respondent(rng),
        role=comment.role,
        name=comment.name,
        consent=comment.consent,
    )


def _without_words(rng: Random, customers: Customers, external_id: str, days_ago: int) -> DemoDraft:
    touchpoint = customers.touchpoint()
    metric = asked_about(rng, touchpoint)
    return DemoDraft(
        external_id=external_id,
        metric=metric,
        kind="transactional",
        score=customers.score(touchpoint, metric, days_ago),
        comment=None,
        touchpoint=touchpoint.name,
        segment=one_of(rng, GRANVIDDE.segments),
        language=one_of(rng, GRANVIDDE.languages),
        respondent=respondent(rng),
        role=None,
        name=None,
        consent="unknown",
    )


def _arrived(
    draft: DemoDraft,
    at: datetime,
    state: Literal["published", "waiting"] | None,
    cuts: tuple[str, ...] = (),
    masks: tuple[Mask, ...] = (),
) -> DemoAnswer:
    same: dict[str, Any] = {field.name: getattr(draft, field.name) for field in fields(draft)}
    return DemoAnswer(**same, answered_at=at, state=state, cuts=cuts, masks=masks)
