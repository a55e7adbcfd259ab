"""Taking walls over: by texts that are kept ready, and for programs."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import false, func, or_, select
from sqlalchemy.orm import Session

from signage.actions.notice_draft import LOOKS, NoticeDraft, of_targets, said, still_there
from signage.actions.notices import hang_notice
from signage.core.targets import NO_GROUP, Targets, read_targets
from signage.errors import Invalid, NotFound, Problem
from signage.models import Database, Notice, PreparedText, Screen
from signage.models.notice import Ready
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


def take_over(
    database: Database,
    draft: NoticeDraft,
    *,
    user_id: int | None,
    at: datetime,
    by: str = "",
    sent_key: str | None = None,
) -> tuple[Notice, bool]:
    """Take the walls over that are meant: the notice, and whether it is new. With the same
    `sent_key` again it is the same one, whatever else the draft says."""
    with database.write() as session:
        if sent_key is not None:
            sent = select(Notice).where(Notice.sent_key == sent_key)
            if (known := session.scalars(sent).one_or_none()) is not None:
                return known, False
        notice = hang_notice(session, draft, user_id=user_id, at=at, by=by)
        notice.sent_key = sent_key
        return notice, True


def hang_text(
    database: Database, text_id: int, *, user_id: int | None, at: datetime, by: str = ""
) -> Notice:
    """Hang a text that is kept ready, now, for its time."""
    with database.write() as session:
        text = load_text(session, text_id)
        draft = draft_of(session, text, at, look=text.look, urgent=text.urgent)
        return hang_notice(session, draft, user_id=user_id, at=at, by=by)


def draft_of(
    session: Session, ready: Ready, at: datetime, *, look: str, urgent: bool = False
) -> NoticeDraft:
    """What is kept ready, as it is to take over from now on, on what is still there. Raises
    Invalid where nothing is."""
    targets = still_there(session, read_targets(ready.targets))
    return NoticeDraft(
        ready.headline, ready.words, at, at + timedelta(minutes=ready.minutes), takes_over=True,
        look=look, urgent=urgent, targets=targets,
    )  # fmt: skip


def write_text(
    database: Database,
    draft: TextDraft,
    *,
    user_id: int,
    at: datetime,
    text_id: int | None = None,
) -> PreparedText:
    """Keep a text ready, or change one; what hangs already stays as it is."""
    with database.write() as session:
        if text_id is None:
            text = PreparedText(made_by=user_id, made_at=at)
        else:
            text = load_text(session, text_id)
        headline, words, problems = ready_problems(session, draft)
        problems += _text_problems(session, draft, text_id)
        if problems:
            raise Invalid(problems)
        text.headline, text.words, text.minutes = headline, words, draft.minutes
        text.look, text.urgent = draft.look, draft.urgent
        text.targets = None if draft.targets is None else draft.targets.as_json()
        session.add(text)
        return text


def delete_text(database: Database, text_id: int) -> None:
    """Keep it no longer."""
    with database.write() as session:
        session.delete(load_text(session, text_id))


def load_text(session: Session, text_id: int) -> PreparedText:
    """The text; raises NotFound."""
    found = session.get(PreparedText, text_id)
    if found is None:
        raise NotFound
    return found


def reach(session: Session, targets: Targets | None) -> list[int]:
    """The ids of the screens that are meant, but for those whose link has ended."""
    meant = select(Screen.id).where(Screen.revoked_at.is_(None))
    if targets is not None:
        alone = Screen.group_id.is_(None) if NO_GROUP in targets.groups else false()
        groups = Screen.group_id.in_(targets.groups)
        meant = meant.where(or_(Screen.id.in_(targets.screens), groups, alone))
    return list(session.scalars(meant))


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
