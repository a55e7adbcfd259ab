"""The benchmarks run, measure what they say, and end as their targets tell. Tiny sizes: the
figures themselves mean nothing here."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).parents[2] / "bench"


def run(program: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, BENCH / program, *arguments], capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    ("program", "sizes", "expected"),
    [
        (
            "import.py",
            ("50", "100", "150"),
            {"a row of 150 / of 50, processor", "150 rows, no ids: memory"},
        ),
        (
            "pages.py",
            ("20", "60"),
            {"Review: 60 / 20 answers", "On the wall: SQL statements", "Measurement: 60 answers"},
        ),
    ],
)
def test_a_benchmark_tells_its_figures_and_whether_targets_were_missed(
    program: str, sizes: tuple[str, ...], expected: set[str]
) -> None:
    ended = run(program, "--json", "--rounds", "1", "--sizes", *sizes)

    assert ended.returncode in {0, 1}, ended.stderr
    told = json.loads(ended.stdout)
    assert expected <= {figure["name"] for figure in told["figures"]}
    assert all(figure["value"] > 0 for figure in told["figures"])
    missed = [figure["missed"] for figure in told["figures"]]
    assert (ended.returncode == 1) == any(missed) == (not told["met"])


def test_a_benchmark_refuses_what_it_does_not_know() -> None:
    ended = run("pages.py", "--slowly")

    assert ended.returncode == 2
    assert "--slowly" in ended.stderr
