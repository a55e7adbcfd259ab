import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from signage.core.lease import HOUR_MS, dies_at, leased, reckoned

VECTORS = json.loads(
    Path(__file__).parents[1].joinpath("vectors", "lease.json").read_text(encoding="utf-8")
)


def vectors(call: str) -> list[Any]:
    return [pytest.param(each, id=each["name"]) for each in VECTORS if each["call"] == call]


@pytest.mark.parametrize("vector", vectors("leased"))
def test_leased(vector: dict[str, Any]) -> None:
    held = leased(vector["contact"], lease_hours=vector["lease_hours"], now=vector["now"])
    assert held is vector["expect"]


@pytest.mark.parametrize("vector", vectors("reckoned"))
def test_reckoned(vector: dict[str, Any]) -> None:
    now = reckoned(vector["clock"], contact=vector["contact"], seen=vector["seen"])
    assert now == vector["expect"]


@pytest.mark.parametrize("vector", vectors("restarts"))
def test_time_without_the_server_adds_up(vector: dict[str, Any]) -> None:
    """Each run starts with a clock at 1970, as on a device without a battery for it."""
    contact, hours, seen, held = vector["contact"], vector["lease_hours"], None, []
    for run in vector["runs"]:
        seen = reckoned(0, contact=contact, seen=seen) + run * HOUR_MS
        held.append(leased(contact, lease_hours=hours, now=seen))
    assert held == vector["expect"]


@pytest.mark.parametrize("vector", vectors("dies_at"))
def test_dies_at(vector: dict[str, Any]) -> None:
    moment = dies_at(moment_of(vector["contact"]), vector["lease_hours"])
    assert moment == moment_of(vector["expect"])


@pytest.mark.parametrize("hours", [0, 1, 72, 8760])
def test_a_copy_hangs_until_the_moment_at_which_it_dies_and_no_longer(hours: int) -> None:
    contact = 1776152520000
    end = round(dies_at(moment_of(contact), hours).timestamp() * 1000)
    assert leased(contact, lease_hours=hours, now=end)
    assert not leased(contact, lease_hours=hours, now=end + 1)


def moment_of(milliseconds: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)
