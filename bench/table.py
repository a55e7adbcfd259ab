"""What a benchmark found, as a table or as JSON, and whether the targets were met."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """How a benchmark was called. sizes: of what is measured, rising; rounds: how often."""

    sizes: tuple[int, ...]
    rounds: int
    as_json: bool
    quick: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value; `at_most` or `at_least` is its target, neither where it is only told."""

    name: str
    value: float
    unit: str = ""
    at_most: float | None = None
    at_least: float | None = None

    @property
    def missed(self) -> bool:
        """Whether there is a target and the value lies on its wrong side."""
        above = self.at_most is not None and self.value > self.at_most
        return above or (self.at_least is not None and self.value < self.at_least)

    @property
    def target(self) -> str:
        """The target for people; "" where there is none."""
        if self.at_least is not None:
            return f"≥ {_amount(self.at_least, self.unit)}"
        return "" if self.at_most is None else f"≤ {_amount(self.at_most, self.unit)}"


def options(
    about: str | None, *, full: tuple[int, ...], quick: tuple[int, ...], rounds: int
) -> Options:
    """What the command line says; `about` is the program's docstring."""
    parser = ArgumentParser(description=(about or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="a fair small version, under 45 s")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument("--sizes", type=int, nargs=len(full), help="measure these instead")
    parser.add_argument("--rounds", type=int, default=rounds, help=f"instead of {rounds}")
    said = parser.parse_args()
    return Options(
        tuple(said.sizes or (quick if said.quick else full)),
        said.rounds,
        as_json=said.json,
        quick=said.quick,
    )


def say(text: str) -> None:
    """Tell how far it is, beside what is printed for programs."""
    print(text, file=sys.stderr, flush=True)


def finish(figures: Sequence[Figure], *, as_json: bool) -> None:
    """Print the figures and end the program: with 1 where a target was missed, else with 0."""
    missed = [figure.name for figure in figures if figure.missed]
    if as_json:
        found = [{**asdict(figure), "missed": figure.missed} for figure in figures]
        print(json.dumps({"figures": found, "met": not missed}, indent=2))
    else:
        _print_table(figures)
        print("\nmissed: " + "; ".join(missed) if missed else "\nall targets met")
    sys.exit(1 if missed else 0)


def _print_table(figures: Sequence[Figure]) -> None:
    width = max(len(figure.name) for figure in figures)
    print(f"{'':{width}}  {'figure':>12}  {'target':>12}")
    for figure in figures:
        mark = "  missed" if figure.missed else ""
        value = _amount(figure.value, figure.unit)
        print(f"{figure.name:{width}}  {value:>12}  {figure.target:>12}{mark}")


def _amount(value: float, unit: str) -> str:
    digits = 0 if value >= 100 or value == int(value) else 1 if value >= 10 else 2
    return f"{value:,.{digits}f} {unit}".strip()
