import pytest

from signage.core.painted import Part, is_painted

PARTS = (Part(1, "e1", 5), Part(2, "f1", 3))
PRESENT = {1: "e1", 2: "f1"}


@pytest.mark.parametrize(
    "painted",
    [
        {1: ("e1", 5), 2: ("f1", 3)},
        {1: ("e1", 9), 2: ("f1", 4), 3: ("g1", 0)},
    ],
)
def test_who_has_reached_every_part_shows_nothing_from_before(
    painted: dict[int, tuple[str, int]],
) -> None:
    assert is_painted(PARTS, painted, PRESENT)


@pytest.mark.parametrize(
    "painted",
    [
        {},
        {1: ("e1", 5)},
        {1: ("e1", 5), 2: ("f1", 2)},
        {1: ("e1", 4), 2: ("f1", 3)},
        {1: ("e0", 99), 2: ("f1", 3)},
        {1: ("", 5), 2: ("f1", 3)},
    ],
)
def test_who_has_not_may_still_show_it(painted: dict[int, tuple[str, int]]) -> None:
    assert not is_painted(PARTS, painted, PRESENT)


def test_a_feed_that_began_anew_was_taken_without_it() -> None:
    assert is_painted(PARTS, {1: ("e2", 0), 2: ("f1", 3)}, {1: "e2", 2: "f1"})
    assert not is_painted(PARTS, {1: ("e1", 4), 2: ("f1", 3)}, {1: "e2", 2: "f1"})


def test_a_feed_of_which_a_screen_shows_nothing_is_not_waited_for() -> None:
    parts = [Part(1, "e", 5), Part(2, "e", 5)]

    assert not is_painted(parts, {1: ("e", 5)}, {1: "e", 2: "e"})
    assert is_painted(parts, {1: ("e", 5)}, {1: "e", 2: "e"}, without={2})
    assert not is_painted(parts, {1: ("e", 4)}, {1: "e", 2: "e"}, without={2})
