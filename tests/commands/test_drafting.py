"""`signage playlist set` and `signage week set`: what `show --json` prints, changed."""

import json
from pathlib import Path
from typing import Any

import pytest

from signage import clock
from signage.actions import plans
from signage.models import Database
from tests.planning import drafted, planned_lunch
from tests.test_cli import Signage


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "changed.json"


def told(signage: Signage, *what: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(signage(*what, "--json").stdout)
    return found


def test_a_playlist_is_drafted_as_a_file_has_it(
    signage: Signage, kept: Database, file: Path
) -> None:
    signage("playlist", "add", "Lunch", "--like", "built-in")
    lunch = told(signage, "playlist", "show", "Lunch")
    lunch["name"], lunch["scenes"] = "Noon", lunch["scenes"][:2]
    lunch["scenes"][0]["dwell"] = 25
    file.write_text(json.dumps(lunch))

    assert signage("playlist", "set", "Lunch", str(file)).stdout == "Saved in the draft.\n"

    now = drafted(kept).playlists[str(lunch["id"])]
    assert (now.name, [each.dwell for each in now.entries]) == ("Noon", [25, None])
    late = signage("playlist", "set", "Noon", str(file))
    assert (late.exit_code, late.stdout) == (1, "")
    assert late.stderr == "It has changed meanwhile. Look again, then decide.\n"


def test_a_week_is_drafted_as_a_file_has_it(signage: Signage, kept: Database, file: Path) -> None:
    id_ = planned_lunch(kept, at=clock.now())
    week = told(signage, "week", "show", "0")
    week["default"] = int(id_)
    week["slots"].append({**week["slots"][0], "days": [5], "from": "22:00", "to": "02:00"})
    del week["slots"][1]["id"]
    file.write_text(json.dumps(week))

    assert signage("week", "set", "0", str(file)).exit_code == 0

    now = drafted(kept).week(None)
    assert (now.default, [slot.starts for slot in now.slots]) == (id_, ["11:00", "22:00"])


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("{", "This is no JSON: "),
        ("[]", "This must be an object.\n"),
        ('{"id": 9}', "The file is of another one: id is not 1.\n"),
        ('{"colour": "red"}', "colour: "),
        ('{"scenes": [{"scene": "nps", "feed": "nps", "count": 0}]}', "scenes.0.count: "),
        ('{"scenes": [{"scene": "nps", "feed": "f9"}]}', "scenes.0.what: Choose what it shows"),
        ('{"name": ""}', "name: Give the playlist a name.\n"),
    ],
)
def test_what_cannot_be_is_told_with_its_place(
    signage: Signage, kept: Database, file: Path, said: str, words: str
) -> None:
    plans.add_playlist(kept, "Lunch", at=clock.now())
    before = drafted(kept)
    file.write_text(said)

    result = signage("playlist", "set", "Lunch", str(file))

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(words), result.stderr
    assert drafted(kept) == before
    assert signage("playlist", "set", "Lunch", "nowhere.json").exit_code == 2
