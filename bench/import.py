"""The CSV import: rows per second, and memory of the importing process, by size of the file.

Targets: a row of 1,000,000 costs less than 1.3 times the processor time of a row of 10,000;
under 300 MB at each size, with and without a column of ids; a million rows within 60 s on two
cores. Both costs are taken in turns, so that a machine busy with other things slows both alike.
Ids rise as survey tools count them; without ids each row is known by a digest, and the digests
come in no order, which is the hardest for an index: its time is told without a target.

    .venv/bin/python bench/import.py [--quick] [--json]
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from bench.answers import AT, write_csv
from bench.table import Figure, finish, options, say
from signage.actions.import_file import Report, import_file
from signage.actions.setup import set_up
from signage.intake.csv_rows import Progress, RefusedRow
from signage.intake.guess import guess
from signage.migrate import migrate
from signage.models import Database

FULL = (10_000, 100_000, 1_000_000)
QUICK = (4_000, 12_000, 36_000)
ROUNDS = 12
MOST_RATIO = 1.3
MOST_MEGABYTES = 300
MOST_SECONDS = 60
MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Cost:
    """What one import took. seconds: by the clock; processor: seconds of it; peak: megabytes."""

    rows: int
    seconds: float
    processor: float
    peak: float

    @property
    def each(self) -> float:
        """Microseconds of processor time a row."""
        return self.processor / self.rows * 1e6


def main() -> None:
    """Measure, tell, and end with 1 where a target is missed."""
    chosen = options(__doc__, full=FULL, quick=QUICK, rounds=ROUNDS)
    small, middle, large = chosen.sizes
    with TemporaryDirectory(prefix="bench-import-") as name:
        folder = Path(name)
        # Semicolons and commas: spreadsheets write both.
        for size, separator in ((small, ";"), (middle, ","), (large, ";")):
            say(f"making {size:,} rows")
            write_csv(_file(folder, size), size, separator=separator)
        say(f"importing {large:,} rows, in turns with {small:,}")
        costs_small, cost_large = _in_turns(folder, small, large, chosen.rounds)
        costs = [costs_small[0], _alone(folder, middle), cost_large]
        say(f"importing {large:,} rows without ids")
        write_csv(_file(folder, large), large, ids=False)
        cost_without = _alone(folder, large)
    figures = [
        _ratio(costs_small, cost_large),
        Figure(
            "a million rows, at that pace", cost_large.seconds / large * MILLION, "s", MOST_SECONDS
        ),
        *(figure for cost in costs for figure in _figures(cost, "with ids")),
        *_figures(cost_without, "no ids"),
    ]
    finish(figures, as_json=chosen.as_json)


def _ratio(small: list[Cost], large: Cost) -> Figure:
    ratio = large.each / median(cost.each for cost in small)
    name = f"a row of {large.rows:,} / of {small[0].rows:,}, processor"
    return Figure(name, ratio, "×", MOST_RATIO)


def _figures(cost: Cost, kind: str) -> list[Figure]:
    name = f"{cost.rows:,} rows, {kind}:"
    return [
        Figure(f"{name} rows a second", cost.rows / cost.seconds),
        Figure(f"{name} processor time a row", cost.each, "µs"),
        Figure(f"{name} memory", cost.peak, "MB", MOST_MEGABYTES),
    ]


def _in_turns(folder: Path, small: int, large: int, turns: int) -> tuple[list[Cost], Cost]:
    """A large import that stands still `turns` times, while a small one runs."""
    costs: list[Cost] = []
    with _importing(folder, large, large // turns) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for line in process.stdout:
            if line.strip():
                return costs, _cost(line)
            costs.append(_alone(folder, small))
            process.stdin.write("\n")
            process.stdin.flush()
    raise RuntimeError("the import ended without a word")


def _alone(folder: Path, rows: int) -> Cost:
    with _importing(folder, rows, 0) as process:
        assert process.stdout is not None
        return _cost(process.stdout.read())


@contextmanager
def _importing(folder: Path, rows: int, pause_after: int) -> "Iterator[subprocess.Popen[str]]":
    """A process of its own, whose memory is the import's alone."""
    command = (sys.executable, __file__, "import", str(folder), str(rows), str(pause_after))
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:
        yield process
    if process.returncode:
        raise RuntimeError(f"the import of {rows:,} rows failed")


def _cost(line: str) -> Cost:
    return Cost(**json.loads(line))


def _file(folder: Path, rows: int) -> Path:
    return folder / f"answers-{rows}.csv"


def _import(folder: Path, rows: int, pause_after: int) -> None:
    """In the process of its own: import, standing still whenever `pause_after` rows are in."""
    pauses = 0
    paused = 0.0

    def on_refused(row: RefusedRow) -> None:
        raise RuntimeError(f"line {row.line}: {row.problems}")

    def on_progress(report: Report, _progress: Progress) -> None:
        nonlocal pauses, paused
        if pause_after and report.created >= (pauses + 1) * pause_after:
            began = perf_counter()
            print(flush=True)
            sys.stdin.readline()
            pauses += 1
            paused += perf_counter() - began

    with TemporaryDirectory(dir=folder) as data:
        database = Database(f"sqlite:///{data}/signage.db")
        migrate(database)
        set_up(database)
        plan = guess(_file(folder, rows), source="bench")
        began, processor = perf_counter(), process_time()
        report = import_file(
            database, _file(folder, rows), plan, at=AT,
            on_refused=on_refused, on_progress=on_progress,
        )  # fmt: skip
        cost = Cost(
            rows=report.created,
            seconds=perf_counter() - began - paused,
            processor=process_time() - processor,
            peak=getrusage(RUSAGE_SELF).ru_maxrss / 1024,
        )
    assert report.created == rows
    print(json.dumps({name: getattr(cost, name) for name in Cost.__slots__}))


if __name__ == "__main__":
    if sys.argv[1:2] == ["import"]:
        _import(Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
    else:
        main()
