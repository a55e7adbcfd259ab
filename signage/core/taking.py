"""The items of a feed in the order in which they take turns, as static/wall/taking.js has it."""

from collections.abc import Mapping, Sequence
from typing import Any

from signage.core.expiry import has_ended
from signage.core.mix import Taker, like_nps
from signage.core.rounds import turns

Item = Mapping[str, Any]
Items = Mapping[str, Item]


def said_now(item: Item, now: int, *, lease: bool) -> Item | None:
    """An item as it may hang; None where it may not. Words behind an improvement leave it alone."""

    def speaks(said: Item) -> bool:
        return lease and not has_ended(said.get("expires_at"), now=now)

    if item["kind"] == "quote":
        return item if speaks(item) else None
    said = item.get("said") if item["kind"] == "improvement" else None
    return {**item, "said": None} if said and not speaks(said) else item


def in_turn(own: Sequence[Item], items: Items, now: int) -> Sequence[Item]:
    """Quotes as their feed says in its item `turns`, each at least once; others newest first."""
    found = items.get("turns", {})
    by = found if found.get("kind") == "turns" else {}
    ordered = _ordered(own, by.get("order"))
    quotes = [item for item in ordered if item["kind"] == "quote"]
    if len(quotes) < len(ordered) or not (by or any(_is_pinned(each, now) for each in quotes)):
        return ordered
    known = {quote["id"]: quote for quote in quotes}
    takers = [
        Taker(quote["id"], like_nps(quote.get("band")), _is_pinned(quote, now)) for quote in quotes
    ]
    return [known[id_] for id_ in turns(takers, by.get("mode") or "as_answered", by.get("shares"))]


def newest_first(items: Sequence[Item]) -> list[Item]:
    """By when they were published; at the same moment by id."""
    return sorted(items, key=lambda item: (-published_at(item), item["id"]))


def published_at(item: Item) -> int:
    """0: it was never news."""
    found: int | None = item["from"] if item["kind"] == "notice" else item.get("published_at")
    return found or 0


def _ordered(items: Sequence[Item], order: str | None) -> list[Item]:
    newest = newest_first(items)
    if order == "oldest":
        return newest[::-1]
    if order == "answered":
        newest.sort(key=lambda item: str(item.get("answered_on", "")), reverse=True)
    return newest


def _is_pinned(quote: Item, now: int) -> bool:
    until = quote.get("pinned_until")
    return quote.get("pinned") is True and (until is None or now < until)
