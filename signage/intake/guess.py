"""The first look at a table: which column holds what, judged by its name and by its cells."""

from collections.abc import Iterator
from pathlib import Path

from signage.core.text import one_line
from signage.errors import Problem
from signage.intake.checks import LONGEST_TEXT
from signage.intake.layout import Layout, layout
from signage.intake.mapping import parse_map
from signage.intake.matching import match_columns, metric_of
from signage.intake.plan import Plan
from signage.intake.profile import Profile, profile
from signage.words import N_

__all__ = ["Plan", "guess", "parse_map"]


def guess(path: str | Path, *, source: str | None = None) -> Plan:
    """How to read the file at `path`, from its first megabyte or 2,000 rows.

    source: what the answers' ids belong to; the file's name where none is given, because the ids
    of two surveys must not meet. Raises Invalid where the file is empty or no table of text.
    """
    path = Path(path)
    seen = layout(path)
    profiles = [profile(name, cells) for name, cells in zip(seen.header, seen.columns, strict=True)]
    mapping = match_columns(profiles)
    scored = _holding("score", mapping, profiles)
    metric = metric_of(scored) if scored and "metric" not in mapping.values() else "nps"
    dated = _holding("answered_at", mapping, profiles)
    constants = {"source": source or _source(path)}
    return Plan(
        encodings=seen.encodings,
        separator=seen.separator,
        header=seen.header,
        header_line=seen.header_line,
        mapping=mapping,
        constants=constants if metric == "nps" else {**constants, "metric": metric},
        day_first=dated.written.day_first if dated else None,
        dates={each.column: each.written for each in profiles if each.dates},
        findings=(
            *_about_layout(seen),
            *_about_source(constants["source"], source),
            *_about_metric(metric, scored),
        ),
    )


def _holding(field: str, mapping: dict[str, str], profiles: list[Profile]) -> Profile | None:
    return next((each for each in profiles if mapping.get(each.column) == field), None)


def _source(path: Path) -> str:
    return one_line(path.stem)[:LONGEST_TEXT].strip() or "file"


def _about_layout(seen: Layout) -> Iterator[Problem]:
    if not seen.header_line:
        text = N_("The first row is an answer already, so the columns are numbered.")
        yield Problem("no-header", text)
    elif not seen.rows:
        yield Problem("no-rows", N_("Below the header there is no row."))
    for name in seen.doubled:
        text = N_("Several columns are called “{column}”; the later ones are numbered.")
        yield Problem("column-doubled", text, None, {"column": name[:80]})
    guessed = set(seen.encodings) - {"utf-8", "utf-16-le", "utf-16-be"}
    if guessed:
        text = N_("Not all letters are in UTF-8, so they were guessed. Look at å, é and ü below.")
        yield Problem("letters-guessed", text)


def _about_source(name: str, given: str | None) -> Iterator[Problem]:
    if given is None:
        text = N_("The answers are filed under “{source}”, the name of the file.")
        yield Problem("source-from-name", text, "source", {"source": name})


def _about_metric(metric: str, scored: Profile | None) -> Iterator[Problem]:
    if scored and metric != "nps":
        text = N_("“{column}” looks like {metric}: its scores go from {low} to {high}.")
        params: dict[str, str | int] = {"column": scored.column, "metric": metric.upper()}
        yield Problem(
            "metric-guessed", text, "metric", {**params, "low": scored.low, "high": scored.high}
        )
