"""The benchmark of suggestions, on small data of the same shape: written here, not published."""

import csv
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from bench.suggestion_parts.data import Labelled
from bench.suggestion_parts.measures import (
    Missed,
    false_alarms,
    language_shares,
    offensive_share,
    recall,
)

PROGRAM = Path(__file__).parents[2] / "bench" / "suggestions.py"
FRENCH = "Le magasin est propre et le personnel est très aimable."
ENGLISH = "The seats were wide and the crew was friendly all the way."


def table(path: Path, rows: Sequence[Sequence[str]], delimiter: str = ",") -> None:
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=delimiter).writerows(rows)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """All the data sets, a line or two each."""
    privacy = tmp_path / "privacy"
    privacy.mkdir()
    text = "Write to bo@example.se about it."
    span = {"entity_type": "EMAIL_ADDRESS", "start_position": 9, "end_position": 22}
    (privacy / "synth_dataset_v2.json").write_text(
        json.dumps([{"full_text": text, "spans": [span]}])
    )
    number = {"valid": True, "short_format": "8112189876", "separated_format": "811218-9876"}
    (privacy / "personnummer_list.json").write_text(json.dumps([number]))
    (privacy / "personnummer_interim.json").write_text("[]")
    company = {"short_format": "5567037485", "separated_format": "556703-7485", "valid": False}
    (privacy / "personnummer_orgnumber.json").write_text(json.dumps([company]))
    table(
        privacy / "ids_phones.csv",
        [
            ["kind", "country", "variant", "value", "valid"],
            ["phone", "SE", "mobile", "+46 70 123 45 67", "True"],
            ["iban", "GB", "", "GB33BUKB20201555555555", "True"],
            ["phone", "SE", "", "no phone at all", "False"],
        ],
    )
    table(tmp_path / "nps_fr" / "nps_utf8.csv", [["id", "explication"], ["1", FRENCH], ["2", " "]])
    table(tmp_path / "reviews_en" / "seat_reviews.csv", [["content"], [ENGLISH]])
    posts = [["id", "tweet", "subtask_a"], ["1", "for helvede", "OFF"], ["2", "god dag", "NOT"]]
    table(tmp_path / "toxicity_da" / "offenseval-da-training-v1.tsv", posts, "\t")
    kinds = [["lang", "kind", "text"], ["fr", "sentences", FRENCH], ["en", "sentences", ENGLISH]]
    table(tmp_path / "languages" / "sentences.csv", kinds)
    for code in ("en", "sv", "da", "no", "fi", "de"):
        table(tmp_path / "words" / f"ldnoobw_v2_{code}.txt", [["fuck"], ["table"], ["two words"]])
    return tmp_path


def run(*arguments: object) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, PROGRAM, *map(str, arguments)], capture_output=True, text=True, check=False
    )


def test_it_tells_recall_alarms_languages_and_times(data: Path) -> None:
    ended = run(data, "--quick", "--json")

    told = {figure["name"]: figure for figure in json.loads(ended.stdout)["figures"]}
    assert told["email: found of 1"]["value"] == 100
    assert told["personal_number: found of 2"]["value"] == 100
    assert told["phone: found of 1"]["at_least"] == 98
    assert told["phone: alarms in 200 of nps_fr"]["value"] == 0
    assert told["language fr: right of 1"]["value"] == 100
    assert told["Danish posts called offensive: dirty word found"]["value"] == 100
    assert told["a comment, 99th percentile"]["at_most"] == 10
    assert ended.returncode == any(figure["missed"] for figure in told.values())


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    ended = run(tmp_path / "nothing")

    assert ended.returncode == 2
    assert "is no folder" in ended.stderr


def test_what_is_found_in_part_or_as_something_else_is_missed() -> None:
    seen: Missed = {}
    whole = Labelled("Call +46 70 123 45 67 now", 5, 21, "phone")
    more = Labelled("Call +46 70 123 45 67 now", 5, 24, "phone")
    other = Labelled("Call +46 70 123 45 67 now", 5, 21, "card")

    assert list(recall([whole, more, other], seen)) == [("phone", 50, 2), ("card", 0, 1)]
    assert seen["phone: missed"] == ["+46 70 123 45 67 no"]


def test_a_comment_counts_once_however_often_it_alarms() -> None:
    seen: Missed = {}
    alarms = false_alarms([("a@b.se and c@d.se", "en"), ("nothing", "en")], "these", seen)

    assert dict(alarms) == {"email": 100}
    assert len(seen["email: found in these"]) == 2


def test_offence_and_languages_are_shares_of_their_own() -> None:
    posts = [("for helvede", True), ("grim opførsel", True), ("god dag", False)]
    assert offensive_share(posts, True, {}) == 50
    assert offensive_share(posts, False, {}) == 0

    told = language_shares([(FRENCH, "fr"), (ENGLISH, "fr"), ("Hoe gaat het met jou?", "nl")], {})
    assert list(told) == [("fr", 50, 2), ("of others, as none", 100, 1)]
