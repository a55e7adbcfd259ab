"""The log: one line an event, in words or in JSON, and no text that can look like a line."""

import errno
import io
import json
import logging
import sys
from collections.abc import Callable, Iterator
from resource import RLIMIT_NOFILE, getrlimit

import gevent
import pytest

from signage import logs

FORGED = "Canteen\n2026-04-14T07:42:00.000Z ERROR forged\r\x1b[2K\x85\u2028\u202e\x00"
HOSTILE = [FORGED, '" level=ERROR', "a=b", "", "\ud800", "\\n", "{}", "日本 ", "'"]

Write = Callable[..., list[str]]


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    """Where the log goes meanwhile; afterwards everything is as it was."""
    root, delivery = logging.getLogger(), logging.getLogger("signage.delivery")
    before = root.handlers[:], root.level, delivery.level
    yield io.StringIO()
    root.handlers[:], root.level, delivery.level = before[0], before[1], before[2]
    logging.captureWarnings(capture=False)


def lines(stream: io.StringIO) -> list[str]:
    """What was written; only a true line feed ends a line."""
    return stream.getvalue().split("\n")[:-1]


def objects(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in lines(stream)]


def test_a_line_for_people(stream: io.StringIO) -> None:
    logs.configure("text", events=True, stream=stream)

    logs.event("announced", cause="d17", rev=43, feed="quotes", name="Solna, floor 4", late=None)

    (line,) = lines(stream)
    moment, rest = line.split(" ", 1)
    assert rest == ('INFO announced cause=d17 rev=43 feed=quotes name="Solna, floor 4" late=None')
    assert len(moment) == len("2026-04-14T07:42:00.123Z")
    assert moment.endswith("Z")


def test_an_object_for_programs(stream: io.StringIO) -> None:
    logs.configure("json", events=True, stream=stream)

    logs.event("announced", cause="d17", rev=43, seconds=0.25, whole=True, late=None)

    (told,) = objects(stream)
    assert str(told.pop("time")).endswith("Z")
    assert told == {
        "level": "INFO", "logger": "signage.delivery", "event": "announced",
        "cause": "d17", "rev": 43, "seconds": 0.25, "whole": True, "late": None,
    }  # fmt: skip


def test_what_others_say_has_its_source_before_it(stream: io.StringIO) -> None:
    logs.configure("text", events=True, stream=stream)

    logging.getLogger("a.library").warning("%s is not an accepted origin.", "http://a.b")

    (line,) = lines(stream)
    assert line.endswith("WARNING a.library: http://a.b is not an accepted origin.")


def test_without_events_only_warnings_stand_there(stream: io.StringIO) -> None:
    logs.configure("text", events=False, stream=stream)

    logs.event("announced", rev=1)
    logs.event("cut-off", level=logging.WARNING, reason="lagging")
    logging.getLogger("gevent").info("hello")

    (line,) = lines(stream)
    assert line.endswith("WARNING cut-off reason=lagging")


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("log_format", ["text", "json"])
def test_no_text_can_look_like_a_line(stream: io.StringIO, log_format: str, hostile: str) -> None:
    logs.configure(log_format, events=True, stream=stream)

    logs.event("cut-off", reason=hostile)
    logging.getLogger(hostile).error("%s", hostile)

    assert len(lines(stream)) == 2
    written = stream.getvalue()
    assert all(sign.isprintable() or sign == "\n" for sign in written)
    assert len(written.splitlines()) == 2


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_program_reads_what_was_said(stream: io.StringIO, hostile: str) -> None:
    logs.configure("json", events=True, stream=stream)

    logs.event("cut-off", reason=hostile)

    assert objects(stream)[0]["reason"] == hostile


def test_a_value_cannot_pose_as_another_field(stream: io.StringIO) -> None:
    logs.configure("text", events=True, stream=stream)

    logs.event("cut-off", reason='lagging" cause="d1')

    assert lines(stream)[0].endswith(r'cut-off reason="lagging\" cause=\"d1"')


def test_a_field_cannot_take_the_place_of_the_lines_own(stream: io.StringIO) -> None:
    logs.configure("json", events=True, stream=stream)

    logs.event("announced", time="never", event="forged", logger="x")

    (told,) = objects(stream)
    assert (told["event"], told["logger"]) == ("announced", "signage.delivery")
    assert told["time"] != "never"


@pytest.mark.parametrize("odd", [float("nan"), float("inf"), {"a": 1}, object()])
def test_what_json_does_not_know_is_told_in_words(stream: io.StringIO, odd: object) -> None:
    logs.configure("json", events=True, stream=stream)

    logs.event("announced", odd=odd)

    assert objects(stream)[0]["odd"] == str(odd)


def fail() -> None:
    raise RuntimeError(f"of line 7 {FORGED}")


def surprised() -> None:
    try:
        fail()
    except RuntimeError:
        logging.getLogger("signage.web").exception("a page failed")


def test_a_surprise_is_a_field_on_the_same_line_for_programs(stream: io.StringIO) -> None:
    logs.configure("json", events=True, stream=stream)

    surprised()

    (told,) = objects(stream)
    assert told["event"] == "a page failed"
    assert "RuntimeError: of line 7" in str(told["exception"])
    assert "in fail" in str(told["exception"])


def test_a_surprise_is_indented_for_people(stream: io.StringIO) -> None:
    logs.configure("text", events=True, stream=stream)

    surprised()

    first, *below = lines(stream)
    assert first.endswith("ERROR signage.web: a page failed")
    assert any("RuntimeError: of line 7" in line for line in below)
    assert all(line.startswith("    | ") for line in below)


def test_what_ends_a_greenlet_stands_in_the_log(
    stream: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    logs.configure("json", events=True, stream=stream)
    monkeypatch.setattr(gevent.get_hub(), "print_exception", logs.surprise, raising=False)

    gevent.spawn(fail).join()

    (told,) = objects(stream)
    assert told["logger"] == "signage.surprises"
    assert "RuntimeError: of line 7" in str(told["exception"])


def test_that_no_more_files_may_be_open_is_one_line(
    stream: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    logs.configure("json", events=True, stream=stream)
    monkeypatch.setattr(gevent.get_hub(), "print_exception", logs.surprise, raising=False)

    monkeypatch.setattr(logs, "_full", logs.Seldom())

    def accept() -> None:
        raise OSError(errno.EMFILE, "Too many open files")

    for _ in range(3):
        gevent.spawn(accept).join()

    (told,) = objects(stream)
    assert told["event"] == "no-more-files"
    assert told["most"] == getrlimit(RLIMIT_NOFILE)[0]
    assert "exception" not in told


def test_what_may_be_said_seldom_is_said_once_a_minute() -> None:
    full = logs.Seldom()

    assert [full.may(at) for at in (5.0, 6.0, 64.9, 65.0, 70.0)] == [
        True,
        False,
        False,
        True,
        False,
    ]


def test_configured_again_nothing_is_said_twice(stream: io.StringIO) -> None:
    logs.configure("text", events=True, stream=sys.stderr)
    logs.configure("json", events=True, stream=stream)

    logs.event("announced", rev=1)

    assert len(lines(stream)) == 1
