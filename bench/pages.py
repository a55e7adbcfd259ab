"""The desk's hot pages, in processor time, by how many answers the database holds.

Target: with 1,000,000 answers, 10,000 quotes that wait and 10,000 published, the median time of
Review, On the wall and Measurement is at most twice that with 1,000 answers. Measurement keeps
what it computed until an answer comes in, so it is measured once more with an answer just come in.
Both databases are asked in turns by the same process, through the real application. SQL statements
are told too.

    .venv/bin/python bench/pages.py [--quick] [--json]
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time

from flask.testing import FlaskClient
from sqlalchemy import event

from bench.filled import fill, lead, receive_one
from bench.table import Figure, finish, options, say
from signage import clock
from signage.app import Product, create_app
from signage.settings import read_settings

PAGES = {
    "Review": "/desk/review",
    "On the wall": "/desk/wall",
    "Measurement": "/desk/measurement",
}
ANEW = "Measurement, computed anew"
FULL = (1_000, 1_000_000)
QUICK = (1_000, 100_000)
EACH_STATE = 10_000
ROUNDS = 60
MOST_RATIO = 2.0


@dataclass(frozen=True, slots=True)
class Desk:
    """A product with so many answers, and someone who is signed in."""

    product: Product
    client: FlaskClient
    answers: int


def main() -> None:
    """Measure, tell, and end with 1 where a target is missed."""
    chosen = options(__doc__, full=FULL, quick=QUICK, rounds=ROUNDS)
    few, many = chosen.sizes
    with (
        TemporaryDirectory(prefix="bench-pages-") as name,
        _desk(Path(name) / "small", few) as small,
        _desk(Path(name) / "large", many) as large,
    ):
        figures = [
            each
            for title, path in PAGES.items()
            for each in _compare(title, path, small, large, chosen.rounds)
        ]
        for desk in (small, large):
            receive_one(desk.product.database, at=clock.now())
        figures += _compare(ANEW, PAGES["Measurement"], small, large, chosen.rounds)
    finish(figures, as_json=chosen.as_json)


def _compare(title: str, path: str, small: Desk, large: Desk, rounds: int) -> list[Figure]:
    times: dict[int, list[float]] = {small.answers: [], large.answers: []}
    for _ in range(rounds):
        for desk in (small, large):
            times[desk.answers].append(_milliseconds(desk, path))
    middle = {answers: median(taken) for answers, taken in times.items()}
    ratio = middle[large.answers] / middle[small.answers]
    return [
        Figure(f"{title}: {large.answers:,} / {small.answers:,} answers", ratio, "×", MOST_RATIO),
        *(Figure(f"{title}: {answers:,} answers", ms, "ms") for answers, ms in middle.items()),
        Figure(f"{title}: SQL statements", _statements(large, path)),
    ]


def _milliseconds(desk: Desk, path: str) -> float:
    began = process_time()
    response = desk.client.get(path)
    taken = process_time() - began
    assert response.status_code == 200, response.status
    return taken * 1000


def _statements(desk: Desk, path: str) -> int:
    seen: list[object] = []

    def note(*given: object) -> None:
        seen.append(given)

    engine = desk.product.database.engine
    event.listen(engine, "before_cursor_execute", note)
    desk.client.get(path)
    event.remove(engine, "before_cursor_execute", note)
    return len(seen)


@contextmanager
def _desk(data: Path, answers: int) -> Iterator[Desk]:
    """The real application, not started: nothing happens but what is asked for."""
    say(f"filling a database with {answers:,} answers")
    product = create_app(read_settings({"SIGNAGE_DATA": str(data), "SIGNAGE_SCHEDULE": "0"}))
    fill(product.database, answers, each_state=EACH_STATE, at=clock.now())
    client = product.flask.test_client()
    with client.session_transaction() as cookies:
        cookies["sign_in"] = lead(product.database, clock.now())
    yield Desk(product, client, answers)
    product.database.engine.dispose()


if __name__ == "__main__":
    main()
