"""Every number and every event of the log is documented, and nothing else is."""

import ast
import json
from collections import defaultdict
from collections.abc import Iterator

from prometheus_client.metrics import MetricWrapperBase

from signage import meters
from signage.meters import REGISTRY
from signage.web.probes import ADVICE
from tests.docs.pages import ROOT, example, page, rows, section

OPERATIONS = page("docs/operations.md")


def named(cell: str) -> set[str]:
    """The code of a cell."""
    return {word.strip("` ") for word in cell.split(",")} - {"–"}


def test_every_metric_is_documented() -> None:
    said = {
        row[0].strip("`"): (row[1], named(row[2]))
        for row in rows(section(OPERATIONS, "## Metrics"))
    }
    labels = dict(labels_declared())
    there = {}
    for family in REGISTRY.collect():
        name = f"{family.name}_total" if family.type == "counter" else family.name
        found = labels.get(name, {label for one in family.samples for label in one.labels})
        there[name] = (family.type, found)
    assert said == there


def labels_declared() -> Iterator[tuple[str, set[str]]]:
    """Of our own; a label shows in samples only once something was counted."""
    for meter in vars(meters).values():
        if hasattr(meter, "_labelnames"):
            (family,) = meter.describe()
            name = f"{family.name}_total" if family.type == "counter" else family.name
            yield name, set(meter._labelnames)


def test_what_direct_sockets_alone_count_says_so() -> None:
    said = {row[0].strip("`"): row[3] for row in rows(section(OPERATIONS, "## Metrics"))}
    texts = {path.name: path.read_text("utf-8") for path in (ROOT / "signage").rglob("*.py")}
    alone = {
        next(iter(meter.describe())).name
        for name, meter in vars(meters).items()
        if isinstance(meter, MetricWrapperBase)
        and {file for file, text in texts.items() if f"meters.{name}" in text} == {"wire.py"}
    }
    assert alone
    assert alone == {name for name, meaning in said.items() if "`direct` sockets" in meaning}


def test_alerts_ask_for_metrics_that_there_are() -> None:
    rules = section(OPERATIONS, "## Metrics").rpartition("groups:")[2]
    for name in ("OUTBOX_AGE", "CONFIRMED", "CUT_OFF"):
        (family,) = getattr(meters, name).describe()
        assert family.name in rules


def test_every_event_is_documented_with_its_fields() -> None:
    said = {
        name: named(row[1])
        for row in rows(section(OPERATIONS, "## Logs"))
        for name in named(row[0])
    }
    there: defaultdict[str, set[str]] = defaultdict(set)
    for name, fields in logged():
        there[name] |= fields
    assert said == dict(there)


def logged() -> Iterator[tuple[str, set[str]]]:
    """Each call that logs an event: the names it may give it, and its fields."""
    for path in sorted((ROOT / "signage").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and (named_by := event_argument(node)) is not None:
                fields = {keyword.arg for keyword in node.keywords} - {"level", None}
                for word in ast.walk(named_by):
                    if isinstance(word, ast.Constant) and isinstance(word.value, str):
                        yield word.value, {field for field in fields if field}


def event_argument(call: ast.Call) -> ast.expr | None:
    """What names the event; None for a call that logs none."""
    match call.func:
        case ast.Attribute(value=ast.Name(id="logs"), attr="event") | ast.Name(id="event"):
            return call.args[0]
        case ast.Name(id="log_committed"):
            return call.args[1]
    return None


def test_the_example_of_health_is_one() -> None:
    told = example(OPERATIONS, "## Health")
    assert set(told["parts"]) == set(ADVICE)
    assert ADVICE["redis"].startswith(told["parts"]["redis"]["detail"].removesuffix("…"))


def test_the_two_forms_of_a_line_tell_the_same() -> None:
    logs = section(OPERATIONS, "## Logs")
    told = json.loads(logs.partition("```json\n")[2].partition("```")[0])
    line = next(line.strip() for line in logs.splitlines() if line.startswith("    "))
    pairs = " ".join(f"{name}={told[name]}" for name in ("cause", "feed", "rev", "after"))
    assert line == f"{told['time']} {told['level']} {told['event']} {pairs}"
