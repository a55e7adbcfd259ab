"""`signage takeover …`: hung at once, where and for how long, and ended."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from signage import clock
from signage.actions import groups, takeovers
from signage.actions.takeovers import TextDraft
from signage.core.targets import targets_of
from signage.models import Database, Notice, PreparedText, User
from tests.answers import items
from tests.commands.house import added, noted
from tests.test_cli import Signage


def notices(kept: Database) -> list[Notice]:
    with kept.read() as session:
        return list(session.scalars(select(Notice).order_by(Notice.id)))


def ready(kept: Database, headline: str = "Leave the house", **more: object) -> int:
    """A text kept ready by somebody."""
    with kept.write() as session:
        user = User(
            email=f"{headline}@example.com", name="Lead", password_hash="-", language="en",
            role="lead", created_at=clock.now(),
        )  # fmt: skip
        session.add(user)
        session.flush()
        number = user.id
    draft = TextDraft(headline, "By the stairs.", **more)  # type: ignore[arg-type]  # as each likes
    return takeovers.write_text(kept, draft, user_id=number, at=clock.now()).id


def minutes(notice: Notice) -> int:
    assert notice.shows_until is not None
    return (notice.shows_until - notice.shows_from) // timedelta(minutes=1)


def test_a_headline_takes_all_walls_over_after_a_yes(signage: Signage, kept: Database) -> None:
    added(kept)
    added(kept, "Stairs")

    unsaid = signage("takeover", "hang", "Goal reached", "--look", "celebration")
    assert (unsaid.exit_code, notices(kept)) == (1, [])
    assert "Goal reached · 30 min · on every wall\n" in unsaid.output
    assert "Screens that it takes over at once: 2." in unsaid.output

    said = ("takeover", "hang", "Goal reached", "--look", "celebration", "--words", "Thank you")
    done = signage.answered("y", *said, "--minutes", "5")
    (notice,) = notices(kept)
    assert (done.exit_code, f"takeover {notice.id}." in done.stdout) == (0, True)
    assert (notice.words, notice.look, minutes(notice)) == ("Thank you", "celebration", 5)
    assert notice.targets is None
    assert f"n{notice.id}" in items(kept, "notices"), "walls are told"
    assert noted(kept) == ("notice-hung", f"n{notice.id}", "command line")


def test_it_hangs_only_where_it_is_meant_to(signage: Signage, kept: Database) -> None:
    group = groups.add_group(kept, "Canteens", at=clock.now())
    added(kept, group_id=group)
    stairs = added(kept, "Stairs")
    added(kept, "Roof")

    said = ("takeover", "hang", "Soup", "--group", "canteens", "--screen", "Stairs")
    assert "takes over at once: 2." in signage(*said).output
    assert signage(*said, "--yes").exit_code == 0
    assert signage("takeover", "hang", "Alone", "--group", "0", "--yes").exit_code == 0

    assert [each.targets for each in notices(kept)] == [
        {"groups": [group], "screens": [stairs]}, {"groups": [0], "screens": []},
    ]  # fmt: skip
    listed = signage("takeover", "list").stdout.splitlines()
    assert [line.split("\t")[3:] for line in listed] == [
        ["-", "Canteens, Stairs", "Soup"], ["-", "No group", "Alone"],
    ]  # fmt: skip
    as_json = json.loads(signage("takeover", "list", "--json").stdout)
    assert as_json[0]["for"] == {"groups": [group], "screens": [stairs]}
    assert as_json[0]["on"] is True


def test_a_text_kept_ready_hangs_as_it_says_or_as_is_said(signage: Signage, kept: Database) -> None:
    screen = added(kept)
    number = ready(kept, urgent=True, minutes=45)
    ready(kept, "Soup", minutes=10, targets=targets_of((), (screen,)))
    assert signage("takeover", "texts").stdout == (
        f"{number}\t45\turgent\ton every wall\tLeave the house\n"
        f"{number + 1}\t10\t-\tCanteen\tSoup\n"
    )

    hang = ("takeover", "hang", "--yes", "--text")
    assert signage(*hang, "leave the house").exit_code == 0
    assert signage(*hang, "Soup", "--minutes", "3", "--group", "0").exit_code == 0
    urgent, soup = notices(kept)
    assert (urgent.urgent, urgent.words, minutes(urgent)) == (True, "By the stairs.", 45)
    assert (soup.targets, minutes(soup)) == ({"groups": [0], "screens": []}, 3)
    texts = json.loads(signage("takeover", "texts", "--json").stdout)
    assert [(each["id"], each["urgent"]) for each in texts] == [(number, True), (number + 1, False)]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ((), "Write a headline.\n"),
        (("x" * 81,), "At most 80 characters.\n"),
        (("Soup", "--group", "Nobody"), "There is no group Nobody.\n"),
        (("Soup", "--screen", "99"), "There is no screen 99.\n"),
        (("Soup", "--urgent", "--group", "0"), "What is urgent hangs on every wall.\n"),
        (("--text", "Nothing"), "No text Nothing is kept ready.\n"),
        (("Soup", "--text", "1"), "With --text leave out the headline"),
        (("--text", "Leave the house", "--group", "0"), "What is urgent hangs on every wall.\n"),
    ],
)
def test_what_cannot_hang_says_why(
    signage: Signage, kept: Database, said: tuple[str, ...], words: str
) -> None:
    ready(kept, urgent=True)

    result = signage("takeover", "hang", *said, "--yes")

    assert (result.exit_code, result.stdout, notices(kept)) == (1, "", [])
    assert result.stderr.startswith(words)
    assert signage("takeover", "hang", "Soup", "--minutes", "0").exit_code == 2


def test_one_is_ended_by_its_headline_or_number(signage: Signage, kept: Database) -> None:
    for headline in ("Soup", "Cake"):
        signage("takeover", "hang", headline, "--yes")
    soup, cake = notices(kept)

    unsaid = signage("takeover", "end", "soup")
    assert (unsaid.exit_code, "End “Soup” now?" in unsaid.output) == (1, True)
    assert signage("takeover", "end", "soup", "--yes").exit_code == 0
    assert noted(kept) == ("notice-ended", f"n{soup.id}", "command line")
    assert signage.answered("y", "takeover", "end", str(cake.id)).exit_code == 0

    assert items(kept, "notices") == {}
    assert signage("takeover", "list").stdout == ""
    again = signage("takeover", "end", "soup", "--yes")
    assert (again.exit_code, again.stderr) == (1, "No takeover soup is on or to come.\n")
    with kept.read() as session:
        assert session.scalars(select(PreparedText)).all() == []
