"""What suggestions cost: of one comment, and while answers come in."""

from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter

from bench.answers import comment, the_same_chance
from signage import clock
from signage.actions.inspect import inspect_new
from signage.actions.receive import receive
from signage.actions.setup import set_up
from signage.core.findings import Known
from signage.core.look import look
from signage.intake.draft import Draft, draft_from
from signage.migrate import migrate
from signage.models import Database

PRIVATE = (" Ring 070-174 06 05.", " Skriv till anna@example.com.", "", "", "", "")
BATCH = 500


def per_comment(comments: int) -> tuple[float, float]:
    """Milliseconds to look at one comment: the median and the 99th percentile."""
    chance, known = the_same_chance(), Known()
    look("The first one loads what recognises languages.", None, known)
    times = []
    for _ in range(comments):
        words = comment(chance) + chance.choice(PRIVATE)
        began = perf_counter()
        look(words, None, known)
        times.append((perf_counter() - began) * 1000)
    return median(times), quantiles(times, n=100, method="inclusive")[-1]


def import_rate(rows: int, *, inspected: bool) -> float:
    """Rows a second on SQLite; `inspected`: until every comment was looked at, too."""
    with TemporaryDirectory(prefix="bench-suggestions-") as name:
        database = Database(f"sqlite:///{Path(name) / 'signage.db'}")
        migrate(database)
        set_up(database)
        drafts = _drafts(rows)
        began = perf_counter()
        for first in range(0, rows, BATCH):
            receive(database, drafts[first : first + BATCH], at=clock.now())
            while inspected and inspect_new(database, at=clock.now()):
                pass
        taken = perf_counter() - began
        database.engine.dispose()
    return rows / taken


def _drafts(rows: int) -> list[Draft]:
    chance = the_same_chance()
    return [
        draft_from(
            {
                "source": "bench", "external_id": str(number), "score": number % 11,
                "comment": comment(chance) + chance.choice(PRIVATE),
            },
            at=clock.now(), payload="{}",
        )
        for number in range(rows)
    ]  # fmt: skip
