"""What keeps Python busy runs in a process of its own; whatever becomes of it, all goes on."""

import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from signage import beside
from signage.beside import Helper, TookTooLong
from tests.patience import PATIENCE


@pytest.fixture
def helper() -> Iterator[Helper]:
    made = Helper()
    yield made
    made.stop()


def test_it_is_another_process_and_the_same_one_each_time(helper: Helper) -> None:
    first = helper.call(os.getpid)

    assert first != os.getpid()
    assert helper.call(os.getpid) == first


def test_what_is_raised_there_is_raised_here(helper: Helper) -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        helper.call(int, "no number")
    assert helper.call(int, "7") == 7


def test_one_that_was_killed_is_started_again(helper: Helper) -> None:
    first = helper.call(os.getpid)
    os.kill(first, signal.SIGKILL)

    assert helper.call(os.getpid) != first


def test_one_that_dies_of_what_it_is_asked_is_told(helper: Helper) -> None:
    with pytest.raises(EOFError):
        helper.call(os.abort)
    assert helper.call(int, "7") == 7


def test_one_that_takes_too_long_is_given_up() -> None:
    hasty = Helper(patience=0.2)
    with pytest.raises(TookTooLong):
        hasty.call(time.sleep, 60)
    hasty.stop()


def test_one_whose_server_was_killed_meanwhile_ends_without_a_word() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", beside.__name__],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()

    beside._write(process.stdin, pickle.dumps((os.getpid, (), {})))

    assert (process.wait(PATIENCE), process.stderr.read()) == (0, b"")
    process.stdin.close()
    process.stderr.close()


def test_where_no_server_runs_it_is_done_at_the_spot() -> None:
    beside.stop()  # of a server that an earlier test made and did not stop
    assert beside.beside(os.getpid) == os.getpid()


def test_a_server_has_one_and_ends_it() -> None:
    beside.start()
    try:
        other = beside.beside(os.getpid)
        assert other != os.getpid()
    finally:
        beside.stop()
    assert beside.beside(os.getpid) == os.getpid()
    with pytest.raises(ProcessLookupError):
        os.kill(other, 0)
