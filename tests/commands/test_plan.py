"""`signage plan …`: published, given up, undone."""

import json

import pytest
from sqlalchemy import select

from signage import clock
from signage.actions import plans
from signage.models import Database, Edition
from signage.models.plan import PlanDraft, PublishedPlan
from tests.commands.house import added, noted
from tests.planning import drafted, live, planned_lunch, publish
from tests.test_cli import Signage


def plans_published(kept: Database) -> list[int]:
    with kept.read() as session:
        return list(session.scalars(select(PublishedPlan.id).order_by(PublishedPlan.id)))


def is_drafted(kept: Database) -> bool:
    with kept.read() as session:
        return session.get(PlanDraft, 1) is not None


def test_what_is_drafted_is_shown_and_published_after_a_yes(
    signage: Signage, kept: Database
) -> None:
    added(kept)
    assert signage("plan", "show").stdout == "published\t-\ndraft\t-\n"
    id_ = planned_lunch(kept, at=clock.now())
    name = drafted(kept).playlists[id_].name

    unsaid = signage("plan", "publish")
    assert (unsaid.exit_code, plans_published(kept)) == (1, [])
    assert f"playlist\t{name}: new\n" in unsaid.output
    assert f"\t+ {name}, Mon–Fri 11:00–13:30\n" in unsaid.output
    assert "screens\t1\n" in unsaid.output

    assert signage.answered("n", "plan", "publish").exit_code == 1
    assert plans_published(kept) == []
    done = signage.answered("y", "plan", "publish")
    assert (done.exit_code, done.stdout.endswith("Walls change between two scenes.\n")) == (0, True)
    assert name in [each.name for each in live(kept).playlists.values()]
    assert noted(kept) == ("plan-published", f"plan {plans_published(kept)[0]}", "command line")
    with kept.read() as session:
        assert session.scalars(select(Edition.what)).all() == ["plan"], "walls are told"


def test_only_what_was_seen_is_published(signage: Signage, kept: Database) -> None:
    planned_lunch(kept, at=clock.now())
    seen = json.loads(signage("plan", "show", "--json").stdout)["draft"]["revision"]
    planned_lunch(kept, at=clock.now(), feed="csat")

    for command in ("publish", "discard"):
        stale = signage("plan", command, "--revision", seen, "--yes")
        assert (stale.exit_code, stale.stdout) == (1, "")
        assert stale.stderr == "It has changed meanwhile. Look again, then decide.\n"
    assert (plans_published(kept), is_drafted(kept)) == ([], True)

    now = json.loads(signage("plan", "show", "--json").stdout)["draft"]["revision"]
    assert signage("plan", "publish", "--revision", now, "--yes").exit_code == 0
    assert (len(plans_published(kept)), is_drafted(kept)) == (1, False)


def test_a_draft_is_given_up(signage: Signage, kept: Database) -> None:
    planned_lunch(kept, at=clock.now())

    unsaid = signage("plan", "discard")
    assert (unsaid.exit_code, is_drafted(kept)) == (1, True)
    assert "All that was drafted is lost." in unsaid.output
    assert signage("plan", "discard", "--yes").exit_code == 0
    assert (is_drafted(kept), live(kept).playlists) == (False, {})
    assert noted(kept) == ("plan-discarded", "", "command line")


def test_a_publication_is_taken_back_and_is_the_draft(signage: Signage, kept: Database) -> None:
    id_ = planned_lunch(kept, at=clock.now())
    number = publish(kept, at=clock.now())

    unsaid = signage("plan", "undo")
    assert (unsaid.exit_code, f"publication {number}" in unsaid.output) == (1, True)
    undone = signage("plan", "undo", "--yes")
    assert undone.stdout.endswith("What you took back is the draft.\n")
    assert (live(kept).playlists, list(drafted(kept).playlists)) == ({}, [id_])
    assert noted(kept)[2] == "command line"

    publish(kept, at=clock.now())
    plans.add_playlist(kept, "Another", at=clock.now())
    kept_draft = signage("plan", "undo", "--yes")
    assert kept_draft.stdout.endswith("The draft has stayed as it was.\n")
    assert "Another" in [each.name for each in drafted(kept).playlists.values()]


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("publish", "Nothing waits to be published\n"),
        ("discard", "Nothing waits to be published\n"),
        ("undo", "Nothing was published yet.\n"),
    ],
)
def test_where_there_is_nothing_it_is_told(signage: Signage, command: str, words: str) -> None:
    result = signage("plan", command, "--yes")

    assert (result.exit_code, result.stdout, result.stderr) == (1, "", words)
