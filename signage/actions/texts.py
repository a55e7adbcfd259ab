"""Texts that are kept ready to take over."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from signage.actions.audit import note
from signage.actions.notice_draft import LOOKS, of_targets, said
from signage.core.seen import check_seen, fingerprint
from signage.core.targets import Targets, read_targets
from signage.errors import Invalid, NotFound, Problem
from signage.models import Database, PreparedText
from signage.words import N_

MOST_MINUTES = 24 * 60
MOST_TEXTS = 30
MOST_URGENT = 9
"""One for each digit."""


@dataclass(frozen=True, slots=True)
class TextDraft:
    """A text to be kept ready; targets None: every screen."""

    headline: str
    words: str = ""
    minutes: int = 30
    look: str = "notice"
    urgent: bool = False
    targets: Targets | None = None


def write_text(
    database: Database,
    draft: TextDraft,
    *,
    user_id: int | None,
    at: datetime,
    text_id: int | None = None,
    by: str = "",
    seen: str | None = None,
) -> PreparedText:
    """Keep a text ready, or change one; what hangs already stays as it is. Here and below `by`
    says in the audit log what did it, where it was no person. Raises Conflict where it is not as
    it was `seen` (`text_seen`)."""
    with database.write() as session:
        if text_id is None:
            text = PreparedText(made_by=user_id, made_at=at)
        else:
            text = load_text(session, text_id)
            check_seen(seen, text_seen(text))
        headline, words, problems = ready_problems(session, draft)
        problems += _text_problems(session, draft, text_id)
        if problems:
            raise Invalid(problems)
        text.headline, text.words, text.minutes = headline, words, draft.minutes
        text.look, text.urgent = draft.look, draft.urgent
        text.targets = None if draft.targets is None else draft.targets.as_json()
        session.add(text)
        if session.is_modified(text):
            session.flush()
            about = f"text {text.id}"
            note(session, "text-kept", user_id=user_id, about=about, detail=by, at=at)
        return text


def text_of(text: PreparedText) -> TextDraft:
    """A text as it is kept."""
    return TextDraft(
        text.headline, text.words, text.minutes, text.look, text.urgent, read_targets(text.targets)
    )


def text_seen(text: PreparedText) -> str:
    """In short what is kept: what somebody saw who changes it."""
    return fingerprint(
        text.headline, text.words, text.minutes, text.look, text.urgent, text.targets
    )


def delete_text(
    database: Database, text_id: int, *, at: datetime, user_id: int | None = None, by: str = ""
) -> None:
    """Keep it no longer."""
    with database.write() as session:
        session.delete(load_text(session, text_id))
        about = f"text {text_id}"
        note(session, "text-deleted", user_id=user_id, about=about, detail=by, at=at)


def load_text(session: Session, text_id: int) -> PreparedText:
    """The text; raises NotFound."""
    found = session.get(PreparedText, text_id)
    if found is None:
        raise NotFound
    return found


def ready_problems(session: Session, draft: TextDraft) -> tuple[str, str, list[Problem]]:
    """Headline and words as they are kept, and what is wrong with what is to be kept ready."""
    headline, words, problems = said(draft.headline, draft.words)
    if not 1 <= draft.minutes <= MOST_MINUTES:
        text, most = N_("From 1 to {most} minutes."), {"most": MOST_MINUTES}
        problems.append(Problem("out-of-range", text, "minutes", most))
    return headline, words, problems + of_targets(session, draft.targets)


def _text_problems(session: Session, draft: TextDraft, text_id: int | None) -> list[Problem]:
    problems = []
    if draft.look not in LOOKS:
        problems.append(Problem("unknown", N_("Choose how it looks from the list."), "look"))
    if draft.urgent and draft.targets is not None:
        problems.append(Problem("urgent", N_("What is urgent hangs on every wall."), "where"))
    others = select(func.count(PreparedText.id)).where(PreparedText.id != (text_id or 0))
    if (session.scalar(others) or 0) >= MOST_TEXTS:
        text = N_("{most} texts are kept. Delete one first.")
        problems.append(Problem("too-many", text, "headline", {"most": MOST_TEXTS}))
    urgent = others.where(PreparedText.urgent.is_(True))
    if draft.urgent and (session.scalar(urgent) or 0) >= MOST_URGENT:
        text = N_("There is a key for {most} urgent texts. Delete one first.")
        problems.append(Problem("too-many", text, "urgent", {"most": MOST_URGENT}))
    return problems
