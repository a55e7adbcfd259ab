"""What is measured of one fleet."""

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from time import monotonic, sleep

from bench.fleet_parts.crowd import LONGEST
from bench.fleet_parts.house import House
from bench.table import Figure

MOST_SECONDS = 1.0
MOST_KB, MOST_MICROSECONDS = 40.0, 200.0
MOST_RATIO = 2.0
MOST_BACK = 30.0
PAGE = "/desk/screens"
NOTICES = "notices"
ASKED = 0.1
"""Seconds between two questions to the screens."""


@dataclass(frozen=True, slots=True)
class Back:
    """Screens that came back. seconds: from when the new server took requests until all were equal;
    holding: both takeovers; reached: seconds until the second was on all that were connected then;
    away: how long there was no server."""

    seconds: float
    equal: int
    holding: int
    connected: int
    reached: float
    away: float


def bring_in(house: House, seconds: float) -> Iterator[Figure]:
    """All screens; what one of them takes of the server's memory. Before that, for so long, what
    the server does without any."""
    house.page(PAGE)  # what is loaded once is no screen's
    house.until_quiet()
    share, _ = _used(house, seconds)
    yield Figure(f"{_of(house)}: idle processor before any came", share * 100, "%")
    before, began = house.memory(), monotonic()
    house.crowd.open()
    took = monotonic() - began
    house.until_quiet()
    many = house.crowd.many
    each = (house.memory() - before) / many / 1024
    yield Figure(f"{_of(house)}: came in, a second", many / took)
    yield Figure(f"{_of(house)}: memory of the server a screen", each, "KB", MOST_KB)


def takeovers(house: House, rounds: int) -> Iterator[Figure]:
    """One after the other, each on the quiet server: hung, and taken down."""
    hung, ended, used = [], [], house.crowd.processor()
    for _ in range(rounds):
        began = monotonic()
        takeover = house.take_over()
        hung.append(_until_all_have(house) - began)
        house.until_quiet()
        began = monotonic()
        house.give_back(takeover)
        ended.append(_until_all_have(house) - began)
        house.until_quiet()
    own = (house.crowd.processor() - used) / rounds / house.crowd.many
    for title, taken in (("takeover", hung), ("its end", ended)):
        yield Figure(f"{_of(house)}: {title} → the last, median", median(taken) * 1000, "ms")
        most = MOST_SECONDS * 1000
        yield Figure(f"{_of(house)}: {title} → the last, slowest", max(taken) * 1000, "ms", most)
    yield Figure(f"{_of(house)}: both, the screens’ own cost a screen", own * 1e6, "µs")


def idle(house: House, seconds: float) -> Iterator[Figure]:
    """What nothing but heartbeats costs."""
    (share, own), many = _used(house, seconds), house.crowd.many
    yield Figure(f"{_of(house)}: idle processor with them, of one core", share * 100, "%")
    each = share / many * 1e6
    yield Figure(f"{_of(house)}: idle processor a screen", each, "µs/s", MOST_MICROSECONDS)
    yield Figure(f"{_of(house)}: idle, the screens’ own cost a screen", own / many * 1e6, "µs/s")


def pages(few: House, house: House, times: int) -> Iterator[Figure]:
    """The page of all screens, against that of few, in turns."""
    taken = [(few.page(PAGE), house.page(PAGE)) for _ in range(times)]
    least, most = (median(each) for each in zip(*taken, strict=True))
    yield Figure(f"{_of(house)}: page of all screens", most * 1000, "ms")
    against = f"{_of(house)}: the same / of {few.crowd.many:,} screens"
    yield Figure(against, most / least, "×", MOST_RATIO)


def return_of(house: House) -> Iterator[Figure]:
    """The server is killed while a takeover is on, and started again."""
    name, many = f"{_of(house)} after a kill", house.crowd.many
    (lost, refused), own = house.crowd.troubles(), house.crowd.processor()
    back = _come_back(house)
    lost_now, refused_now = house.crowd.troubles()
    yield Figure(f"{name}: all back and equal", back.seconds, "s", MOST_BACK)
    yield Figure(f"{name}: not equal", many - back.equal, at_most=0)
    yield Figure(f"{name}: without both takeovers", many - back.holding, at_most=0)
    yield Figure(f"{name}: refused for good", refused_now - refused, at_most=0)
    title = f"{name}: takeover → the last connected"
    yield Figure(title, back.reached * 1000, "ms", MOST_SECONDS * 1000)
    yield Figure(f"{name}: connected when that was hung", back.connected)
    yield Figure(f"{name}: attempts in vain", lost_now - lost - many)
    yield Figure(f"{name}: server was away", back.away, "s")
    yield Figure(f"{name}: the server’s processor time", house.processor(), "s")
    yield Figure(f"{name}: the screens’ own", house.crowd.processor() - own, "s")


def _come_back(house: House) -> Back:
    crowd, first = house.crowd, house.take_over()
    _until_all_have(house)
    killed = monotonic()
    house.kill()
    serving = house.await_serving()
    ends = serving + LONGEST
    _until_connected(house, crowd.many // 2, ends)
    began = monotonic()
    second = house.take_over()
    connected, reached = crowd.told(NOTICES, f"n{second}")
    _until_connected(house, crowd.many, ends)
    while (equal := crowd.equal(house.heads())) < crowd.many and monotonic() < ends:
        sleep(ASKED)
    seconds = monotonic() - serving
    holding = crowd.holding(NOTICES, [f"n{first}", f"n{second}"])
    return Back(seconds, equal, holding, connected, reached - began, serving - killed)


def _of(house: House) -> str:
    return f"{house.crowd.many:,} screens"


def _used(house: House, seconds: float) -> tuple[float, float]:
    """Processor time a second: the server's, and the screens' own."""
    began, used, own = monotonic(), house.processor(), house.crowd.processor()
    sleep(seconds)
    passed = monotonic() - began
    return (house.processor() - used) / passed, (house.crowd.processor() - own) / passed


def _until_all_have(house: House) -> float:
    """When the last screen painted what takes over, as it is now."""
    many, moment = house.crowd.reached(NOTICES, house.heads()[NOTICES])
    return moment if many == house.crowd.many else monotonic()


def _until_connected(house: House, many: int, ends: float) -> None:
    while house.crowd.connected() < many and monotonic() < ends:
        sleep(ASKED)
