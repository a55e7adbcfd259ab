"""Believable answers in any number, as a survey tool would export them. The same every time."""

import csv
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

AT = datetime(2026, 4, 14, 7, 42, tzinfo=UTC)
"""The moment at which every benchmark takes place."""
DAYS = 400
COMMENTED = 0.28
TOUCHPOINTS = ("Order", "Leverans", "Montering", "Butik", "Kundtjänst", "Webbplats")
SCORES = (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)
WEIGHTS = (2, 1, 2, 2, 3, 6, 8, 12, 18, 22, 24)
SENTENCES = (
    "Lätt att hitta rätt och lätt att betala.",
    "Leveransen kom en dag tidigare än utlovat!",
    "Soffan är skön, men benen vinglade redan första kvällen.",
    "Jag fick vänta i fyrtio minuter i telefonen och blev sedan bortkopplad.",
    "Trevliga montörer som tog av sig skorna och städade efter sig.",
    "Färgen stämde inte med bilden på webbplatsen; den såg mycket mörkare ut hemma.",
    "Personalen i butiken kunde svara på allt, även om åldern på trät.",
    "Varför går det inte att ändra leveransdag när man väl har beställt?",
    "Helt okej.",
    "Tack!",
    "Vi har handlat här i tio år och kommer gärna tillbaka, hälsar mormor Åsa.",
    "En skruv saknades, men den kom med posten två dagar senare utan att jag behövde tjata.",
    "Kundtjänst sa “det ordnar sig” – och det gjorde det.",
    "Priset är högt jämfört med andra, fast kvaliteten känns värd det.",
)
HEADER = ("Response ID", "Answered", "Score", "Comment", "Touchpoint")


def write_csv(path: Path, rows: int, *, separator: str = ";", ids: bool = True) -> None:
    """A file of `rows` answers under a header; without `ids` no column tells answers apart."""
    first = 0 if ids else 1
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=separator)
        writer.writerow(HEADER[first:])
        writer.writerows(cells[first:] for cells in _cells(the_same_chance(), rows))


def the_same_chance() -> Random:
    """A source of chance that gives the same in every run."""
    return Random(7)  # noqa: S311 - believable, not secret


def comment(chance: Random) -> str:
    """One to four sentences."""
    mark = "\n" if chance.random() < 0.03 else " "
    return mark.join(chance.choices(SENTENCES, k=chance.choice((1, 1, 1, 2, 2, 3, 4))))


def _cells(chance: Random, rows: int) -> Iterator[tuple[str, str, int, str, str]]:
    """The oldest answer first and the ids rising, as exports stand."""
    start = AT - timedelta(days=DAYS)
    for row in range(rows):
        yield (
            f"A-{row + 1:07}",
            f"{start + (row + chance.random()) / rows * timedelta(days=DAYS):%Y-%m-%d %H:%M}",
            chance.choices(SCORES, WEIGHTS)[0],
            comment(chance) if chance.random() < COMMENTED else "",
            chance.choice(TOUCHPOINTS),
        )
