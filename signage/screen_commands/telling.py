"""How commands print what they know: a row with tabs, a field a line, or JSON."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import click

from signage import cli
from signage.web.calls import iso_or_none
from signage.words import N_, translate

BY = cli.BY
OptionFor = Callable[[Callable[..., None]], Callable[..., None]]
AS_JSON: OptionFor = click.option("--json", "as_json", is_flag=True, help="As JSON.")
YES: OptionFor = click.option("--yes", is_flag=True, help="Do not ask first.")


def tell_json(value: object) -> None:
    """As JSON, as people read it too."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def tell_row(*cells: object) -> None:
    """One line of a list."""
    click.echo("\t".join("-" if cell is None else str(cell) for cell in cells))


def tell_fields(fields: Mapping[str, Any]) -> None:
    """Each field with its name; one that is a list in as many lines."""
    for name, value in fields.items():
        for line in lines_of(value):
            click.echo(f"{name}\t{line}")


def lines_of(value: object) -> list[str]:
    """A value as people read it: a list in lines, none as nothing."""
    if isinstance(value, dict):
        return [f"{name}: {each}" for name, each in value.items() if each not in (None, "", {})]
    if isinstance(value, list | tuple):
        parts = ["; ".join(lines_of(each)) for each in value]
        return parts or ["-"]
    if isinstance(value, bool):
        return [translate(N_("yes")) if value else translate(N_("no"))]
    return ["-" if value in {None, ""} else str(value)]


def moment(at: datetime | None) -> str | None:
    """A moment as programs read it, in UTC."""
    return iso_or_none(at)


def say(text: str, **named: object) -> None:
    """A sentence, in the language in force."""
    click.echo(translate(text).format(**named))


def ask(text: str, *, yes: bool, **named: object) -> None:
    """Go on only where somebody says yes, or has said so beforehand."""
    if not yes:
        click.confirm(translate(text).format(**named), abort=True)
