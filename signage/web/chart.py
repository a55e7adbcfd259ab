"""Drawing a trend as SVG parts: the desk's own charts need no script."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from signage.core.trends import TrendPoint

WIDTH, HEIGHT = 720, 260
LEFT, RIGHT, TOP, BOTTOM = 8, 672, 16, 210
RANGES = {"nps": (-100.0, 100.0), "csat": (0.0, 100.0), "ces": (1.0, 7.0)}
STEPS = {"nps": 10.0, "csat": 10.0, "ces": 0.5}


@dataclass(frozen=True, slots=True)
class Mark:
    """An improvement on the time axis; `row` keeps labels that stand close from touching."""

    x: float
    label: str
    row: int
    anchor: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Coordinates in a view box of WIDTH × HEIGHT; None of it where no point has enough answers."""

    line: str
    band: str
    ticks: tuple[tuple[float, float], ...]
    """(y, value)"""
    months: tuple[tuple[float, date], ...]
    marks: tuple[Mark, ...]
    end: tuple[float, float]


def scale_of(metric: str) -> tuple[float, float]:
    """The range that a metric's score can take."""
    return RANGES[metric]


def trend_chart(
    metric: str, points: Sequence[TrendPoint], marks: Sequence[tuple[date, str]]
) -> Chart | None:
    """Line and 95 % band over the points that have enough answers."""
    known = [point for point in points if point.score.enough]
    if len(known) < 2:
        return None
    low, high = _range(metric, known)
    first, last = known[0].day, known[-1].day

    def x(day: date) -> float:
        return round(LEFT + (RIGHT - LEFT) * (day - first).days / max((last - first).days, 1), 1)

    def y(value: float | None) -> float:
        share = ((value if value is not None else low) - low) / (high - low)
        return round(BOTTOM - (BOTTOM - TOP) * share, 1)

    line = " ".join(f"{x(point.day)},{y(point.score.value)}" for point in known)
    upper = [f"{x(point.day)},{y(point.score.high)}" for point in known]
    lower = [f"{x(point.day)},{y(point.score.low)}" for point in reversed(known)]
    return Chart(
        line=line,
        band=" ".join(upper + lower),
        ticks=tuple((y(value), value) for value in _ticks(metric, low, high)),
        months=tuple((x(day), day) for day in _months(first, last)),
        marks=_placed([(x(day), label) for day, label in marks if first <= day <= last]),
        end=(x(last), y(known[-1].score.value)),
    )


def _range(metric: str, known: Sequence[TrendPoint]) -> tuple[float, float]:
    """Whole steps around the band: the axis may zoom in, and says so by its labels."""
    step, (least, most) = STEPS[metric], RANGES[metric]
    low = min(point.score.low for point in known if point.score.low is not None)
    high = max(point.score.high for point in known if point.score.high is not None)
    return max(least, low // step * step), min(most, -(-high // step) * step)


def _ticks(metric: str, low: float, high: float) -> list[float]:
    step = STEPS[metric]
    while (high - low) / step > 5:
        step *= 2
    first = -(-low // step) * step
    return [first + step * place for place in range(int((high - first) / step) + 1)]


def _months(first: date, last: date) -> list[date]:
    days = []
    year, month = first.year, first.month
    while (day := date(year, month, 1)) <= last:
        if day >= first:
            days.append(day)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return days[:: max(1, -(-len(days) // 7))]


def _placed(marks: Sequence[tuple[float, str]]) -> tuple[Mark, ...]:
    ends = [float("-inf")] * 3
    placed = []
    for x, label in marks:
        width = 7 * len(label) + 10
        anchor = "end" if x + width > WIDTH else "start"
        left = x - width if anchor == "end" else x
        row = next((row for row, end in enumerate(ends) if end <= left), 2)
        ends[row] = left + width
        placed.append(Mark(x, label, row, anchor))
    return tuple(placed)
