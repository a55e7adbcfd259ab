import pytest

from signage.core.roles import ACTS, ANYONE, PROGRAM, ROLES, may


@pytest.mark.parametrize("act", ACTS)
def test_who_may_do_more_may_do_all_that_others_may(act: str) -> None:
    able = [may(role, act) for role in ROLES]

    assert able == sorted(able)
    assert able[-1]


def test_a_viewer_only_looks() -> None:
    assert {act for act in ACTS if may("viewer", act)} == {"look", "own"}


def test_what_no_table_names_nobody_may() -> None:
    assert not may("admin", "unheard-of")
    assert not may("root", "look")
    assert not may(None, "look")
    assert not may("admin", PROGRAM)
    assert may(None, ANYONE)
