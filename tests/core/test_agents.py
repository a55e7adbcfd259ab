"""What an agent says, held to bounds."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signage.core.agents import LATELY, Report, read_report, report_of, was_heard

AT = datetime(2026, 4, 14, 7, 42, tzinfo=UTC)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)
FIELDS = ("temperature", "signal", "uptime", "undervoltage", "version")


def test_what_is_well_said_is_kept() -> None:
    said = {
        "temperature": 54.27, "signal": -61, "uptime": 3600, "undervoltage": False, "version": "1",
    }  # fmt: skip
    report = read_report(said)

    assert report == Report(54.3, -61, 3600, False, "1")
    assert report_of(report.as_json()) == report
    assert report_of({}) == report_of(None) == Report()


@pytest.mark.parametrize("name", FIELDS)
@given(said=ANYTHING)
def test_whatever_is_said_is_within_bounds(name: str, said: object) -> None:
    report = read_report({name: said})

    assert report.temperature is None or -60 <= report.temperature <= 200
    assert report.signal is None or -120 <= report.signal <= 0
    assert report.uptime is None or report.uptime >= 0
    assert report.version is None or len(report.version) <= 20


@pytest.mark.parametrize(
    ("temperature", "signal", "hot", "reception"),
    [
        (79.9, -59, False, "strong"),
        (80.0, -60, True, "strong"),
        (None, -61, False, "fair"),
        (None, -75, False, "fair"),
        (None, -76, False, "weak"),
        (None, None, False, None),
    ],
)
def test_hot_and_weak_are_told(
    temperature: float | None, signal: int | None, hot: bool, reception: str | None
) -> None:
    report = Report(temperature, signal)

    assert (report.is_hot, report.reception) == (hot, reception)


def test_what_changes_all_the_time_is_no_alarm() -> None:
    assert not Report(50, -60, 10).alarms_unlike(Report(60, -70, 20))
    assert Report(80).alarms_unlike(Report(79))
    assert Report(undervoltage=True).alarms_unlike(Report())


def test_an_agent_is_there_for_a_while() -> None:
    assert was_heard(AT - LATELY, AT)
    assert not was_heard(AT - LATELY - timedelta(seconds=1), AT)
    assert not was_heard(None, AT)
