import json
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signage.core.feeds import GAP, Change, FeedState, answer, answered, apply, apply_all

VECTORS = json.loads(
    Path(__file__).parents[1].joinpath("vectors", "feeds.json").read_text(encoding="utf-8")
)


def vectors(call: str) -> list[Any]:
    return [pytest.param(each, id=each["name"]) for each in VECTORS if each["call"] == call]


@pytest.mark.parametrize("vector", vectors("apply"))
def test_apply(vector: dict[str, Any]) -> None:
    before = FeedState(**vector["state"])
    after = apply(before, vector["epoch"], Change(**vector["change"]))
    expected = GAP if vector["expect"] == "gap" else FeedState(**vector["expect"])
    assert after == expected
    assert before == FeedState(**vector["state"])


@pytest.mark.parametrize("vector", vectors("answer"))
def test_answer(vector: dict[str, Any]) -> None:
    have = vector["have"] and (vector["have"]["epoch"], vector["have"]["rev"])
    history = [Change(**change) for change in vector["history"]]
    changes = answer(have, epoch=vector["epoch"], rev=vector["rev"], history=history)
    expected = vector["expect"]
    assert changes == (None if expected is None else tuple(Change(**each) for each in expected))


@pytest.mark.parametrize("vector", vectors("applyAll"))
def test_apply_all(vector: dict[str, Any]) -> None:
    before = FeedState(**vector["state"])
    step = apply_all(before, vector["epoch"], [Change(**each) for each in vector["changes"]])
    expected = vector["expect"]
    assert step.feed == FeedState(**expected["feed"])
    assert (step.gap, step.dropped) == (expected["gap"], expected["dropped"])
    assert before == FeedState(**vector["state"])


@pytest.mark.parametrize("vector", vectors("answered"))
def test_answered(vector: dict[str, Any]) -> None:
    after = answered(_states(vector["have"]), vector["feeds"])
    expected = vector["expect"]
    assert after.feeds == _states(expected["feeds"])
    assert (after.gap, list(after.dropped)) == (expected["gap"], expected["dropped"])


def _states(feeds: dict[str, Any]) -> dict[str, FeedState]:
    return {name: FeedState(**feed) for name, feed in feeds.items()}


def test_a_change_seen_before_leaves_the_very_same_state() -> None:
    state = FeedState("e1", 4, {"a": {}})
    assert apply(state, "e1", Change(4, "drop", "a")) is state


@pytest.mark.parametrize(
    ("op", "body"), [("put", None), ("drop", {}), ("move", {}), ("move", None)]
)
def test_a_change_that_could_not_be_applied_is_refused(
    op: Literal["put", "drop"], body: dict[str, str] | None
) -> None:
    with pytest.raises(ValueError, match="change 7"):
        Change(7, op, "a", body)


steps = st.lists(st.tuples(st.sampled_from(["put", "drop"]), st.sampled_from("abc")), max_size=12)


def history_of(steps_taken: list[tuple[Literal["put", "drop"], str]]) -> list[Change]:
    return [
        Change(rev, op, item, {"rev": rev} if op == "put" else None)
        for rev, (op, item) in enumerate(steps_taken, 1)
    ]


def replay(state: FeedState, changes: list[Change]) -> FeedState:
    for change in changes:
        applied = apply(state, "e1", change)
        assert applied is not GAP
        state = applied
    return state


@given(steps, st.integers(0, 12), st.integers(0, 12))
def test_an_answer_brings_any_screen_to_the_same_state_or_asks_for_a_snapshot(
    taken: list[tuple[Literal["put", "drop"], str]], seen: int, forgotten: int
) -> None:
    history = history_of(taken)
    rev, seen = len(history), min(seen, len(history))
    nothing = FeedState("e1", 0, {})
    screen = replay(nothing, history[:seen])
    missing = answer(("e1", seen), epoch="e1", rev=rev, history=history[forgotten:])
    if missing is None:
        assert forgotten > seen
    else:
        assert replay(screen, list(missing)) == replay(nothing, history)


@given(steps, st.data())
def test_changes_told_twice_or_late_change_nothing(
    taken: list[tuple[Literal["put", "drop"], str]], data: st.DataObject
) -> None:
    history = history_of(taken)
    final = replay(FeedState("e1", 0, {}), history)
    again = data.draw(st.lists(st.sampled_from(history), max_size=5)) if history else []
    assert replay(final, again) == final
