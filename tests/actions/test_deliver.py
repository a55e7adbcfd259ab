"""Alerts on their way: by mail and webhook, to real servers on this machine."""

import hmac
import json
import logging
from base64 import b64decode, b64encode
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from email.header import decode_header, make_header
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import select

from signage.actions.channels import (
    MOST,
    add_channel,
    remove_channel,
    renew_secret,
    try_channel,
)
from signage.actions.deliver import CLAIMED, send_alerts
from signage.actions.prefer import prefer
from signage.actions.screens import ScreenDraft, add_screen
from signage.core.retries import TRIES, WAITS
from signage.errors import Invalid, NotFound
from signage.models import Alert, AlertMessage, Database, Outage, Preferences
from signage.settings import Settings
from signage.webhooks import is_possible, is_spoken_to
from tests.answers import everything
from tests.hook_server import Hook, hook_server
from tests.mail_server import MailBox, mail_server

TO = "facilities@example.com"


@pytest.fixture
def box() -> Iterator[MailBox]:
    with mail_server() as serving:
        yield serving


@pytest.fixture
def hook() -> Iterator[Hook]:
    with hook_server() as serving:
        yield serving


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        data=tmp_path, database_url="", secret_key="k" * 32, url="https://wall.example.com",
        host="127.0.0.1", port=80, smtp_host="127.0.0.1", smtp_port=9, smtp_security="none",
        smtp_from="wall@example.com",
    )  # fmt: skip


def alert(database: Database, at: datetime, *names: str, site: str = "Solna") -> int:
    """Screens that went dark, in the outbox as the watch puts it."""
    ids = [add_screen(database, "k" * 32, ScreenDraft(name, site), at=at)[0] for name in names]
    with database.write() as session:
        made = Alert(site=site, dark=len(ids), total=len(ids), made_at=at)
        session.add(made)
        session.flush()
        session.add_all(
            Outage(
                screen_id=screen_id, site=site, since=at - timedelta(minutes=3), noticed_at=at,
                alert_id=made.id,
            )
            for screen_id in ids
        )  # fmt: skip
        session.add(
            AlertMessage(channel_id=1, alert_id=made.id, what="dark", made_at=at, due_at=at)
        )
        return made.id


def message(database: Database) -> AlertMessage:
    with database.read() as session:
        return session.scalars(select(AlertMessage).order_by(AlertMessage.id)).first()  # type: ignore[return-value]  # there is one


def test_a_mail_names_the_site_the_number_and_each_screen(
    database: Database, settings: Settings, box: MailBox, lead: int, at: datetime
) -> None:
    settings = replace(settings, smtp_port=box.port)
    add_channel(database, settings, "email", TO, user_id=lead, at=at)
    alert(database, at, "Canteen", "Entré")

    send_alerts(database, settings, at=at)
    send_alerts(database, settings, at=at + timedelta(hours=1))

    (letter,) = box.letters
    assert box.recipients == [TO]
    assert (letter["From"], letter["To"]) == ("wall@example.com", TO)
    assert str(letter["Subject"]).endswith("All 2 screens at Solna are dark")
    text = letter.get_payload(decode=True).decode()  # type: ignore[union-attr]  # not several parts
    assert "Canteen: dark since 2026-04-14 09:39 CEST" in text
    assert "Entré: dark since" in text
    assert "https://wall.example.com/desk/screens/watch" in text
    assert message(database).sent_at == at


def test_a_mail_speaks_the_company_s_language(
    database: Database, settings: Settings, box: MailBox, lead: int, at: datetime
) -> None:
    settings = replace(settings, smtp_port=box.port)
    prefer(database, replace(Preferences(), language="sv"), user_id=lead, at=at)
    add_channel(database, settings, "email", TO, user_id=lead, at=at)
    try_channel(database, 1, at=at)
    send_alerts(database, settings, at=at)
    subject = make_header(decode_header(str(box.letters[0]["Subject"])))
    assert str(subject).endswith("Det här är ett test")


def test_a_webhook_is_signed_as_standard_webhooks_ask(
    database: Database, settings: Settings, hook: Hook, lead: int, at: datetime
) -> None:
    secret = add_channel(database, settings, "webhook", hook.url, user_id=lead, at=at).secret
    alert(database, at, "Canteen")

    send_alerts(database, settings, at=at)

    ((headers, body),) = hook.told
    assert secret is not None
    key = b64decode(secret.removeprefix("whsec_"))
    assert len(key) == 32
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = b64encode(hmac.digest(key, signed, sha256)).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert int(headers["webhook-timestamp"]) == int(at.timestamp())
    said = json.loads(body)
    assert (said["type"], said["timestamp"]) == ("screens.dark", "2026-04-14T07:42:00+00:00")
    assert said["data"]["screens"] == [
        {"id": 1, "name": "Canteen", "dark_since": "2026-04-14T07:39:00+00:00", "back_at": None}
    ]
    assert secret not in str(everything(database))


def test_another_secret_ends_the_one_before(
    database: Database, settings: Settings, hook: Hook, lead: int, at: datetime
) -> None:
    made = add_channel(database, settings, "webhook", hook.url, user_id=lead, at=at)
    assert renew_secret(database, settings, made.id, user_id=lead, at=at) != made.secret


def test_what_is_not_taken_is_tried_again_and_then_given_up(
    database: Database, settings: Settings, hook: Hook, lead: int, at: datetime
) -> None:
    add_channel(database, settings, "webhook", hook.url, user_id=lead, at=at)
    try_channel(database, 1, at=at)
    hook.status = 500
    now = at
    for wait in WAITS:
        send_alerts(database, settings, at=now)
        assert message(database).due_at == now + wait
        send_alerts(database, settings, at=now + wait - timedelta(seconds=1))
        now += wait
    assert message(database).failed_at is None
    send_alerts(database, settings, at=now)

    assert len(hook.told) == TRIES
    assert len({headers["webhook-id"] for headers, _ in hook.told}) == 1
    failed = message(database)
    assert (failed.failed_at, failed.problem) == (now, "status 500")
    send_alerts(database, settings, at=now + timedelta(days=9))
    assert len(hook.told) == TRIES


def test_one_that_is_gone_for_good_is_given_up_at_once(
    database: Database, settings: Settings, hook: Hook, lead: int, at: datetime
) -> None:
    add_channel(database, settings, "webhook", hook.url, user_id=lead, at=at)
    try_channel(database, 1, at=at)
    hook.status = 410
    send_alerts(database, settings, at=at)
    assert message(database).problem == "status 410"
    assert message(database).failed_at == at


def test_no_redirect_is_followed(
    database: Database, settings: Settings, hook: Hook, lead: int, at: datetime
) -> None:
    with hook_server() as inside:
        hook.status, hook.location = 307, inside.url
        add_channel(database, settings, "webhook", hook.url, user_id=lead, at=at)
        try_channel(database, 1, at=at)
        send_alerts(database, settings, at=at)
        assert inside.told == []
    assert message(database).problem == "status 307"


def test_a_recipient_whom_the_mail_server_refuses_is_not_tried_for_ever(
    database: Database, settings: Settings, box: MailBox, lead: int, at: datetime
) -> None:
    settings = replace(settings, smtp_port=box.port)
    add_channel(database, settings, "email", TO, user_id=lead, at=at)
    try_channel(database, 1, at=at)
    box.refuses = "450 later"
    send_alerts(database, settings, at=at)
    assert (message(database).problem, message(database).failed_at) == ("smtp 450", None)
    box.refuses = "550 no such mailbox"
    send_alerts(database, settings, at=at + WAITS[0])
    assert (message(database).problem, message(database).failed_at) == ("smtp 550", at + WAITS[0])


def test_a_server_that_does_not_answer_keeps_nobody_else_waiting(
    database: Database, settings: Settings, hook: Hook, lead: int, at: datetime
) -> None:
    """Nothing listens at the mail server's port."""
    add_channel(database, settings, "email", TO, user_id=lead, at=at)
    add_channel(database, settings, "webhook", hook.url, user_id=lead, at=at)
    for _ in range(3):
        try_channel(database, 1, at=at)
    try_channel(database, 2, at=at)
    send_alerts(database, settings, at=at)
    assert len(hook.told) == 1
    assert (message(database).problem, message(database).tries) == ("unreachable", 1)
    with database.read() as session:
        tries = session.scalars(select(AlertMessage.tries).where(AlertMessage.channel_id == 1))
        assert list(tries) == [1, 0, 0]


def test_one_who_died_while_sending_leaves_it_to_another(
    database: Database, settings: Settings, hook: Hook, lead: int, at: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    add_channel(database, settings, "webhook", hook.url, user_id=lead, at=at)
    try_channel(database, 1, at=at)

    def dies(*_: object, **__: object) -> None:
        raise MemoryError

    with monkeypatch.context() as patched:
        patched.setattr("signage.actions.deliver.post", dies)
        patched.setattr("gevent.hub.Hub.handle_error", lambda *_: None)
        with pytest.raises(MemoryError):
            send_alerts(database, settings, at=at)
    send_alerts(database, settings, at=at + timedelta(seconds=30))
    assert hook.told == []
    send_alerts(database, settings, at=at + CLAIMED)
    assert len(hook.told) == 1


def test_what_waits_for_an_address_goes_with_it(
    database: Database, settings: Settings, hook: Hook, lead: int, at: datetime
) -> None:
    add_channel(database, settings, "webhook", hook.url, user_id=lead, at=at)
    try_channel(database, 1, at=at)
    remove_channel(database, 1, user_id=lead, at=at)
    send_alerts(database, settings, at=at)
    assert hook.told == []
    with pytest.raises(NotFound):
        remove_channel(database, 1, user_id=lead, at=at)


def test_neither_address_nor_secret_is_logged(
    database: Database, settings: Settings, hook: Hook, lead: int, at: datetime,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    caplog.set_level(logging.DEBUG)
    secret = add_channel(database, settings, "webhook", hook.url, user_id=lead, at=at).secret
    alert(database, at, "Canteen")
    hook.status = 500
    send_alerts(database, settings, at=at)
    said = " ".join(str(vars(record)) for record in caplog.records)
    assert "alert-sent" in said
    for word in (hook.url, secret or "", "Canteen", "Solna"):
        assert word not in said


@pytest.mark.parametrize(
    ("kind", "address", "code"),
    [
        ("pigeon", TO, "unknown"),
        ("email", "nobody", "bad-email"),
        ("email", "a@example.com, b@example.com", "bad-email"),
        ("email", "a@example.com\r\nBcc: b@example.com", "bad-email"),
        ("webhook", "http://example.com/alerts", "bad-address"),
        ("webhook", "https://user:word@example.com/", "bad-address"),
        ("webhook", "ftp://example.com/", "bad-address"),
        ("webhook", "https://exa mple.com/", "bad-address"),
        ("webhook", "https://[::1", "bad-address"),
        ("webhook", "", "bad-address"),
    ],
)
def test_an_address_that_is_none_is_refused(
    database: Database, settings: Settings, lead: int, at: datetime, kind: str, address: str,
    code: str,
) -> None:  # fmt: skip
    with pytest.raises(Invalid) as refused:
        add_channel(database, settings, kind, address, user_id=lead, at=at)
    assert [problem.code for problem in refused.value.problems] == [code]


def test_without_a_mail_server_no_mail_is_promised(
    database: Database, settings: Settings, lead: int, at: datetime
) -> None:
    with pytest.raises(Invalid) as refused:
        add_channel(database, replace(settings, smtp_host=""), "email", TO, user_id=lead, at=at)
    assert refused.value.problems[0].code == "no-mail"


def test_there_are_few_addresses_and_none_twice(
    database: Database, settings: Settings, lead: int, at: datetime
) -> None:
    for n in range(MOST):
        add_channel(database, settings, "email", f"a{n}@example.com", user_id=lead, at=at)
        with pytest.raises(Invalid, match="taken" if n < MOST - 1 else "too-many"):
            add_channel(database, settings, "email", f"a{n}@example.com", user_id=lead, at=at)


@pytest.mark.parametrize(
    ("address", "fine"),
    [
        ("169.254.169.254", False), ("fe80::1%eth0", False), ("::ffff:169.254.169.254", False),
        ("0.0.0.0", False), ("224.0.0.1", False), ("10.0.0.7", True), ("127.0.0.1", True),  # noqa: S104
        ("203.0.113.9", True), ("2001:db8::1", True),
    ],
)  # fmt: skip
def test_where_clouds_hand_out_their_keys_is_not_spoken_to(address: str, fine: bool) -> None:
    assert is_spoken_to(address) is fine


def test_plain_http_is_for_this_machine() -> None:
    assert is_possible("http://localhost:9000/hook")
    assert is_possible("https://example.com/hook?key=1")
    assert not is_possible("http://10.0.0.7/hook")
