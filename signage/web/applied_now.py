"""How far a screen has come with what was published: for its page, and for programs."""

from typing import Any

from sqlalchemy.orm import Session

from signage.actions.planned import plans_now
from signage.core.shapes import nothing_or, several, text, told, whole
from signage.models import Screen
from signage.models.applied import Applied, applied_by
from signage.web.context import at

APPLIED = told(
    {
        "programme": whole("The number of the latest that it has applied."),
        "latest": whole("Of the one that is out."), "behind": whole("Changes that it lacks."),
        "feeds": several(told({
            "feed": text(), "rev": nothing_or(whole("What it showed last; null: not known.")),
            "latest": whole(), "behind": whole(),
        }, title="AppliedFeed")),
    },
    title="Applied", about="As it said when it was heard last.",
)  # fmt: skip


def applied_now(reading: Session, screen: Screen) -> Applied | None:
    """How far it has come; None where nothing is to be expected of it."""
    if screen.last_seen_at is None or screen.revoked_at is not None:
        return None
    return applied_by(reading, screen, plans_now(reading).of(screen.group_id).feeds, at=at())


def applied_told(applied: Applied | None) -> dict[str, Any] | None:
    """As APPLIED has it."""
    if applied is None:
        return None
    return {
        "programme": applied.programme, "latest": applied.latest, "behind": applied.behind,
        "feeds": [
            {"feed": feed.name, "rev": feed.rev, "latest": feed.latest, "behind": feed.behind}
            for feed in applied.feeds
        ],
    }  # fmt: skip
