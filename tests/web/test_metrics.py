"""GET /metrics: what is told."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import select
from werkzeug.test import TestResponse

from signage import clock
from signage.actions import screens
from signage.actions.screens import ScreenDraft
from signage.models import Database, Feed, FeedChange
from signage.settings import Settings
from signage.web.context import Parts
from tests.answers import hung
from tests.web.conftest import statements

LOCAL = {"REMOTE_ADDR": "127.0.0.1"}
AWAY = {"REMOTE_ADDR": "192.0.2.7"}
SCREEN = "Canteen in Solna"
WORDS = "Up four flights, and swept after."


def values(answer: TestResponse) -> dict[str, float]:
    """Every sample by its name and labels."""
    assert answer.status_code == 200
    return {
        sample.name + "".join(f" {name}={value}" for name, value in sorted(sample.labels.items())):
        sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }  # fmt: skip


def read(client: FlaskClient, **headers: str) -> TestResponse:
    return client.get("/metrics", headers=headers, environ_base=LOCAL)


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_a_program_on_this_machine_reads_the_numbers(client: FlaskClient) -> None:
    answer = read(client)

    assert answer.content_type == "text/plain; version=0.0.4; charset=utf-8"
    told = values(answer)
    assert {"signage_connections", "signage_queued_bytes", "signage_leader"} <= set(told)
    assert told["process_resident_memory_bytes"] > 0
    assert told["process_cpu_seconds_total"] > 0
    assert "python_gc_collections_total generation=2" in told


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.9.10", "::1", "::ffff:127.0.0.1"])
@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:8000", "[::1]:8000"])
def test_this_machine_has_several_names(client: FlaskClient, address: str, host: str) -> None:
    answer = client.get("/metrics", headers={"Host": host}, environ_base={"REMOTE_ADDR": address})
    assert answer.status_code == 200


def test_a_token_reads_them_from_elsewhere(client: FlaskClient, token: str) -> None:
    answer = client.get("/metrics", headers=bearer(token), environ_base=AWAY)

    assert answer.status_code == 200


def test_without_the_database_the_numbers_are_still_told(
    app: Flask, settings: Settings, gone: Database
) -> None:
    app.extensions["signage"] = Parts(settings, gone, dict)

    told = values(read(app.test_client()))

    assert told["signage_up part=database"] == 0


def test_what_is_there_is_asked_when_somebody_reads(
    app: Flask, settings: Settings, database: Database, now: datetime
) -> None:
    app.extensions["signage"] = Parts(settings, database, lambda: {7: 2, 9: 1}, clock.now)
    note_change(database, now - timedelta(minutes=5), announced=None)
    note_change(database, now - timedelta(hours=5), announced=now)

    with statements(database) as seen:
        told = values(read(app.test_client()))

    assert told["signage_screens"] == 2
    assert told["signage_outbox_changes"] == 1
    assert told["signage_outbox_age_seconds"] == pytest.approx(300, abs=60)
    assert told["signage_up part=relay"] == told["signage_up part=database"] == 1
    assert len(seen) == 2


def test_nothing_waits_where_all_was_announced(client: FlaskClient) -> None:
    told = values(read(client))

    assert told["signage_outbox_changes"] == told["signage_outbox_age_seconds"] == 0
    assert "signage_up part=redis" not in told or told["signage_up part=redis"] == 0


def note_change(database: Database, made: datetime, announced: datetime | None) -> None:
    with database.write() as session:
        feed = session.scalars(select(Feed).where(Feed.name == "quotes")).one()
        feed.rev += 1
        session.add(
            FeedChange(
                feed_id=feed.id, rev=feed.rev, op="drop", item="q1",
                made_at=made, announced_at=announced,
            )
        )  # fmt: skip


def test_requests_are_counted_by_class_and_timed_by_endpoint(client: FlaskClient) -> None:
    before = values(read(client))
    for path in ("/no/such/page", "/another?token=secret", "/link/one-time-secret", "/sign-in"):
        client.get(path)

    answer = read(client)
    told = values(answer)

    def more(name: str) -> float:
        return told[name] - before.get(name, 0)

    assert more("signage_http_requests_total status=4xx") >= 2
    assert more("signage_http_requests_total status=2xx") >= 2
    assert more("signage_http_seconds_count endpoint=none") == 2
    assert more("signage_http_seconds_count endpoint=account.sign_in") == 1
    assert "token=secret" not in answer.text
    assert "one-time-secret" not in answer.text


def test_no_words_and_no_names_are_told(
    client: FlaskClient, database: Database, settings: Settings, lead: int, now: datetime
) -> None:
    screens.add_screen(database, settings.secret_key, ScreenDraft(SCREEN), at=now)
    hung(database, comment=WORDS, lead=lead, at=now)

    told = read(client).text

    assert SCREEN not in told
    assert WORDS not in told
