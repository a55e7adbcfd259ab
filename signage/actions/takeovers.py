"""Taking walls over: by texts that are kept ready, and for programs."""

from datetime import datetime, timedelta

from sqlalchemy import false, or_, select
from sqlalchemy.orm import Session

from signage.actions.notice_draft import NoticeDraft, still_there
from signage.actions.notices import hang_notice
from signage.actions.texts import (
    MOST_MINUTES,
    MOST_URGENT,
    TextDraft,
    delete_text,
    load_text,
    write_text,
)
from signage.core.targets import NO_GROUP, Targets, read_targets
from signage.models import Database, Notice, Screen
from signage.models.notice import Ready

__all__ = [
    "MOST_MINUTES", "MOST_URGENT", "TextDraft", "delete_text", "draft_of", "hang_text",
    "load_text", "reach", "take_over", "write_text",
]  # fmt: skip


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


def reach(session: Session, targets: Targets | None) -> list[int]:
    """The ids of the screens that are meant, but for those whose link has ended."""
    meant = select(Screen.id).where(Screen.revoked_at.is_(None))
    if targets is not None:
        alone = Screen.group_id.is_(None) if NO_GROUP in targets.groups else false()
        groups = Screen.group_id.in_(targets.groups)
        meant = meant.where(or_(Screen.id.in_(targets.screens), groups, alone))
    return list(session.scalars(meant))
