"""Changes of a plan, and their refusals."""

from collections.abc import Callable

import pytest

from signage.core import planning
from signage.core.plan import NO_GROUP, Entry, Plan, plan_of
from signage.core.slots import Slot
from signage.errors import Conflict, Invalid, NotFound

QUOTES, NPS, NOTICES = Entry("quote", "quotes", 3), Entry("nps", "nps"), Entry("notice", "notices")


@pytest.fixture
def plan() -> Plan:
    """One playlist of three scenes, in a slot of those without a group."""
    made, id_ = planning.add_playlist(Plan(), " Lunch ", [QUOTES, NPS, NOTICES])
    return planning.add_slot(made, NO_GROUP, Slot(id_, (4,), "11:00", "13:00"))


def seen(plan: Plan) -> str:
    return plan.playlists["1"].digest


def test_a_plan_is_written_and_read_back(plan: Plan) -> None:
    slow = Entry("mosaic", "quotes", 2, 3, 1, dwell=40)
    plan = planning.set_entry(plan, "1", None, slow, seen=seen(plan))
    plan = planning.set_default(plan, "7", "1")

    assert plan_of(plan.written()) == plan
    assert plan_of({}) == Plan()
    assert plan.week(7).playlists == ("1",)
    assert plan.week(None).slots[0].id == "2"
    assert plan.playlists["1"].name == "Lunch"


@pytest.mark.parametrize(
    ("place", "to", "order"),
    [(0, 1, "nps quote notice"), (2, 0, "notice quote nps"), (0, -5, "quote nps notice"),
     (1, 99, "quote notice nps")],
)  # fmt: skip
def test_scenes_are_moved_and_the_ends_are_ends(
    plan: Plan, place: int, to: int, order: str
) -> None:
    moved = planning.move_entry(plan, "1", place, to, seen=seen(plan))

    assert [each.scene for each in moved.playlists["1"].entries] == order.split()


def test_a_scene_is_changed_and_removed(plan: Plan) -> None:
    plan = planning.set_entry(plan, "1", 1, Entry("csat", "csat"), seen=seen(plan))
    plan = planning.remove_entry(plan, "1", 0, seen=seen(plan))

    assert [each.scene for each in plan.playlists["1"].entries] == ["csat", "notice"]


def test_what_was_changed_meanwhile_is_not_overwritten(plan: Plan) -> None:
    old = seen(plan)
    slots = planning.slots_digest(plan.week(None))
    plan = planning.remove_entry(plan, "1", 0, seen=old)

    with pytest.raises(Conflict):
        planning.remove_entry(plan, "1", 0, seen=old)
    with pytest.raises(Conflict):
        planning.set_entry(plan, "1", None, NPS, seen=old)
    plan = planning.add_slot(plan, NO_GROUP, Slot("1"))
    with pytest.raises(Conflict):
        planning.change_slot(plan, NO_GROUP, Slot("1", id="2"), seen=slots)


def test_a_playlist_that_a_group_shows_is_not_deleted(plan: Plan) -> None:
    with pytest.raises(Invalid, match="in-use"):
        planning.delete_playlist(plan, "1")
    plan = planning.delete_slot(plan, NO_GROUP, "2")

    assert planning.delete_playlist(plan, "1").playlists == {}


@pytest.mark.parametrize(
    ("name", "code"),
    [("", "missing"), ("\t", "missing"), ("x" * 61, "too-long"), ("LUNCH", "taken")],
)
def test_a_name_is_needed_short_and_its_own(plan: Plan, name: str, code: str) -> None:
    with pytest.raises(Invalid, match=code):
        planning.add_playlist(plan, name)
    if code != "taken":
        with pytest.raises(Invalid, match=code):
            planning.rename_playlist(plan, "1", name)
    assert planning.rename_playlist(plan, "1", "LUNCH").playlists["1"].name == "LUNCH"


def test_what_is_not_there_is_not_found(plan: Plan) -> None:
    digest = seen(plan)
    changes: tuple[Callable[[], object], ...] = (
        lambda: planning.rename_playlist(plan, "9", "A"),
        lambda: planning.delete_playlist(plan, "9"),
        lambda: planning.remove_entry(plan, "1", 3, seen=digest),
        lambda: planning.move_entry(plan, "1", -1, 0, seen=digest),
        lambda: planning.set_entry(plan, "1", 3, NPS, seen=digest),
        lambda: planning.set_default(plan, NO_GROUP, "9"),
        lambda: planning.add_slot(plan, NO_GROUP, Slot("9")),
        lambda: planning.delete_slot(plan, NO_GROUP, "9"),
        lambda: planning.delete_slot(plan, "7", "2"),
    )
    for change in changes:
        with pytest.raises(NotFound):
            change()


def test_there_is_an_end_to_playlists_scenes_and_slots(plan: Plan) -> None:
    for n in range(planning.MOST_ENTRIES - 3):
        plan = planning.set_entry(plan, "1", None, Entry("quote", "quotes", n + 1), seen=seen(plan))
    with pytest.raises(Invalid, match="too-many"):
        planning.set_entry(plan, "1", None, NPS, seen=seen(plan))
    for _ in range(planning.MOST_SLOTS - 1):
        plan = planning.add_slot(plan, NO_GROUP, Slot("1"))
    with pytest.raises(Invalid, match="too-many"):
        planning.add_slot(plan, NO_GROUP, Slot("1"))
    for n in range(planning.MOST_PLAYLISTS - 1):
        plan, _ = planning.add_playlist(plan, f"Number {n}")
    with pytest.raises(Invalid, match="too-many"):
        planning.add_playlist(plan, "One more")


def test_weeks_of_groups_that_are_no_more_are_left_out(plan: Plan) -> None:
    plan = planning.set_default(plan, "7", "1")

    assert set(planning.without_groups(plan, {"8"}).groups) == {NO_GROUP}
    assert set(planning.without_groups(plan, {"7"}).groups) == {NO_GROUP, "7"}
