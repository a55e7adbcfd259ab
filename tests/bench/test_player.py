"""The bench of the wall tells long tasks apart, and says what MagicMirror² would need."""

import json
from pathlib import Path

import pytest

from bench import player
from bench.player_parts import mirror
from bench.player_parts.changes import _long_by_processor

MAIN = {"name": "thread_name", "pid": 7, "tid": 1, "args": {"name": "CrRendererMain"}}


def task(tid: int, tdur: int) -> dict[str, object]:
    return {
        "name": "ThreadControllerImpl::RunTask",
        "pid": 7,
        "tid": tid,
        "dur": 90_000,
        "tdur": tdur,
    }


def test_a_task_is_long_by_the_processor_time_of_the_page_s_main_thread() -> None:
    events = [MAIN, task(1, 51_000), task(1, 49_000), task(2, 80_000)]

    assert _long_by_processor(json.dumps({"traceEvents": events}).encode()) == 1


def test_what_cannot_be_installed_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "package-lock.json").write_text("{}")
    monkeypatch.setattr(mirror, "NODE", tmp_path)
    monkeypatch.setattr(mirror, "PACKAGES", tmp_path / "node_modules")
    monkeypatch.setattr("shutil.which", lambda *_, **__: None)

    assert "npm is missing" in (mirror.install() or "")


def test_its_targets_are_named() -> None:
    assert "80 KB" in (player.__doc__ or "")
    assert player.FULL == (500, 5_000)
