"""`signage group …`."""

import json

from sqlalchemy import select

from signage.models import Database, Group
from tests.commands.house import added, noted, screen
from tests.test_cli import Signage


def test_groups_come_change_and_go(signage: Signage, kept: Database) -> None:
    number = signage("group", "add", "Canteens").stdout.strip()
    one = added(kept, group_id=int(number))
    assert signage("group", "list").stdout == f"{number}\t1\tCanteens\n"
    assert json.loads(signage("group", "list", "--json").stdout) == [
        {"id": int(number), "name": "Canteens", "screens": 1}
    ]
    assert signage("group", "add", "canteens").stderr == "There is a group of that name already.\n"

    assert signage("group", "rename", "canteens", "Kitchens").exit_code == 0
    assert signage("group", "remove", "Kitchens").exit_code == 1, "nobody said yes"
    with kept.read() as session:
        assert session.scalars(select(Group.name)).all() == ["Kitchens"]

    assert signage("group", "remove", "Kitchens", "--yes").exit_code == 0
    assert signage("group", "list").stdout == ""
    assert screen(kept, one).group_id is None
    assert noted(kept) == ("group-deleted", f"group {number}", "command line")
    assert signage("group", "remove", "Kitchens", "--yes").stderr == "There is no group Kitchens.\n"
