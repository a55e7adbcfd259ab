"""What a wall lives through, and whether it is what the server says afterwards."""

from dataclasses import dataclass, field
from random import Random

from playwright.sync_api import CDPSession, Page
from sqlalchemy import select

from bench.player_parts.house import House, metrics
from bench.player_parts.watching import STATE, until
from signage.models import Quote
from signage.models.feed import Feed, FeedItem

MOST_HANGING = 5
OFFLINE = 3.0
"""Seconds."""


@dataclass(slots=True)
class Days:
    """One wall, its server and what happens to them."""

    house: House
    page: Page
    chance: Random
    happened: int = 0
    restarts: int = 0
    cuts: int = 0
    published: list[int] = field(default_factory=list)
    withdrawn: list[int] = field(default_factory=list)

    def something(self) -> None:
        """One change, or one mishap."""
        self.happened += 1
        if self.happened % 8 == 3:
            self.restarts += 1
            self.house.server.kill()
            self.change()
            self.house.server.start()
        elif self.happened % 4 == 1:
            self.cuts += 1
            self.page.context.set_offline(True)
            self.change()
            self.page.wait_for_timeout(OFFLINE * 1000)
            self.page.context.set_offline(False)
        else:
            self.change()

    def change(self) -> None:
        """Something goes on show, or leaves again."""
        if len(self.published) < MOST_HANGING and self.chance.random() < 0.6:
            self.published.append(self.house.publish())
        elif self.published:
            self.withdrawn.append(self.published.pop(self.chance.randrange(len(self.published))))
            self.house.withdraw(self.withdrawn[-1])

    def differing(self) -> list[str]:
        """Feeds that the wall holds otherwise than the database."""
        kept = self.page.evaluate(STATE)["feeds"]
        with self.house.database.read() as session:
            revs = {feed.name: feed.rev for feed in session.scalars(select(Feed))}
            rows = session.execute(
                select(Feed.name, FeedItem.item).join(FeedItem, FeedItem.feed_id == Feed.id)
            )
            items = {(name, item) for name, item in rows}
        held = {(name, item) for name, feed in kept.items() for item in feed["items"]}
        return [
            name
            for name, feed in kept.items()
            if feed["rev"] != revs[name]
            or {pair for pair in held if pair[0] == name}
            != {pair for pair in items if pair[0] == name}
        ]

    def still_there(self) -> int:
        """Withdrawn quotes whose words stand on the page."""
        with self.house.database.read() as session:
            quotes = session.scalars(select(Quote).where(Quote.id.in_(self.withdrawn)))
            words = [quote.response.comment or "" for quote in quotes]
        text = self.page.evaluate("document.body.innerText")
        return sum(comment[:40] in text for comment in words if comment)


def left(page: Page, line: CDPSession, scenes: int) -> tuple[float, float]:
    """Heap and DOM nodes of the page after a collection: the least of what is there during so many
    scenes, since a chart has more of both than a quote, and what is never given back is always
    there."""
    found = []
    for _ in range(scenes):
        for _ in range(3):
            line.send("HeapProfiler.collectGarbage")
        told = metrics(line)
        found.append((told["JSHeapUsedSize"], told["Nodes"]))
        seen = page.evaluate("bench.changed.length")
        until(page, f"bench.changed.length > {seen}")
    heaps, nodes = zip(*found, strict=True)
    return min(heaps), min(nodes)
