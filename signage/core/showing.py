"""What a wall shows at a moment: a pure function of programme, feeds and clock.

The player works it out by the same rules (static/wall/shows.js, cycle.js, playlist.js,
changeover.js); tests/vectors/shows.json holds both together. Moments are ms since 1970.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from signage.core.lease import leased
from signage.core.reading import dwell_seconds
from signage.core.slots import Slot, playing, slot_of
from signage.core.taking import Item, Items, in_turn, newest_first, published_at, said_now
from signage.core.targets import read_targets
from signage.core.unrolling import Entry, Turn, unroll
from signage.core.week import calendar_of

FRESH = 10 * 60_000
"""What was published may interrupt for so long."""
METRIC_WORDS = 30
"""A figure and its chart take as long to take in as so many words."""
CHANGES = 3
"""Changes of playlist, one hard upon another, that are followed back."""
MINUTE = 60_000
MINUTES_BACK = 30
_ALWAYS = {"first": None, "last": None, "holidays": None, "country": None, "id": ""}
"""What a slot need not say."""

Feeds = Mapping[str, Mapping[str, Any]]
Cycle = Sequence[Turn]
_Cycles = Callable[[int], Cycle]


@dataclass(frozen=True, slots=True)
class Show:
    """What hangs. feed and item: None for a scene of its own, such as `empty`; ends: None for one
    that hangs until something changes; fresh: it is news."""

    scene: str
    feed: str | None = None
    item: Item | None = None
    began: int = 0
    ends: int | None = None
    fresh: bool = False


def shows(programme: Mapping[str, Any] | None, feeds: Feeds, now: int, contact: int | None) -> Show:
    """What a wall shows that was last answered at `contact`."""
    if programme is None:
        return Show("waiting")
    if over := _takeover(programme, feeds, now):
        return over
    lease = leased(contact, lease_hours=programme["lease_hours"], now=now)
    if show := _show_at(programme, _cycles(programme, feeds, now, lease=lease), now, CHANGES):
        return show
    known = not lease and _cycles(programme, feeds, now, lease=True)(now)
    return Show("lapsed" if known else "empty")


def _takeover(programme: Mapping[str, Any], feeds: Feeds, now: int) -> Show | None:
    """The notice that hangs alone: an urgent one, then the latest of several."""
    screen = programme.get("screen", {})
    found = [
        ((bool(item.get("urgent")), item["from"], item["id"]), name, item)
        for name, feed in feeds.items()
        for item in feed["items"].values()
        if item["kind"] in {"notice", "takeover"} and item["takes_over"] and _is_due(item, now)
        and _is_meant(item, screen)
    ]  # fmt: skip
    if not found:
        return None
    _, name, item = max(found, key=lambda each: each[0])
    scene = "celebration" if item.get("look") == "celebration" else "notice"
    return Show(scene, name, item, item["from"], item["until"], fresh=True)


def _is_due(item: Item, now: int) -> bool:
    return item["from"] <= now and (item["until"] is None or now < item["until"])


def _is_meant(item: Item, screen: Mapping[str, Any]) -> bool:
    targets = read_targets(item.get("for"))
    return targets is None or targets.mean(screen.get("id", 0), screen.get("group"))


def _show_at(programme: Mapping[str, Any], cycles: _Cycles, at: int, changes: int) -> Show | None:
    """News, else the turn of the playlist whose time it is. After a change of playlist what was on
    show comes to its end first."""
    cycle = cycles(at)
    if not cycle:
        return None
    if fresh := _fresh_at(cycle, at):
        return fresh
    change = _changed_at(programme, at) if changes > 0 else None
    before = None if change is None else _show_at(programme, cycles, change - 1, changes - 1)
    last = before and _rounded(before, cycle)
    return last if last and at < (last.ends or 0) else _turn_at(cycle, at)


def _cycles(programme: Mapping[str, Any], feeds: Feeds, now: int, *, lease: bool) -> _Cycles:
    """With what the feeds hold now; a playlist that has nothing to show leaves its time to the
    default."""
    known: dict[int, Cycle] = {}

    def cycle_of(playlist: Sequence[Entry]) -> Cycle:
        if id(playlist) not in known:
            known[id(playlist)] = unroll(playlist, lambda e: _list_of(e, feeds, now, lease=lease))
        return known[id(playlist)]

    return lambda at: cycle_of(_playlist_at(programme, at)) or cycle_of(programme["playlist"])


def _list_of(entry: Entry, feeds: Feeds, now: int, *, lease: bool) -> Sequence[Item]:
    """What an entry has to show: customers' words only while they may hang."""
    items: Items = feeds.get(entry["feed"], {}).get("items", {})
    kind = "quote" if entry["scene"] == "mosaic" else entry["scene"]
    own = [
        told
        for item in items.values()
        if item["kind"] == kind and (kind != "notice" or _is_due(item, now))
        and (told := said_now(item, now, lease=lease))
    ]  # fmt: skip
    taken = in_turn(own, items, now)
    return taken if entry["scene"] != "mosaic" else _mosaics(taken)


def _mosaics(quotes: Sequence[Item]) -> list[Item]:
    """Short quotes, three to seven of them to a picture."""
    short = list({each["id"]: each for each in quotes if each["words"] <= 14}.values())
    groups = (short[first : first + 7] for first in range(0, len(short), 7))
    return [
        {"id": f"m-{group[0]['id']}", "kind": "mosaic", "quotes": group,
         "words": sum(each["words"] for each in group)}
        for group in groups
        if len(group) >= 3
    ]  # fmt: skip


def _reading(item: Item) -> int:
    return int(dwell_seconds(item.get("words", METRIC_WORDS)) * 1000 + 0.5)


def _lasts(turn: Turn) -> int:
    """As long as it takes to read, or longer where the playlist says so."""
    return max(_reading(turn.item), (turn.dwell or 0) * 1000)


def _turn_at(cycle: Cycle, now: int) -> Show:
    began = now - now % sum(_lasts(turn) for turn in cycle)
    for turn in cycle:
        if now < began + _lasts(turn):
            break
        began += _lasts(turn)
    return _shown(turn, began)


def _fresh_at(cycle: Cycle, now: int) -> Show | None:
    """News hang at once, one after the other; what would wait too long for that is none."""
    free = 0
    distinct = {turn.item["id"]: turn for turn in cycle}
    newest = newest_first([turn.item for turn in distinct.values()])
    for item in reversed(newest):
        turn, published = distinct[item["id"]], published_at(item)
        began = max(published, free)
        if published == 0 or began - published >= FRESH:
            continue
        if began > now:
            return None
        free = began + _lasts(turn)
        if now < free:
            return _shown(turn, began, fresh=True)
    return None


def _shown(turn: Turn, began: int, *, fresh: bool = False) -> Show:
    return Show(turn.scene, turn.feed, turn.item, began, began + _lasts(turn), fresh)


def _playlist_at(programme: Mapping[str, Any], at: int) -> Sequence[Entry]:
    slots: Sequence[Slot] = [slot_of(_ALWAYS | each) for each in programme.get("slots", ())]
    if not slots:
        return _default(programme)
    moment, calendar = datetime.fromtimestamp(at / 1000, UTC), programme.get("holidays", {})
    slot = playing(slots, moment, programme["timezone"], calendar_of(calendar))
    known = programme.get("playlists", {})
    found: Sequence[Entry] | None = known.get(slot.playlist) if slot else None
    return _default(programme) if found is None else found


def _default(programme: Mapping[str, Any]) -> Sequence[Entry]:
    playlist: Sequence[Entry] = programme["playlist"]
    return playlist


def _changed_at(programme: Mapping[str, Any], now: int) -> int | None:
    """When the playlist of now took over from another, if that may still matter."""
    if not programme.get("slots"):
        return None
    playlist, minute = _playlist_at(programme, now), now - now % MINUTE
    for back in range(MINUTES_BACK):
        if _playlist_at(programme, minute - back * MINUTE - 1) is not playlist:
            return minute - back * MINUTE
    return None


def _rounded(before: Show, cycle: Cycle) -> Show:
    """What was on show at a change hangs so much longer that what follows begins with a whole
    scene; of one that stands longer than it takes to read, what is left may be enough."""
    ends = before.ends or 0
    following = _turn_at(cycle, ends)
    left = (following.ends or 0) - ends
    whole = following.began == ends or (following.item and left >= _reading(following.item))
    return replace(before, ends=ends if whole else following.ends)
