"""Everything that can be called, set or run is documented, and nothing else is."""

import re
from pathlib import Path

import click

from signage import (
    import_command,
    keep_command,
    move_command,
    screen_commands,
    serve,
    simulate_command,
)
from signage.actions.outbox import FEEDS
from signage.actions.prefer import LONGEST_GRACE
from signage.actions.programme import LEASE_HOURS
from signage.app import create_app
from signage.cli import commands
from signage.core.scores import MINIMUM
from signage.jobs import JOBS
from signage.live.handlers import HEAD_SECONDS, IDLE_SECONDS
from signage.live.limits import LARGEST_MESSAGE
from signage.models import Database
from signage.settings import VARIABLES, Settings
from signage.web.security import LARGEST_UPLOAD
from tests.docs.pages import first_cells, page, rows, section

OPERATIONS = page("docs/operations.md")
HIDDEN_METHODS = {"HEAD", "OPTIONS"}


def test_every_route_is_documented(database: Database, tmp_path: Path) -> None:
    settings = Settings(
        data=tmp_path, database_url=str(database.engine.url), secret_key="k" * 32,
        url="http://localhost:8000", host="127.0.0.1", port=8000,
    )  # fmt: skip
    product = create_app(settings)
    there = {
        f"{method} {rule.rule}"
        for rule in product.flask.url_map.iter_rules()
        for method in (rule.methods or set()) - HIDDEN_METHODS
    }
    product.database.engine.dispose()
    assert set(first_cells(section(OPERATIONS, "## Routes"))) == there


def test_every_setting_is_documented_with_its_default() -> None:
    table = rows(section(OPERATIONS, "## Settings"))
    assert {row[0].strip("`") for row in table} == set(VARIABLES)
    source = page("signage/settings.py")
    for name, default, _ in table:
        if plain := re.fullmatch(r"`([\w.]+)`", default):
            assert re.search(rf'"{name.strip("`")}", "?{re.escape(plain[1])}"?[,)]', source), name


def test_every_job_is_documented_with_how_often_it_runs() -> None:
    said = [(name.strip("`"), often) for name, often, _ in rows(section(OPERATIONS, "## Jobs"))]
    assert said == [(job.name, f"{job.seconds} s") for job in JOBS]


def test_every_command_and_option_is_documented() -> None:
    added_on_import = {
        serve.serve_command, import_command.import_command, keep_command.doctor_command,
        move_command.move_command, simulate_command.simulate_command,
    }  # fmt: skip
    assert added_on_import <= set(commands.commands.values())
    assert screen_commands.grouping.group in commands.commands.values()
    said = {
        row[0].strip("`"): set(re.findall(r"--[a-z-]+", row[1]))
        for row in rows(section(OPERATIONS, "## Commands"))
    }
    assert said == dict(walk("signage", commands))


def walk(name: str, command: click.Command) -> list[tuple[str, set[str]]]:
    """Each command by its whole name, with the options that are not hidden."""
    if isinstance(command, click.Group):
        return [
            found for sub, each in command.commands.items() for found in walk(f"{name} {sub}", each)
        ]
    options = [one for one in command.params if isinstance(one, click.Option) and not one.hidden]
    return [(name, {opt for one in options for opt in [*one.opts, *one.secondary_opts]})]


def test_limits_are_the_ones_in_force() -> None:
    said = {row[0]: row[1] for row in rows(section(OPERATIONS, "## Limits"))}
    assert said["file from the desk"].startswith(f"{LARGEST_UPLOAD // 2**20} MB")
    idle = said["a connection on which nothing is asked"]
    assert [float(n) for n in re.findall(r"\d+", idle)] == [IDLE_SECONDS, HEAD_SECONDS]
    assert said["grace period"] == f"0 to {LONGEST_GRACE} seconds"
    assert said["quotes that hang"].startswith(str(FEEDS[0][2]["size"]))
    assert said["customers' words on a wall without contact"] == f"{LEASE_HOURS} hours"
    assert said["answers before a score is shown"] == str(MINIMUM)
    sockets = page("docs/decisions/0008-gevent-websocket-for-now.md")
    assert f"at most {LARGEST_MESSAGE // 1024} KB" in sockets
