"""Sending alerts out of their outbox: tried again for about a day, then given up and shown."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import gevent
from sqlalchemy import select, update

from signage import logs
from signage.actions.alert_words import Told, told
from signage.core.retries import wait_after
from signage.mailing import MailServer, NotMailed, mail
from signage.models import AlertChannel, AlertMessage, Database
from signage.settings import Settings
from signage.webhooks import NotTold, post, secret_of

AT_ONCE = 20
"""Messages to one address at a time of the job."""
CLAIMED = timedelta(minutes=2)
"""Whoever sends a message has it for so long; should it die meanwhile, another tries."""

_OPEN = (AlertMessage.sent_at.is_(None), AlertMessage.failed_at.is_(None))


@dataclass(frozen=True, slots=True)
class _Taken:
    """A message that is ours to send, and where to."""

    id: int
    tries: int
    kind: str
    address: str
    secret: str
    message_id: str
    told: Told


def send_alerts(
    database: Database,
    settings: Settings,
    *,
    at: datetime,
    now: Callable[[], datetime] | None = None,
) -> None:
    """Send what is due. Each address has a greenlet, so that one that does not answer keeps no
    other waiting. Safe to run twice: a message is claimed first. `now`: the moment of each try;
    `at` for all without it."""
    with database.read() as session:
        due = session.execute(
            select(AlertMessage.channel_id, AlertMessage.id)
            .where(*_OPEN, AlertMessage.due_at <= at)
            .order_by(AlertMessage.id)
        ).all()
    by_channel: dict[int, list[int]] = {}
    for channel_id, message_id in due:
        by_channel.setdefault(channel_id, []).append(message_id)
    sending = [
        gevent.spawn(_send_some, database, settings, ids[:AT_ONCE], now or (lambda: at))
        for ids in by_channel.values()
    ]
    gevent.joinall(sending, raise_error=True)


def _send_some(
    database: Database, settings: Settings, ids: list[int], now: Callable[[], datetime]
) -> None:
    for message_id in ids:
        # The one before may have taken long, and receivers refuse what is signed with an old time.
        at = now()
        taken = _claim(database, settings, message_id, at)
        if taken is not None and not _send(database, settings, taken, at):
            return  # the others wait for the same address: their time comes


def _claim(database: Database, settings: Settings, message_id: int, at: datetime) -> _Taken | None:
    with database.write() as session:
        claimed = session.execute(
            update(AlertMessage)
            .where(AlertMessage.id == message_id, *_OPEN, AlertMessage.due_at <= at)
            .values(tries=AlertMessage.tries + 1, due_at=at + CLAIMED)
            .returning(AlertMessage.id)
        ).all()
        message = session.get(AlertMessage, message_id, populate_existing=True)
        channel = session.get(AlertChannel, message.channel_id) if message else None
        if not claimed or message is None or channel is None:
            return None
        secret = secret_of(settings.secret_key, channel.id, channel.nonce)
        return _Taken(
            message.id, message.tries, channel.kind, channel.address, secret,
            f"alert-{message.id}-{channel.nonce[:8]}", told(session, settings, message),
        )  # fmt: skip


def _send(database: Database, settings: Settings, taken: _Taken, at: datetime) -> bool:
    try:
        if taken.kind == "email":
            _mail(settings, taken)
        else:
            body = json.dumps(taken.told.fields, separators=(",", ":")).encode()
            seconds = int(at.timestamp())
            post(taken.address, taken.secret, taken.message_id, body, seconds=seconds)
    except (NotMailed, NotTold) as error:
        _note(database, taken, at, str(error), lasting=error.lasting)
        return False
    _note(database, taken, at, "", lasting=False)
    return True


def _mail(settings: Settings, taken: _Taken) -> None:
    if not settings.smtp_host:
        raise NotMailed("no mail server")
    server = MailServer(
        settings.smtp_host, settings.smtp_port, settings.smtp_security, settings.smtp_user,
        settings.smtp_password, settings.smtp_from,
    )  # fmt: skip
    mail(server, taken.address, taken.told.subject, taken.told.text, message_id=taken.message_id)


def _note(database: Database, taken: _Taken, at: datetime, why: str, *, lasting: bool) -> None:
    """What became of a try."""
    wait = None if lasting else wait_after(taken.tries)
    became = {"sent_at": at} if not why else {"due_at": at + wait} if wait else {"failed_at": at}
    with database.write() as session:
        session.execute(
            update(AlertMessage).where(AlertMessage.id == taken.id).values(problem=why, **became)
        )
    outcome = "sent" if not why else "later" if wait else "failed"
    logs.event("alert-sent", message=taken.id, kind=taken.kind, outcome=outcome, why=why)
