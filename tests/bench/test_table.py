"""What a benchmark prints, and how it ends."""

import json

import pytest

from bench.table import Figure, finish

MET = Figure("quick enough", 1.2, "×", at_most=1.3)
MISSED = Figure("too much", 310, "MB", at_most=300)
TOLD = Figure("only told", 12_345)


def test_all_targets_met_ends_well(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        finish([MET, TOLD], as_json=False)

    assert ended.value.code == 0
    printed = capsys.readouterr().out
    assert "1.20 ×" in printed
    assert "≤ 1.30 ×" in printed
    assert "12,345" in printed
    assert "all targets met" in printed


def test_a_missed_target_is_named_and_ends_with_1(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        finish([MET, MISSED], as_json=False)

    assert ended.value.code == 1
    assert "missed: too much" in capsys.readouterr().out


def test_programs_are_told_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        finish([MET, MISSED], as_json=True)

    assert ended.value.code == 1
    told = json.loads(capsys.readouterr().out)
    assert told["met"] is False
    assert [figure["missed"] for figure in told["figures"]] == [False, True]


def test_a_value_on_its_target_meets_it() -> None:
    assert not Figure("just so", 2.0, "×", at_most=2.0).missed


def test_some_figures_must_not_be_too_small(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        finish([Figure("many enough", 1.2, "×", at_least=1.2)], as_json=False)
    assert ended.value.code == 0

    with pytest.raises(SystemExit) as ended:
        finish([Figure("too few", 1.1, "×", at_least=1.2)], as_json=False)
    assert ended.value.code == 1
    printed = capsys.readouterr().out
    assert "≥ 1.20 ×  missed" in printed
