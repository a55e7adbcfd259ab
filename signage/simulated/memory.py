"""What a simulated wall keeps over its connections, and how it takes in what it is told."""

from collections.abc import Callable, Mapping
from sys import intern
from time import monotonic
from typing import Any

from signage.core.feeds import Change, FeedState, answered, apply_all, read_changes

Json = Mapping[str, Any]
Moved = Callable[[str, FeedState | None, FeedState], None]

_NOTHING: Json = {}
"""What is kept of an item: else thousands of walls would keep thousands of copies."""


class Memory:
    """Feeds and programme. What it holds is painted in the same moment; `moved` is called with
    each feed that it paints anew: its name, before, now."""

    def __init__(self, moved: Moved) -> None:
        self.feeds: Mapping[str, FeedState] = {}
        self.programme: str | None = None
        self._moved = moved
        self._began = monotonic()

    def position(self) -> dict[str, Any]:
        """What hello and heartbeat say."""
        places = {name: {"epoch": of.epoch, "rev": of.rev} for name, of in self.feeds.items()}
        return {
            "feeds": places, "painted": places, "programme": self.programme, "player": "simulated",
            "scene": "quote", "errors": 0, "uptime": round(monotonic() - self._began),
        }  # fmt: skip

    def answer(self, told: Json) -> tuple[bool, tuple[str, ...]]:
        """Take an answer in: whether all followed on, and the feeds that something left."""
        after = answered(self.feeds, {name: _thin(feed) for name, feed in told["feeds"].items()})
        if told["programme"]:
            self.programme = told["programme"]["version"]
        self._hold(after.feeds)
        return not after.gap, after.dropped

    def change(self, told: Json) -> tuple[bool, tuple[str, ...]]:
        """The same with changes of one feed; those of a feed that it has not are not for it."""
        name = told["feed"]
        if (had := self.feeds.get(name)) is None:
            return True, ()
        changes = [
            each if each.body is None else Change(each.rev, "put", intern(each.item), _NOTHING)
            for each in read_changes(told["changes"])
        ]
        step = apply_all(had, told["epoch"], changes)
        self._hold({**self.feeds, name: step.feed})
        return not step.gap, (name,) if step.dropped else ()

    def _hold(self, feeds: Mapping[str, FeedState]) -> None:
        before, self.feeds = self.feeds, feeds
        for name, feed in feeds.items():
            if (had := before.get(name)) is None or (had.epoch, had.rev) != (feed.epoch, feed.rev):
                self._moved(name, had, feed)


def _thin(feed: Json) -> Json:
    """Without the bodies of a snapshot."""
    if "items" not in feed:
        return feed
    return {**feed, "items": {intern(item): _NOTHING for item in feed["items"]}}
