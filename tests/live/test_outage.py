"""A fault that lasts takes a line when it begins and one when it is over."""

import logging

import pytest
from redis.exceptions import ConnectionError as RedisGone
from sqlalchemy.exc import OperationalError

from signage.live.outage import Outage
from tests.logged import logged

GONE = OperationalError("SELECT the words of a customer", {}, Exception("connection lost"))


def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in logged(caplog)]


@pytest.mark.parametrize("fault", [GONE, RedisGone("gone"), OSError("no space left")])
def test_an_expected_fault_is_said_once_and_without_a_trace(
    caplog: pytest.LogCaptureFixture, fault: Exception
) -> None:
    caplog.set_level(logging.INFO, "signage.delivery")
    outage = Outage("announcing")

    for _ in range(3):
        outage.failed(fault)
    outage.healed()
    outage.healed()

    assert lines(caplog) == ["failing", "healed"]
    assert not any(record.exc_info for record in logged(caplog))
    assert "customer" not in caplog.text


def test_a_surprise_says_once_where_it_came_from(caplog: pytest.LogCaptureFixture) -> None:
    outage = Outage("announcing")

    for _ in range(3):
        outage.failed(KeyError("q1"))

    assert lines(caplog) == ["failing", "announcing fails, and should not"]
    assert logged(caplog)[1].exc_info


def test_what_never_failed_is_never_healed(caplog: pytest.LogCaptureFixture) -> None:
    Outage("announcing").healed()

    assert lines(caplog) == []
