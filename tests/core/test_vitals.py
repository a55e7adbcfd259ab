"""What walls say of their pages, held to bounds."""

from typing import Any

import pytest

from signage.core.vitals import MOST_KINDS, Vitals, read_vitals

SAID = {
    "scene": "quote", "errors": 2, "faults": {"quote TypeError": 2}, "uptime": 3600, "heap": 12,
    "dropped": 3, "storage": {"used": 4, "quota": 900}, "player": "0.3.0", "shell": "5cd92ec5",
    "worker": "kept", "failed": None,
}  # fmt: skip


def test_what_is_said_is_kept_and_read_again() -> None:
    vitals = read_vitals(SAID)

    assert vitals == Vitals(
        "quote", 2, {"quote TypeError": 2}, 3600, 12, 3, 4, 900, "0.3.0", "5cd92ec5", "kept", None
    )
    assert Vitals(**vitals.as_json()) == vitals


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("errors", -1), ("errors", True), ("errors", 2**40), ("errors", "2"), ("errors", 1.5),
        ("faults", ["x"]), ("faults", {"Anna said: ring me on 555": 2}), ("faults", {"a b": "2"}),
        ("uptime", None), ("heap", "12"), ("storage", 5), ("storage", {"used": "all"}),
        ("player", "x" * 41), ("player", "<b>"), ("worker", "gone"), ("worker", []),
        ("scene", "a scene with words"), ("failed", 7), ("shell", {}),
    ],
)  # fmt: skip
def test_what_is_malformed_counts_as_not_said(field: str, value: Any) -> None:  # noqa: ANN401 - hostile
    nothing = {"storage": ("storage_used", "storage_quota")}.get(field, (field,))
    vitals, none = read_vitals({**SAID, field: value}), Vitals()

    assert all(getattr(vitals, name) == getattr(none, name) for name in nothing)
    assert read_vitals({field: value}) == none


def test_only_a_few_kinds_of_faults_are_kept() -> None:
    many = {f"quote Error{n}": 1 for n in range(50)}

    assert len(read_vitals({"faults": many}).faults) == MOST_KINDS


@pytest.mark.parametrize(
    ("change", "news"),
    [({"uptime": 9}, False), ({"heap": 99}, False), ({"scene": "nps"}, False),
     ({"errors": 3}, True), ({"worker": "failed"}, True), ({"failed": "abc"}, True)],
)  # fmt: skip
def test_what_grows_by_itself_is_no_news(change: dict[str, Any], news: bool) -> None:
    assert read_vitals({**SAID, **change}).differs(read_vitals(SAID)) is news
