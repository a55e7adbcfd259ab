"""GET /metrics while the database is away: nothing stays as if all were well."""

from datetime import datetime, timedelta
from time import monotonic

import pytest
from flask import Flask

from signage import clock, meters
from signage.models import Database
from signage.settings import Settings
from signage.web.context import Parts
from tests.web.test_metrics import note_change, read, values


def in_a_while() -> float:
    """The steady clock, ninety seconds from now."""
    return monotonic() + 90


def test_what_cannot_be_asked_is_down_and_what_waited_goes_on_waiting(
    app: Flask,
    settings: Settings,
    database: Database,
    gone: Database,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app.extensions["signage"] = Parts(settings, database, dict, clock.now)
    # Made while the numbers are being read: as young as a change can be.
    note_change(database, now + timedelta(hours=1), announced=None)
    before = values(read(app.test_client()))
    assert before["signage_up part=migrations"] == before["signage_outbox_changes"] == 1
    assert before["signage_outbox_age_seconds"] < 80

    monkeypatch.setattr(meters, "monotonic", in_a_while)
    app.extensions["signage"] = Parts(settings, gone, dict, clock.now)
    told = values(read(app.test_client()))

    assert told["signage_up part=database"] == told["signage_up part=migrations"] == 0
    assert told["signage_up part=relay"] == 1
    assert told["signage_outbox_changes"] == 1
    assert told["signage_outbox_age_seconds"] > 80


def test_where_nothing_waits_nothing_grows_old(
    app: Flask,
    settings: Settings,
    database: Database,
    gone: Database,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app.extensions["signage"] = Parts(settings, database, dict, clock.now)
    read(app.test_client())

    monkeypatch.setattr(meters, "monotonic", in_a_while)
    app.extensions["signage"] = Parts(settings, gone, dict, clock.now)

    assert values(read(app.test_client()))["signage_outbox_age_seconds"] == 0
