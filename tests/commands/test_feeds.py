"""`signage feed …`: which there are, what hangs in them, and where."""

import json

from signage import clock
from signage.actions import feeds
from signage.actions.feeds import FeedDraft
from signage.core.feed_rules import FeedRule
from signage.models import Database
from tests.answers import hung
from tests.commands.house import added, noted
from tests.planning import planned_lunch, publish
from tests.test_cli import Signage


def made(kept: Database, title: str, **rule: object) -> int:
    draft = FeedDraft(title, FeedRule(**rule))  # type: ignore[arg-type]  # as each test likes
    return feeds.make_feed(kept, draft, user_id=None, at=clock.now()).id


def test_feeds_are_listed_and_shown_without_the_words(
    signage: Signage, kept: Database, lead: int
) -> None:
    added(kept)
    number = made(kept, "Praise", bands=("good",))
    made(kept, "The score", kind="nps")
    quote = hung(kept, lead=lead, at=clock.now(), score=10)
    planned_lunch(kept, at=clock.now(), feed=f"f{number}")
    publish(kept, at=clock.now())

    assert signage("feed", "list").stdout == "1\tQuotes\t1\t1\tPraise\n2\tNPS\t-\t0\tThe score\n"
    told = signage("feed", "show", "praise").stdout
    assert told == (
        "id\t1\nname\tf1\ntitle\tPraise\nkind\tQuotes\n"
        f"lets in\tpromoter, satisfied, easy\nhangs\tq{quote}\nplaylist\tLunch f1 0: 1\n"
    )
    as_json = json.loads(signage("feed", "show", "f1", "--json").stdout)
    assert (as_json["holds"], as_json["rule"]["bands"]) == ([quote], ["good"])
    assert "holds" not in json.loads(signage("feed", "list", "--json").stdout)[0]


def test_a_feed_is_taken_out_and_brought_back(signage: Signage, kept: Database) -> None:
    number = made(kept, "Praise")

    unsaid = signage("feed", "remove", "Praise")
    assert (unsaid.exit_code, "Delete the feed Praise?" in unsaid.output) == (1, True)
    assert signage("feed", "list").stdout != ""
    gone = signage("feed", "remove", "Praise", "--yes")
    assert (gone.exit_code, f"feed restore {number}" in gone.stdout) == (0, True)
    assert noted(kept) == ("feed-changed", f"feed {number}", "deleted, command line")
    assert signage("feed", "show", "Praise").stderr == "There is no feed Praise.\n"

    assert signage("feed", "restore", str(number)).exit_code == 0
    assert signage("feed", "list").stdout.endswith("\tPraise\n")
    unknown = signage("feed", "restore", "99")
    assert (unknown.exit_code, unknown.stderr) == (1, "It is not there, or not any more.\n")


def test_of_two_with_one_title_the_number_is_asked_for(signage: Signage, kept: Database) -> None:
    first, second = made(kept, "Praise"), made(kept, "Praise")

    result = signage("feed", "show", "Praise")

    assert (result.exit_code, f"{first}, {second}" in result.stderr) == (1, True)
    assert signage("feed", "show", str(second)).stdout.startswith(f"id\t{second}\n")
