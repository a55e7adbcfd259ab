"""The wall's protocol is documented as it is spoken; tests/live/test_protocol_page.py speaks it."""

import ast
import inspect
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from signage.actions import decide
from signage.actions.feeds import MOST
from signage.actions.improve import ImprovementDraft, improve, publish_improvement
from signage.actions.look import Look, dress
from signage.actions.measure import refresh_stale
from signage.actions.notice_draft import NoticeDraft
from signage.actions.notices import write_notice
from signage.actions.outbox import FEEDS, HISTORY
from signage.actions.planned import planned
from signage.actions.programme import LEASE_HOURS, PROTOCOL, Shown, programme
from signage.actions.receive import receive
from signage.actions.screens import let_in, linked
from signage.actions.turns import choose_mix
from signage.core.feed_rules import SIZES
from signage.core.feeds import FeedState, answered, apply_all, read_changes
from signage.core.plan import NO_GROUP, Plan, Playlist, Week, entry_of
from signage.core.slots import playing, slot_of
from signage.core.targets import Targets
from signage.core.week import calendar_of
from signage.intake.draft import draft_from
from signage.live import limits
from signage.live.gateway import WallGateway
from signage.live.sockets import PING_SECONDS, PONG_SECONDS
from signage.live.state import LONGEST_EPOCH
from signage.models import Database, FeedItem, Preferences, Screen
from tests.docs.pages import ROOT, examples, first_cells, page, rows, section
from tests.pictures import drawn

PAGE = page("docs/protocol.md")
SHOWN = examples(PAGE)
SAID_BY_WALLS = {"auth", "hello", "heartbeat", "confirm", "outcome"}
SAID_BY_SERVERS = {
    "refusal", "answer", "changes", "changes-of-another-epoch", "programme", "slots", "token",
    "bye", "command", "plays",
}  # fmt: skip
SAID_BY_AGENTS = {"agent-word", "agent-answer"}  # tests/web/test_agents.py speaks them
BODIES = {
    "notice",
    "takeover",
    "ask",
    "quote",
    "turns",
    "improvement",
    "summary",
    "nps",
    "csat",
    "ces",
    "touchpoints",
    "mix",
}
Bodies = dict[str, dict[str, Any]]


def test_every_example_is_known_here() -> None:
    """So that none is added without being held against the code."""
    assert set(SHOWN) == SAID_BY_WALLS | SAID_BY_SERVERS | SAID_BY_AGENTS | BODIES


def test_every_event_is_documented() -> None:
    emitted = {
        name
        for path in (ROOT / "signage/live").glob("*.py")
        if not path.name.startswith("desk")  # that one is no wall's: see the section on the desk
        for name in emits(path.read_text())
    }
    assert set(first_cells(section(PAGE, "## Events"))) == limits.EVENTS | emitted


def test_the_desks_events_are_documented() -> None:
    emitted = set(emits((ROOT / "signage/live/desk.py").read_text()))
    assert set(first_cells(section(PAGE, "## The desk"))) == emitted == {"news"}
    assert limits.SAID[limits.DESK] == ()


def test_the_player_speaks_the_documented_events() -> None:
    source = page("static/wall/connection.js")
    listened = set(re.findall(r'\.on\("(\w+)"', source)) - {
        "connect", "disconnect", "connect_error",
    }  # fmt: skip
    said = set(re.findall(r'(?:#say|emit)\("(\w+)"', source))
    assert listened | said == set(first_cells(section(PAGE, "## Events")))


def test_the_player_keeps_the_documented_times() -> None:
    source = page("static/wall/connection.js")
    for name, milliseconds, says in (
        ("HEARTBEAT_MS", "30_000", "every 30 s"),
        ("ANSWER_MS", "10_000", "within\n10 s"),
        ("GAP_MS", "1000", "a second later"),
        ("REFUSED_MS", "60_000", "every minute or so"),
    ):
        assert f"const {name} = {milliseconds};" in source
        assert says in PAGE, name
    assert "const CAP_MS = 20_000;" in page("static/wall/backoff.js")
    assert "1, 2,\n4 … 20 s" in PAGE


def test_every_refusal_is_documented() -> None:
    source = "".join(inspect.getsource(each) for each in (WallGateway._connect, linked, let_in))
    given = set(re.findall(r'(?: Refused\(|reason = )"(\w+)"', source))
    assert set(first_cells(section(PAGE, "## Connecting"))) == given
    assert SHOWN["refusal"]["data"]["reason"] in given


def test_every_closing_is_documented() -> None:
    table = section(PAGE, "## Sizes, rates and closings").split("closed with a code", 1)[1]
    assert {reason.strip("`"): int(code) for reason, code, _ in rows(table)} == limits.CLOSINGS


def test_the_bounds_are_the_ones_in_force() -> None:
    said = dict(rows(section(PAGE, "## Sizes, rates and closings")))
    in_force = {
        "a message from a wall": f"{limits.LARGEST_MESSAGE // 1024} KB",
        "messages from a wall": f"{limits.BURST:.0f} at once, {limits.PER_SECOND:.0f} a second",
        "messages that wait to be handled": f"{limits.MOST_PENDING}",
        "bytes that wait for a wall that does not read": f"{limits.LARGEST_BACKLOG // 1024} KB; "
        f"with ordinary sockets {limits.LONGEST_QUEUE} packets",
        "time to name the namespace": f"{limits.NAMESPACE_SECONDS:.0f} s",
        "ping of the server": f"every {PING_SECONDS} s; "
        f"a wall that does not answer within {PONG_SECONDS} s",
        "items of `quotes`": f"{FEEDS[0][2]['size']}",
        "items of a feed made at the desk": f"{SIZES[1]}, and",
        "feeds made at the desk": f"{MOST}",
        "changes kept for each feed": f"{HISTORY}",
        "an epoch that a wall says": f"{LONGEST_EPOCH} characters",
    }
    assert set(said) == set(in_force)
    for what, bound in in_force.items():
        assert said[what].startswith(bound), what
    assert HISTORY == 500
    assert "Five hundred changes" in PAGE


def test_the_examples_tell_one_story() -> None:
    """What hello says is brought on by the answer, then by the changes; what was dropped is
    confirmed; and the heartbeat says where that leads."""
    had = {"quotes": held(SHOWN["hello"], "quotes", {"q12": {}, "q9": {}})}

    after = answered(had, SHOWN["answer"]["feeds"])
    assert not after.gap
    assert after.dropped == ("quotes",)
    quotes = after.feeds["quotes"]
    confirmed = SHOWN["confirm"]
    assert (confirmed["feed"], confirmed["epoch"], confirmed["rev"]) == (
        "quotes", quotes.epoch, quotes.rev,
    )  # fmt: skip
    assert quotes == held(SHOWN["heartbeat"], "quotes", {"q9": {}})

    told = SHOWN["changes"]
    step = apply_all(quotes, told["epoch"], read_changes(told["changes"]))
    assert step.feed == FeedState(quotes.epoch, 44, {"q13": {}})
    assert (step.gap, step.dropped) == (False, True)

    told = SHOWN["changes-of-another-epoch"]
    assert apply_all(step.feed, told["epoch"], read_changes(told["changes"])).gap


def held(said: dict[str, Any], feed: str, items: dict[str, Any]) -> FeedState:
    """A feed at the position that an example says."""
    assert said["painted"] == said["feeds"], "all is drawn in these examples"
    return FeedState(**said["feeds"][feed], items=items)


def test_fields_that_nobody_knows_are_ignored() -> None:
    had = {"quotes": held(SHOWN["hello"], "quotes", {"q12": {}})}
    told = SHOWN["answer"]["feeds"]
    newer = {
        name: {**feed, "more": 1, "changes": [{**each, "more": 1} for each in feed["changes"]]}
        if "changes" in feed
        else {**feed, "more": 1}
        for name, feed in told.items()
    }
    assert answered(had, newer) == answered(had, told)


def test_the_number_of_the_protocol_is_the_one_in_force() -> None:
    assert SHOWN["auth"]["protocol"] == SHOWN["programme"]["protocol"] == PROTOCOL
    assert f"Protocol {PROTOCOL}, over" in PAGE
    assert f"speaks, today {PROTOCOL} alone" in PAGE
    assert f"export const PROTOCOL = {PROTOCOL};" in page("static/wall/connection.js")


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
    choose_mix(database, "equal", user_id=lead, at=at)
    write_notice(
        database, NoticeDraft("Thank you!", "", None, None, picture=drawn(), picture_tells="Us"),
        user_id=lead, at=at,
    )  # fmt: skip
    glad = NoticeDraft(
        "Reached!", "", at, at + timedelta(hours=1), takes_over=True, look="celebration",
        targets=Targets(groups=frozenset({0})),
    )  # fmt: skip
    write_notice(database, glad, user_id=lead, at=at)
    look = Look("", "full", {}, survey_url="https://example.com/ask", ask="")
    dress(database, look, user_id=lead, at=at)
    with database.read() as session:
        return {row.item: row.body for row in session.query(FeedItem)}


def test_examples_have_the_fields_that_are_sent(bodies: Bodies) -> None:
    # With one answer most figures are "unasked": they have the same fields all the same.
    kinds = {
        item: body["id"] if body["kind"] == "unasked" else body["kind"]
        for item, body in bodies.items()
    }
    assert set(kinds.values()) == BODIES
    for item, body in bodies.items():
        shown = SHOWN[kinds[item]]
        assert list(shown) == list(body), body["kind"]
        for name, value in body.items():
            if isinstance(value, dict):
                assert set(shown[name]) == set(value), f"{body['kind']}: {name}"


def test_the_programme_has_the_fields_that_are_sent(at: datetime) -> None:
    screen = Screen(
        id=1, name="Lobby", site="Oslo", locale="nb", timezone="Europe/Oslo", theme="auto",
        motion=True, diagonal_inch=55, distance_m=4, key_hash="", created_at=at,
    )  # fmt: skip
    sent, shown = programme(screen, Preferences()), SHOWN["programme"]
    assert set(shown) == set(sent)
    assert set(shown["screen"]) == set(sent["screen"])
    assert shown["playlist"] == sent["playlist"]
    assert shown["lease_hours"] == sent["lease_hours"] == LEASE_HOURS
    assert shown["words"].items() <= sent["words"].items()


def test_a_programme_with_slots_is_the_one_of_the_example() -> None:
    """Told as it is planned, and played as it is told."""
    screen = Shown(1, "Lobby", "Oslo", "nb", "Europe/Oslo", "auto", True, 55, 4)
    shown = SHOWN["slots"]
    lunch = Playlist("3", "Lunch", tuple(map(entry_of, shown["playlists"]["3"])))
    week = Week(slots=tuple(map(slot_of, shown["slots"])))
    plan = planned(Plan({"3": lunch}, {NO_GROUP: week}), shown["holidays"], None)
    sent = programme(screen, Preferences(), plan)

    assert {name: sent[name] for name in shown} == shown
    assert set(sent) == set(SHOWN["programme"]) | set(shown)
    friday = datetime(2026, 12, 25, 11, tzinfo=UTC)  # a holiday
    calendar = calendar_of(sent["holidays"])
    hang = [slot_of(slot) for slot in sent["slots"]]
    assert playing(hang, friday, sent["timezone"], calendar) is None
    found = playing(hang, friday - timedelta(days=1), sent["timezone"], calendar)
    assert found
    assert found.playlist in sent["playlists"]
