"""`signage playlist …` and `signage week …`: what is drafted, and what hangs."""

import json

import pytest

from signage import clock
from signage.actions import feeds, groups, plans
from signage.actions.feeds import FeedDraft
from signage.core.feed_rules import FeedRule
from signage.core.plan import Entry
from signage.models import Database
from tests.commands.house import added, noted
from tests.planning import digest, drafted, planned_lunch, publish
from tests.test_cli import Signage


def test_playlists_are_drafted_named_and_given_up(signage: Signage, kept: Database) -> None:
    number = signage("playlist", "add", "Lunch", "--like", "built-in").stdout.strip()
    assert signage("playlist", "list").stdout == f"{number}\t10\tLunch\n"
    assert signage("playlist", "list", "--live").stdout == ""

    like = signage("playlist", "add", "Evening", "--like", "lunch").stdout.strip()
    assert drafted(kept).playlists[like].entries == drafted(kept).playlists[number].entries
    assert signage("playlist", "rename", "Lunch", "Noon").stdout == "Saved.\n"
    taken = signage("playlist", "rename", "Noon", "Evening")
    assert (taken.exit_code, taken.stderr) == (1, "There is a playlist of this name already.\n")

    unsaid = signage("playlist", "remove", "Noon")
    assert (unsaid.exit_code, "Delete the playlist Noon" in unsaid.output) == (1, True)
    assert signage.answered("y", "playlist", "remove", "Noon").exit_code == 0
    assert [each.name for each in drafted(kept).playlists.values()] == ["Evening"]
    assert signage("playlist", "show", "Noon").stderr == "There is no playlist Noon.\n"
    assert noted(kept) == ("plan-drafted", f"playlist {number}", "command line")


def test_a_playlist_is_shown_with_its_scenes(signage: Signage, kept: Database) -> None:
    rule = FeedRule("quotes")
    made = feeds.make_feed(kept, FeedDraft("Deliveries", rule), user_id=None, at=clock.now())
    id_ = plans.add_playlist(kept, "Lunch", at=clock.now())
    for entry in (
        Entry("nps", "nps", every=3, offset=1),
        Entry("quote", f"f{made.id}", 2, dwell=20),
    ):
        seen = digest(kept, id_)
        plans.set_entry(kept, id_, None, entry, seen=seen, at=clock.now())

    told = signage("playlist", "show", "lunch").stdout
    assert told == (
        f"id\t{id_}\nname\tLunch\ngroup\t-\n"
        "scene\tNPS, nps × 1, 2/3\n"
        f"scene\tQuotes, one at a time: Deliveries, f{made.id} × 2, 20 s\n"
    )
    as_json = json.loads(signage("playlist", "show", id_, "--json").stdout)
    assert [(each["scene"], each["dwell"]) for each in as_json["scenes"]] == [
        ("nps", None), ("quote", 20),
    ]  # fmt: skip

    feeds.delete_feed(kept, made.id, user_id=None, at=clock.now())
    assert "its feed is gone" in signage("playlist", "show", "Lunch").stdout


def test_what_a_group_shows_is_not_deleted(signage: Signage, kept: Database) -> None:
    id_ = planned_lunch(kept, at=clock.now())

    refused = signage("playlist", "remove", id_, "--yes")

    assert refused.exit_code == 1
    assert refused.stderr == "A group shows it. Take it out of its week first.\n"


def test_weeks_are_told_as_drafted_and_as_they_hang(signage: Signage, kept: Database) -> None:
    group = groups.add_group(kept, "Canteens", at=clock.now())
    added(kept, group_id=group)
    id_ = planned_lunch(kept, at=clock.now(), group=str(group))
    name = drafted(kept).playlists[id_].name
    alone = "0\t0\t0\tThe playlist that comes with it\tScreens without a group\n"
    product = f"{group}\t1\t0\tThe playlist that comes with it\tCanteens\n"

    assert signage("week", "list", "--live").stdout == alone + product
    assert f"{group}\t1\t1\t" in signage("week", "list").stdout
    told = signage("week", "show", "canteens").stdout
    assert f"slot\t{name}: Mon–Fri 11:00–13:30\n" in told
    assert "default only\tMon 00:00–11:00\ndefault only\tMon 13:30 – Tue 11:00\n" in told
    assert "slot\t-\n" in signage("week", "show", "Canteens", "--live").stdout

    publish(kept, at=clock.now())
    (slot,) = json.loads(signage("week", "show", "Canteens", "--live", "--json").stdout)["slots"]
    assert (slot["playlist"], slot["from"], slot["to"]) == (int(id_), "11:00", "13:30")
    both = json.loads(signage("week", "list", "--json").stdout)
    assert [each["group"] for each in both] == [0, group]


@pytest.mark.parametrize("typed", ["99", "Nobody"])
def test_a_week_of_a_group_that_is_not_there_is_told(signage: Signage, typed: str) -> None:
    result = signage("week", "show", typed)

    assert (result.exit_code, result.stderr) == (1, f"There is no group {typed}.\n")
