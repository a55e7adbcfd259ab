"""The wall that is looked ahead on: that of one screen of a group, set up and told as it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from signage.actions.planned import Planned
from signage.actions.programme import Shown, programme
from signage.core.hours import Hours, is_off
from signage.core.targets import read_targets
from signage.models import Device, Feed, FeedItem, Screen, preferences
from signage.models.pairing import looks_of

MOST_SCREENS = 200
"""Offered one by one."""
WIDTH, HEIGHT = 1920, 1080
"""Of a screen whose picture nobody has told."""


@dataclass(frozen=True, slots=True)
class Wall:
    """A screen as it is set up, or the company's own where a group has none; its picture's size as
    people see it, and the screens that could be looked on instead."""

    screen: Screen | Shown
    width: int
    height: int
    others: Sequence[Row[int, str]]


def wall_of(session: Session, group_id: int | None, screen_id: int | None) -> Wall:
    """The wall of this screen, or of the group's first."""
    within = (Screen.group_id == group_id, Screen.revoked_at.is_(None))
    others = session.execute(
        select(Screen.id, Screen.name).where(*within).order_by(Screen.id).limit(MOST_SCREENS)
    ).all()
    asked = select(Screen).where(*within).order_by(Screen.id != screen_id, Screen.id).limit(1)
    screen = session.scalars(asked).one_or_none()
    if screen is None:
        chosen = preferences(session)
        nobody = Shown(
            0, "", "", chosen.language, chosen.timezone, "ink", False, 55, 4, group_id=group_id
        )
        return Wall(nobody, WIDTH, HEIGHT, others)
    return Wall(screen, *_size(session, screen), others)


def _size(session: Session, screen: Screen) -> tuple[int, int]:
    device = session.get(Device, screen.id)
    looks = looks_of(device.looks) if device else None
    width, height = (looks.width, looks.height) if looks else (0, 0)
    size = (width, height) if width and height else (WIDTH, HEIGHT)
    return size[::-1] if screen.turned in (90, 270) else size


def told(session: Session, wall: Wall, planned: Planned) -> dict[str, Any]:
    """What the player on the page is told: upright, since it is seen as people before the screen
    see it, and without motion."""
    rows = session.execute(
        select(Feed.name, Feed.kind, Feed.epoch, Feed.rev, FeedItem.item, FeedItem.body)
        .join(FeedItem, FeedItem.feed_id == Feed.id)
        .where(Feed.name.in_(planned.feeds))
    )
    feeds: dict[str, Any] = {}
    for name, kind, epoch, rev, item, body in rows:
        found = feeds.setdefault(name, {"kind": kind, "epoch": epoch, "rev": rev, "items": {}})
        found["items"][item] = body
    shown = programme(wall.screen, preferences(session), planned)
    return {
        "programme": {**shown, "motion": False, "turned": 0},
        "feeds": feeds, "width": wall.width, "height": wall.height,
    }  # fmt: skip


def takes_over(
    screen: Screen | Shown, feeds: Mapping[str, Any], moment: datetime
) -> Mapping[str, Any] | None:
    """What hangs alone on a screen at a moment, as static/wall/notices.js chooses it."""
    now = round(moment.timestamp() * 1000)
    found = [
        item
        for feed in feeds.values()
        for item in feed["items"].values()
        if item.get("takes_over") and item["from"] <= now < (item["until"] or now + 1)
        and _is_meant(item, screen)
    ]  # fmt: skip
    return max(
        found, key=lambda item: (item.get("urgent", False), item["from"], item["id"]), default=None
    )


def _is_meant(item: Mapping[str, Any], screen: Screen | Shown) -> bool:
    targets = read_targets(item.get("for"))
    return targets is None or targets.mean(screen.id, screen.group_id)


def is_night(screen: Screen | Shown, moment: datetime) -> bool:
    """Whether its picture is darker by its hours."""
    return is_off(Hours(screen.timezone, screen.night_from, screen.night_to), moment)
