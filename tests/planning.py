"""Plans that tests start from."""

from dataclasses import replace
from datetime import datetime

from signage.actions import plans, publish_plan
from signage.core.plan import NO_GROUP, Entry, Plan
from signage.core.slots import Slot
from signage.models import Database
from signage.models.plan import draft_plan, live_plan

LUNCH = Slot("", (0, 1, 2, 3, 4), "11:00", "13:30")


def planned_lunch(
    database: Database, *, at: datetime, group: str = NO_GROUP, feed: str = "nps", **slot: str
) -> str:
    """A playlist of one scene in a slot, drafted; gives the playlist's id."""
    id_ = plans.add_playlist(database, f"Lunch {feed} {group}", at=at)
    scene = feed if feed in {"nps", "csat", "ces", "mix", "touchpoints"} else "quote"
    plans.set_entry(database, id_, None, Entry(scene, feed), seen=digest(database, id_), at=at)
    made = replace(LUNCH, playlist=id_, **slot)  # type: ignore[arg-type]  # its texts alone
    plans.set_slot(database, group, made, at=at)
    return id_


def publish(database: Database, *, at: datetime, user_id: int | None = None) -> int:
    """Publish the draft as it is."""
    return publish_plan.publish_plan(
        database, seen=drafted(database).digest, at=at, user_id=user_id
    )


def digest(database: Database, playlist_id: str) -> str:
    return drafted(database).playlists[playlist_id].digest


def drafted(database: Database) -> Plan:
    with database.read() as session:
        return draft_plan(session)


def live(database: Database) -> Plan:
    with database.read() as session:
        return live_plan(session)
