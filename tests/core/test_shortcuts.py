import pytest

from signage.core.shortcuts import USUAL, are_off, check, in_force
from signage.errors import Invalid


def test_what_is_usual_is_not_kept() -> None:
    assert check({}) == {}
    assert check({deed: key.upper() for deed, key in USUAL.items()}) == {}
    assert in_force({}) == USUAL


def test_another_key_or_none_is_kept_and_in_force() -> None:
    kept = check({"approve": " G ", "search": ""})

    assert kept == {"approve": "g", "search": ""}
    assert in_force(kept) == {**USUAL, "approve": "g", "search": ""}


def test_two_deeds_may_change_places() -> None:
    assert in_force(check({"next": "k", "previous": "j"}))["next"] == "k"


def test_all_can_be_off() -> None:
    assert are_off(check({}, off=True))
    assert not are_off(check({}))


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({"approve": "r"}, "key-taken"),
        ({"approve": "g", "mask": "G"}, "key-taken"),
        ({"approve": "1"}, "no-key"),
        ({"approve": "ab"}, "no-key"),
        ({"approve": "\u0301"}, "no-key"),
    ],
)
def test_a_conflict_or_no_key_is_refused(wanted: dict[str, str], code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        check(wanted)

    assert code in {problem.code for problem in refusal.value.problems}
