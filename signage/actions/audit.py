"""The audit log: written in the transaction of the act, so that neither is there without the
other."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from signage.core.chain import BEGINNING, Sealed, first_broken, seal_of
from signage.models import AuditEntry, Database
from signage.words import N_

ACTS = {
    "sign-in": N_("signed in"),
    "sign-in-failed": N_("could not sign in"),
    "session-ended": N_("ended a session"),
    "password-changed": N_("changed the password"),
    "invited": N_("invited somebody"),
    "invitation-revoked": N_("took an invitation back"),
    "link-made": N_("made a link that signs somebody in"),
    "joined": N_("made an account"),
    "identity-linked": N_("connected an account with the sign-in provider"),
    "role-changed": N_("changed a role"),
    "deactivated": N_("deactivated an account"),
    "reactivated": N_("let an account in again"),
    "settings-changed": N_("changed settings"),
    "rule-changed": N_("changed a rule"),
    "feed-changed": N_("changed a feed"),
    "notice-hung": N_("hung a notice, or changed one"),
    "notice-ended": N_("took a notice down"),
    "text-kept": N_("kept a text ready, or changed one"),
    "text-deleted": N_("deleted a text that was kept ready"),
    "goal-set": N_("set a goal, or changed one"),
    "goal-passed": N_("said that a goal is not celebrated"),
    "goal-deleted": N_("deleted a goal"),
    "plan-drafted": N_("drafted what hangs when"),
    "plan-published": N_("published what hangs when"),
    "plan-discarded": N_("gave up what was drafted"),
    "source-changed": N_("said whether rules may decide of a source"),
    "token-made": N_("made a token"),
    "token-revoked": N_("ended a token"),
    "screen-link-made": N_("made a link of a screen"),
    "screen-link-revoked": N_("ended a link of a screen"),
    "screen-paired": N_("paired a screen"),
    "screen-settled": N_("said which of two players stays a screen"),
    "agent-made": N_("made a token for a screen’s device"),
    "agent-ended": N_("ended the token of a screen’s device"),
    "screen-changed": N_("set a screen up differently"),
    "screen-commanded": N_("sent a command to a screen"),
    "group-made": N_("made a group of screens"),
    "group-renamed": N_("renamed a group of screens"),
    "group-deleted": N_("deleted a group of screens"),
    "alerts-to-added": N_("had alerts sent to an address"),
    "alerts-to-renewed": N_("made another secret of a webhook"),
    "alerts-to-removed": N_("had alerts sent to an address no more"),
    "alerts-to-tried": N_("sent a test to an address of alerts"),
    "withdrawn": N_("withdrew a quote"),
    "withdrawn-in-bulk": N_("withdrew several quotes"),
    "exported": N_("exported answers"),
    "plays-exported": N_("exported what screens have shown"),
    "audit-exported": N_("exported the audit log"),
    "erased": N_("erased an answer"),
    "restored": N_("restored a backup"),
    "moved": N_("moved the data to PostgreSQL"),
    "moved-back": N_("went back to the data from before a move"),
}
"""Every act that is noted, in words."""

_AT_ONCE = 1000


def note(
    session: Session,
    act: str,
    *,
    user_id: int | None,
    about: str = "",
    detail: str = "",
    at: datetime,
) -> None:
    """Add an entry, in the transaction of the act itself; one of ACTS. `about` and `detail` name
    rows by their ids (`quote 17`) and never quote what a customer or a stranger wrote: the entry
    outlives every erasure."""
    if act not in ACTS:
        raise ValueError(f"{act} is no act of the audit log")
    last = session.execute(
        select(AuditEntry.id, AuditEntry.seal).order_by(AuditEntry.id.desc()).limit(1)
    ).one_or_none()
    number, previous = (last.id + 1, last.seal) if last else (1, BEGINNING)
    sealed = Sealed(number, act, user_id, about[:200], detail[:200], at, previous, "")
    session.add(
        AuditEntry(
            id=number, act=act, user_id=user_id, about=sealed.about, detail=sealed.detail,
            made_at=at, previous=previous, seal=seal_of(sealed),
        )
    )  # fmt: skip
    session.flush()


@dataclass(frozen=True, slots=True)
class Chain:
    """How the log stands."""

    entries: int
    head: str
    """The last entry's seal: written down elsewhere, it shows later that nothing was cut off."""
    broken: int | None
    """The first entry that does not follow from those before it."""


def examine_chain(database: Database) -> Chain:
    """Work every seal out again."""
    with database.read() as session:
        broken = first_broken(_sealed(session))
        last = session.execute(
            select(AuditEntry.id, AuditEntry.seal).order_by(AuditEntry.id.desc()).limit(1)
        ).one_or_none()
    return Chain(last.id if last else 0, last.seal if last else BEGINNING, broken)


def _sealed(session: Session) -> Iterator[Sealed]:
    number = 0
    while True:
        rows = session.execute(
            select(*(getattr(AuditEntry, name) for name in _COLUMNS))
            .where(AuditEntry.id > number)
            .order_by(AuditEntry.id)
            .limit(_AT_ONCE)
        ).all()
        if not rows:
            return
        yield from (Sealed(*row) for row in rows)
        number = rows[-1].id


_COLUMNS = ("id", "act", "user_id", "about", "detail", "made_at", "previous", "seal")
