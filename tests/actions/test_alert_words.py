"""Whom an alert names."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from signage.actions.alert_words import told
from signage.actions.channels import add_channel
from signage.actions.screens import ScreenDraft, add_screen
from signage.models import Alert, AlertMessage, Database, Outage
from signage.settings import Settings

MINUTE = timedelta(minutes=1)


@pytest.mark.both
def test_all_that_are_dark_are_named_though_one_was_told_of_before(
    database: Database, tmp_path: Path, lead: int, at: datetime
) -> None:
    settings = Settings(
        data=tmp_path, database_url="", secret_key="k" * 32, url="https://wall.example.com",
        host="127.0.0.1", port=80,
    )  # fmt: skip
    add_channel(database, settings, "webhook", "https://hook.example.com", user_id=lead, at=at)
    first = _dark(database, "Canteen", at, dark=1, total=2)
    _dark(database, "Elsewhere", at, dark=1, total=1, site="Oslo")
    _dark(database, "Back", at, dark=1, total=2, ended_at=at + MINUTE)
    both = _dark(database, "Lobby", at + 5 * MINUTE, dark=2, total=2)

    with database.read() as session:
        said = told(session, settings, session.get_one(AlertMessage, both))
        before = told(session, settings, session.get_one(AlertMessage, first))
    assert said.subject.endswith("All 2 screens at Solna are dark")
    assert "Canteen: dark since" in said.text
    assert "Lobby: dark since" in said.text
    assert "Elsewhere" not in said.text
    assert "Back" not in said.text
    assert {screen["name"] for screen in said.fields["data"]["screens"]} == {"Canteen", "Lobby"}
    assert "Lobby" not in before.text


def _dark(
    database: Database,
    name: str,
    at: datetime,
    *,
    dark: int,
    total: int,
    site: str = "Solna",
    ended_at: datetime | None = None,
) -> int:
    """A screen that went dark, told of by an alert of its own; gives the message."""
    screen_id, _ = add_screen(database, "k" * 32, ScreenDraft(name, site), at=at)
    with database.write() as session:
        alert = Alert(site=site, dark=dark, total=total, made_at=at)
        session.add(alert)
        session.flush()
        session.add(
            Outage(
                screen_id=screen_id, site=site, since=at - 3 * MINUTE, noticed_at=at,
                alert_id=alert.id, ended_at=ended_at,
            )
        )  # fmt: skip
        message = AlertMessage(channel_id=1, alert_id=alert.id, what="dark", made_at=at, due_at=at)
        session.add(message)
        session.flush()
        return message.id
