"""Where alerts go: addresses that an admin sets."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from signage.actions.accounts import problems_of_email
from signage.actions.audit import note
from signage.core.text import one_line
from signage.core.tokens import new_token
from signage.errors import Invalid, NotFound, Problem
from signage.models import AlertChannel, AlertMessage, Database
from signage.settings import Settings
from signage.webhooks import is_possible, secret_of
from signage.words import N_

KINDS = ("email", "webhook")
MOST = 10
LONGEST = 500


@dataclass(frozen=True, slots=True)
class Added:
    """A new address; a webhook's secret is told once and never again."""

    id: int
    secret: str | None


def add_channel(
    database: Database,
    settings: Settings,
    kind: str,
    address: str,
    *,
    user_id: int | None,
    at: datetime,
    by: str = "",
) -> Added:
    """Have alerts sent to an address, too. Raises Invalid. Here and below `by` says in the audit
    log what did it, where it was no person."""
    address = one_line(address)
    if problems := _problems(settings, kind, address):
        raise Invalid(problems)
    with database.write() as session:
        _room(session, kind, address)
        made = AlertChannel(
            kind=kind, address=address, nonce=new_token(), made_by=user_id, made_at=at
        )
        session.add(made)
        session.flush()
        about = f"channel {made.id}"
        note(session, "alerts-to-added", user_id=user_id, about=about, detail=by, at=at)
        return Added(made.id, _secret(settings, made))


def renew_secret(
    database: Database,
    settings: Settings,
    channel_id: int,
    *,
    user_id: int | None,
    at: datetime,
    by: str = "",
) -> str:
    """Another secret for a webhook; the old one signs nothing any more. Raises NotFound."""
    with database.write() as session:
        channel = _load(session, channel_id)
        if channel.kind != "webhook":
            raise NotFound
        channel.nonce = new_token()
        about = f"channel {channel_id}"
        note(session, "alerts-to-renewed", user_id=user_id, about=about, detail=by, at=at)
        return secret_of(settings.secret_key, channel_id, channel.nonce)


def remove_channel(
    database: Database, channel_id: int, *, user_id: int | None, at: datetime, by: str = ""
) -> None:
    """Send nothing there any more, also of what waits. Raises NotFound."""
    with database.write() as session:
        session.delete(_load(session, channel_id))
        about = f"channel {channel_id}"
        note(session, "alerts-to-removed", user_id=user_id, about=about, detail=by, at=at)


def try_channel(
    database: Database, channel_id: int, *, at: datetime, user_id: int | None = None, by: str = ""
) -> None:
    """Send a message that says that it is a test. Raises NotFound."""
    with database.write() as session:
        _load(session, channel_id)
        session.add(AlertMessage(channel_id=channel_id, what="test", made_at=at, due_at=at))
        about = f"channel {channel_id}"
        note(session, "alerts-to-tried", user_id=user_id, about=about, detail=by, at=at)


def _load(session: Session, channel_id: int) -> AlertChannel:
    found = session.get(AlertChannel, channel_id)
    if found is None:
        raise NotFound
    return found


def _secret(settings: Settings, channel: AlertChannel) -> str | None:
    if channel.kind != "webhook":
        return None
    return secret_of(settings.secret_key, channel.id, channel.nonce)


def _room(session: Session, kind: str, address: str) -> None:
    if (session.scalar(select(func.count(AlertChannel.id))) or 0) >= MOST:
        text = N_("There are {most} addresses already. Take one away first.")
        raise Invalid([Problem("too-many", text, "address", {"most": MOST})])
    same = select(AlertChannel.id).where(AlertChannel.kind == kind, AlertChannel.address == address)
    if session.scalar(same.limit(1)) is not None:
        text = N_("Alerts go to this address already.")
        raise Invalid([Problem("taken", text, "address")])


def _problems(settings: Settings, kind: str, address: str) -> list[Problem]:
    if kind not in KINDS:
        return [Problem("unknown", N_("Choose one of the two."), "kind")]
    if kind == "email":
        if not settings.smtp_host:
            text = N_("No mail server is set. An administrator of the server sets {name}.")
            return [Problem("no-mail", text, "address", {"name": "SIGNAGE_SMTP_HOST"})]
        odd = not address.isascii() or address.count("@") != 1 or set(address) & set(" ,;<>\"'\\")
        wrong = Problem("bad-email", N_("Write an e-mail address."), "address")
        return [wrong] if odd or problems_of_email(address) else []
    if len(address) > LONGEST or not is_possible(address):
        text = N_("An address such as {example}; plain http is for this machine alone.")
        example = "https://example.com/alerts"
        return [Problem("bad-address", text, "address", {"example": example})]
    return []
