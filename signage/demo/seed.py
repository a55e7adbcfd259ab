"""Putting the demo company into an empty product, through the same actions that people use."""

import dataclasses
import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from sqlalchemy import func, select, update

from signage.actions import accounts, decide, passwords
from signage.actions.goals import GoalDraft, write_goal
from signage.actions.improve import ImprovementDraft, improve, publish_improvement
from signage.actions.lists import add_words
from signage.actions.look import Look, dress
from signage.actions.measure import refresh_stale
from signage.actions.notice_draft import NoticeDraft
from signage.actions.notices import write_notice
from signage.actions.prefer import prefer
from signage.actions.receive import receive
from signage.actions.screens import add_screen, renew_link, screen_of
from signage.actions.simulated import keys_of_others
from signage.actions.takeovers import TextDraft, write_text
from signage.core.roles import ADMIN
from signage.core.tokens import new_token
from signage.core.verbatim import Cut, Mask, Revision
from signage.demo.company import GRANVIDDE, improvements
from signage.demo.fleet import OWN
from signage.demo.responses import DemoAnswer, DemoDraft, external_id_of, responses
from signage.demo.walls import hang_walls
from signage.errors import Refused
from signage.intake.draft import Draft, draft_from
from signage.models import Database, Preferences, Quote, Screen, SurveyResponse, Touchpoint, User

SOURCE = "granvidde"
BATCH = 500
LEAD = ("Maria Lind", "maria@example.com")
STAFF = ("Maria Lind", "Johan Ek", "Sofie Holm")
LOOK = Look("", "full", {}, survey_url="https://granvidde.example/tell-us", ask="")
NOTICE = NoticeDraft(
    "Open wall on Thursday", "Bring one customer’s words, and what you did about them.", None, None
)
READY = (
    TextDraft("Leave by the stairs", "Meet in the car park, and wait there.", 60, urgent=True),
    TextDraft("The phones are down", "Answer in the chat until they are back.", 120, urgent=True),
    TextDraft(
        "A day without a single complaint", "Cake in the canteen at two.", look="celebration"
    ),
)
GOAL = TextDraft("NPS goal reached", "Thank you, everybody: the customers noticed.")
TARGET = 40


@dataclasses.dataclass(frozen=True, slots=True)
class Seeded:
    """What the demo made: the key of its wall, those of the walls that are simulated, by screen,
    and the token of a one-time sign-in link."""

    wall_key: str
    link_token: str
    simulated: Mapping[int, str]


def is_empty(database: Database) -> bool:
    """Whether nothing has come in yet: content is put into an empty product only."""
    with database.read() as session:
        return not session.scalar(select(func.count()).select_from(SurveyResponse))


def seed(database: Database, secret_key: str, *, kept: Path, at: datetime) -> Seeded:
    """Fill an empty product with the demo company: answers, decisions, improvements, a wall, the
    key of whose link is kept in a file."""
    user_id = _lead(database, at)
    if is_empty(database):
        chosen = Preferences(target_score=TARGET, target_by=_midsummer(at), expiry_days=366)
        prefer(database, chosen, at=at)  # a year of the demo's past hangs
        _order_touchpoints(database)
        answers = list(responses(at.date(), until=at))
        for batch in _batches(answers):
            receive(database, [_draft(answer, at) for answer in batch], at=at)
        _spread_arrivals(database, answers)
        _publish(database, answers, user_id)
        _improve(database, user_id, at)
        add_words(database, "staff", STAFF, user_id=user_id, at=at)
        add_words(database, "order", ("GV-######",), user_id=user_id, at=at)
        dress(database, LOOK, user_id=user_id, at=at)
        write_notice(database, NOTICE, user_id=user_id, at=at)
        refresh_stale(database, at=at)
        for text in READY:
            write_text(database, text, user_id=user_id, at=at)
        goal = GoalDraft("score", "nps", 10 * TARGET, GOAL)
        write_goal(database, goal, user_id=user_id, at=at)
        hang_walls(database, secret_key, user_id=user_id, at=at)
    key = wall_key(database, secret_key, kept, at)
    simulated = keys_of_others(database, secret_key, at=at)
    return Seeded(key, accounts.invite(database, at=at, user_id=user_id), simulated)


def wall_key(database: Database, secret_key: str, kept: Path, at: datetime) -> str:
    """A link that works now: of the wall that is opened, which is made anew where it is gone. It is
    kept, and the same in the next run, so that walls that are open stay: until somebody ends it."""
    with suppress(OSError, ValueError, Refused):
        key = kept.read_text("ascii")
        screen_of(database, secret_key, key)
        return key
    with database.read() as session:
        mine = select(Screen.id).where(Screen.name == OWN.name).order_by(Screen.id).limit(1)
        screen_id = session.scalar(mine)
    if screen_id is None:
        _, key = add_screen(database, secret_key, OWN, at=at)
    else:
        key = renew_link(database, secret_key, screen_id, at=at)
    kept.unlink(missing_ok=True)
    kept.touch(mode=0o600)
    kept.write_text(key, "ascii")
    return key


def arrive(database: Database, answer: DemoDraft, *, at: datetime) -> None:
    """One answer comes in now."""
    receive(database, [_as_sent(_given(dataclasses.asdict(answer)), at)], at=at)


def _lead(database: Database, at: datetime) -> int:
    """The demo's CX lead. Nobody knows a password for her: one-time links let people in."""
    name, email = LEAD
    with database.write() as session:
        known = session.scalar(select(User.id).where(User.email == email))
        if known is not None:
            return known
        unknowable = passwords.hash_password(new_token())
        lead = User(
            email=email, name=name, password_hash=unknowable, language="en", role=ADMIN,
            created_at=at,
        )  # fmt: skip
        session.add(lead)
        session.flush()
        return lead.id


def _order_touchpoints(database: Database) -> None:
    with database.write() as session:
        session.add_all(
            Touchpoint(name=touchpoint.name, position=place)
            for place, touchpoint in enumerate(GRANVIDDE.touchpoints, start=1)
        )


def _draft(answer: DemoAnswer, at: datetime) -> Draft:
    fields = dataclasses.asdict(answer)
    for name in ("state", "cuts", "masks"):
        del fields[name]
    return _as_sent(_given(fields), at)


def _given(fields: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in fields.items() if value is not None}


def _as_sent(fields: dict[str, object], at: datetime) -> Draft:
    """An answer with the payload that a survey tool would have sent."""
    sent = {"source": SOURCE, **fields}
    return draft_from(sent, at=at, payload=json.dumps(sent, ensure_ascii=False, default=str))


def _spread_arrivals(database: Database, answers: list[DemoAnswer]) -> None:
    """The comments that wait came in when they were answered, not all just now."""
    with database.write() as session:
        for answer in answers:
            if answer.comment:
                session.execute(
                    update(SurveyResponse)
                    .where(
                        SurveyResponse.source == SOURCE,
                        SurveyResponse.external_id == answer.external_id,
                    )
                    .values(received_at=answer.answered_at)
                )


def _publish(database: Database, answers: list[DemoAnswer], user_id: int) -> None:
    quotes = _quote_ids(database)
    for answer in answers:
        if answer.state == "published":
            at = answer.answered_at + timedelta(minutes=47)
            spans = _spans(answer)
            decide.approve(
                database, quotes[answer.external_id], revision=0, user_id=user_id, at=at,
                spans=spans if spans.cuts or spans.masks else None,
            )  # fmt: skip
            decide.publish_due(database, at=at + timedelta(minutes=5))


def _spans(answer: DemoAnswer) -> Revision:
    comment = answer.comment or ""
    cuts = tuple(Cut(comment.index(cut), comment.index(cut) + len(cut)) for cut in answer.cuts)
    masks = tuple(
        Mask(comment.index(mask.text), comment.index(mask.text) + len(mask.text), mask.label)
        for mask in answer.masks
    )
    return Revision(cuts, masks)


def _improve(database: Database, user_id: int, at: datetime) -> None:
    quotes = _quote_ids(database)
    with database.read() as session:
        places = dict(session.execute(select(Touchpoint.name, Touchpoint.id)).all())
    for each in improvements():
        done_on = each.done_on(at.date())
        made_at = datetime.combine(done_on, time(9), UTC) if done_on else at
        saved = improve(
            database,
            ImprovementDraft(
                did=each.did, label=each.label, team=each.by, done_on=done_on,
                touchpoint_id=places[each.touchpoint],
                quote_ids=tuple(quotes[external_id_of(said)] for said in each.said),
            ),
            user_id=user_id,
            at=made_at,
        )  # fmt: skip
        if done_on:
            publish_improvement(database, saved.id, at=made_at)


def _quote_ids(database: Database) -> dict[str, int]:
    with database.read() as session:
        rows = session.execute(select(SurveyResponse.external_id, Quote.id).join(Quote))
        return dict(rows.all())


def _midsummer(at: datetime) -> str:
    return f"{at.year + 1}-06-30"


def _batches(answers: list[DemoAnswer]) -> Iterator[list[DemoAnswer]]:
    for start in range(0, len(answers), BATCH):
        yield answers[start : start + BATCH]
