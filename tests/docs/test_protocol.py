"""The wall's protocol is documented as it is spoken."""

import ast
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from signage.actions import decide
from signage.actions.improve import ImprovementDraft, improve, publish_improvement
from signage.actions.measure import refresh_stale
from signage.actions.outbox import HISTORY
from signage.actions.programme import programme
from signage.actions.receive import receive
from signage.intake.draft import draft_from
from signage.live.gateway import WallGateway
from signage.models import Database, FeedItem, Preferences, Screen
from tests.docs.pages import ROOT, example, first_cells, page, section

PROTOCOL = page("docs/protocol.md")
CONNECTING = {"connect", "disconnect"}
Bodies = dict[str, dict[str, Any]]


def test_every_event_is_documented() -> None:
    heard = {name.removeprefix("on_") for name in dir(WallGateway) if name.startswith("on_")}
    emitted = {
        name for path in (ROOT / "signage/live").glob("*.py") for name in emits(path.read_text())
    }
    said = set(first_cells(section(PROTOCOL, "## Events")))
    assert said == (heard - CONNECTING) | emitted


def test_the_player_speaks_the_documented_events() -> None:
    source = page("static/wall/connection.js")
    listened = set(re.findall(r'\.on\("(\w+)"', source)) - {*CONNECTING, "connect_error"}
    said = set(re.findall(r'(?:#say|emit)\("(\w+)"', source))
    assert listened | said == set(first_cells(section(PROTOCOL, "## Events")))


def test_every_refusal_is_documented() -> None:
    gateway, screens = page("signage/live/gateway.py"), page("signage/actions/screens.py")
    given = set(re.findall(r'"reason": "(\w+)"', gateway)) | set(
        re.findall(r'Refused\("(\w+)"\)', screens)
    )
    assert set(first_cells(section(PROTOCOL, "## Connecting"))) == given


def emits(source: str) -> Iterator[str]:
    """The events that a module emits."""
    for node in ast.walk(ast.parse(source)):
        name = (
            getattr(node.func, "attr", getattr(node.func, "id", ""))
            if isinstance(node, ast.Call)
            else ""
        )
        if name in {"emit", "_emit"} and isinstance(node, ast.Call):
            first = node.args[0]
            if isinstance(first, ast.Constant):
                yield str(first.value)


@pytest.fixture
def bodies(database: Database, lead: int, at: datetime) -> Bodies:
    """What hangs once a quote and an improvement were published: item → body."""
    fields = {
        "source": "s",
        "external_id": "1",
        "score": 4,
        "comment": "Why can I not choose the day?",
    }
    receive(database, [draft_from({**fields, "touchpoint": "Order"}, at=at, payload="{}")], at=at)
    decide.approve(database, 1, revision=0, user_id=lead, at=at)
    decide.publish_due(database, at=at + timedelta(minutes=1))
    draft = ImprovementDraft("Choose your day.", "Own day", "Web team", date(2026, 2, 3), 1, (1,))
    saved = improve(database, draft, user_id=lead, at=at)
    publish_improvement(database, saved.id, at=at)
    refresh_stale(database, at=at)
    with database.read() as session:
        return {row.item: row.body for row in session.query(FeedItem)}


def test_examples_have_the_fields_that_are_sent(bodies: Bodies) -> None:
    for item in ("q1", "i1", "summary", "nps"):
        heading = f"### {bodies[item]['kind']}"
        shown = example(PROTOCOL, heading)
        assert list(shown) == list(bodies[item]), heading
        for name, value in bodies[item].items():
            if isinstance(value, dict):
                assert set(shown[name]) == set(value), f"{heading}: {name}"


def test_the_programme_has_the_fields_that_are_sent(at: datetime) -> None:
    screen = Screen(
        id=1, name="Lobby", site="Oslo", locale="nb", timezone="Europe/Oslo", theme="auto",
        motion=True, diagonal_inch=55, distance_m=4, key_hash="", created_at=at,
    )  # fmt: skip
    sent, shown = programme(screen, Preferences()), example(PROTOCOL, "### programme")
    assert set(shown) == set(sent)
    assert shown["playlist"] == sent["playlist"]
    assert shown["lease_hours"] == sent["lease_hours"]
    assert shown["words"].items() <= sent["words"].items()


def test_the_length_of_the_history_is_the_one_in_force() -> None:
    assert HISTORY == 500
    assert "Five hundred changes" in PROTOCOL
