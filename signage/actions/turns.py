"""How the quotes of a feed take turns: which mix was chosen, and what the answers say."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from signage.actions import outbox
from signage.actions.audit import note
from signage.core.mix import (
    MODES,
    Shares,
    Taker,
    aim,
    counted,
    like_nps,
    missing,
    moved,
    percents,
    shares_of,
)
from signage.core.rounds import turns
from signage.errors import Invalid, Problem
from signage.models import Database, Feed, FeedItem
from signage.words import N_

ITEM = "turns"
"""The item that tells walls. It stands in the feed of quotes, so that it comes with them."""
DEFAULT = "as_answered"


@dataclass(frozen=True, slots=True)
class MixNow:
    """What hangs beside what was answered, both in per cent, None where nothing is known.

    missing: how many more of which band would make the mix what was chosen.
    """

    mode: str
    hanging: int
    shown: Shares | None
    answered: Shares | None
    missing: Mapping[str, int]


def mode_of(feed: Feed) -> str:
    """The mix that was chosen for a feed."""
    return str(feed.options.get("mix", DEFAULT))


def choose_mix(database: Database, mode: str, *, user_id: int, at: datetime) -> None:
    """Have quotes take turns in another way; the wall names any but the answers' own."""
    if mode not in MODES:
        raise Invalid([Problem("unknown", N_("Choose a mix from the list."), "mix")])
    with database.write() as session:
        feed = outbox.feed_named(session, "quotes")
        feed.options = {**feed.options, "mix": mode}
        session.flush()
        _tell(session, feed, at)
        note(session, "settings-changed", user_id=user_id, about="mix", detail=mode, at=at)


def refresh_turns(database: Database, *, at: datetime) -> bool:
    """Tell walls how the answers are shared out, if that has moved by half a point."""
    with database.read() as session:
        feed = outbox.feed_named(session, "quotes")
        told, says = told_turns(session, feed), turns_body(session, feed)
        if not _differ(told, says):
            return False
    with database.write() as session:
        _tell(session, outbox.feed_named(session, "quotes"), at)
    return True


def turns_body(session: Session, feed: Feed) -> dict[str, Any] | None:
    """What walls are to be told; None where quotes hang newest first for want of answers."""
    mode, answers = mode_of(feed), answered(session)
    if mode == DEFAULT and answers is None:
        return None
    shares, days = answers or (None, None)
    return {"id": ITEM, "kind": ITEM, "mode": mode, "shares": shares, "window_days": days}


def answered(session: Session) -> tuple[dict[str, int], int] | None:
    """How the answers are shared out, and of how many days; None of too few answers."""
    body = session.scalar(
        select(FeedItem.body)
        .join(Feed, Feed.id == FeedItem.feed_id)
        .where(Feed.name == "nps", FeedItem.item == "nps")
    )
    shares = shares_of(body["counts"]) if body and body["enough"] else None
    return None if shares is None or body is None else (shares, int(body["window_days"]))


def told_turns(session: Session, feed: Feed) -> Mapping[str, Any] | None:
    """What walls know."""
    item = session.get(FeedItem, (feed.id, ITEM))
    return None if item is None else item.body


def takers(session: Session, feed: Feed, at: datetime) -> list[Taker]:
    """The quotes that hang in a feed, the newest first."""
    rows = session.scalars(
        select(FeedItem).where(FeedItem.feed_id == feed.id, FeedItem.item != ITEM)
    ).all()
    rows = sorted(rows, key=lambda row: (-row.body["published_at"], row.item))
    now = round(at.timestamp() * 1000)
    return [Taker(row.item, like_nps(row.body["band"]), _is_pinned(row.body, now)) for row in rows]


def aimed(session: Session, feed: Feed) -> tuple[str, Shares | None]:
    """The mode in force and the shares that walls go by."""
    told = told_turns(session, feed)
    return mode_of(feed), told["shares"] if told else None


def mix_now(session: Session, at: datetime) -> MixNow:
    """The mix as it is at this moment."""
    feed = outbox.feed_named(session, "quotes")
    hang = takers(session, feed, at)
    mode, shares = aimed(session, feed)
    bands = {taker.item: taker.band for taker in hang}
    counts = Counter(bands[item] or "" for item in turns(hang, mode, shares))
    wanted = aim(mode, shares)
    return MixNow(
        mode=mode,
        hanging=len(hang),
        shown=percents(shares_of(counts)),
        answered=percents(shares if mode == DEFAULT else (answered(session) or (None, 0))[0]),
        missing=missing(counted(hang), wanted) if wanted and hang else {},
    )


def _is_pinned(body: Mapping[str, Any], now: int) -> bool:
    until = body.get("pinned_until")
    return bool(body.get("pinned")) and (until is None or now < until)


def _differ(told: Mapping[str, Any] | None, says: Mapping[str, Any] | None) -> bool:
    if told is None or says is None:
        return told is not says
    if any(told[name] != says[name] for name in ("mode", "window_days")):
        return True
    return moved(told["shares"], says["shares"])


def _tell(session: Session, feed: Feed, at: datetime) -> None:
    body = turns_body(session, feed)
    if body is None:
        outbox.drop(session, feed, ITEM, at, cause="mix")
    else:
        outbox.put(session, feed, ITEM, body, at, cause="mix")
