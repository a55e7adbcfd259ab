"""Keeping what walls say that they have shown."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from signage.core.plays import Batch
from signage.models import Database, ItemPlay, Play, PlayQueue, Screen

KEPT = timedelta(days=400)
QUEUES = 8
"""Of one screen are remembered: a player that lost its memory begins another."""

Row = dict[str, Any]


def keep_plays(database: Database, batches: Sequence[tuple[int, Batch]], *, at: datetime) -> None:
    """Add what screens (by id) have shown, each batch once. Of a screen that is not there any more
    nothing is kept."""
    with database.write() as session:
        new = _new(session, batches)
        keep = _insert(session)
        for screen_id, batch in new:
            scenes = [
                {"hour": hour, "screen_id": screen_id, "scene": scene, "times": n, "seconds": s}
                for (hour, scene), (n, s) in sorted(batch.scenes.items())
            ]
            items = [
                {"day": day, "screen_id": screen_id, "item": item, "times": n, "seconds": s}
                for (day, item), (n, s) in sorted(batch.items.items())
            ]
            _add(session, keep, Play, scenes)
            _add(session, keep, ItemPlay, items)
            _note(session, keep, screen_id, batch, at)


def forget_plays(database: Database, *, at: datetime) -> None:
    """Drop what is older than 400 days; safe to run twice."""
    before = at - KEPT
    with database.write() as session:
        session.execute(delete(Play).where(Play.hour < before))
        session.execute(delete(ItemPlay).where(ItemPlay.day < before.date()))
        session.execute(delete(PlayQueue).where(PlayQueue.taken_at < before))


def _new(session: Session, batches: Iterable[tuple[int, Batch]]) -> list[tuple[int, Batch]]:
    """Those that were not taken before, in the order of their numbers."""
    batches = sorted(batches, key=lambda each: (each[0], each[1].queue, each[1].number))
    ids = {screen_id for screen_id, _ in batches}
    there = set(session.scalars(select(Screen.id).where(Screen.id.in_(ids))))
    queues = select(PlayQueue).where(PlayQueue.screen_id.in_(ids))
    taken = {(each.screen_id, each.queue): each.taken for each in session.scalars(queues)}
    new = []
    for screen_id, batch in batches:
        place = screen_id, batch.queue
        if screen_id in there and batch.number > taken.get(place, -1):
            taken[place] = batch.number
            new.append((screen_id, batch))
    return new


def _add(
    session: Session, keep: Callable[..., Any], kind: type[Play] | type[ItemPlay], rows: list[Row]
) -> None:
    if not rows:
        return
    insert = keep(kind)
    more = {name: getattr(kind, name) + insert.excluded[name] for name in ("times", "seconds")}
    key = [column.name for column in kind.__table__.primary_key]
    session.execute(insert.on_conflict_do_update(index_elements=key, set_=more), rows)


def _note(
    session: Session, keep: Callable[..., Any], screen_id: int, batch: Batch, at: datetime
) -> None:
    insert = keep(PlayQueue)
    told = {"taken": insert.excluded.taken, "taken_at": insert.excluded.taken_at}
    session.execute(
        insert.on_conflict_do_update(index_elements=["screen_id", "queue"], set_=told),
        [{"screen_id": screen_id, "queue": batch.queue, "taken": batch.number, "taken_at": at}],
    )
    kept = (
        select(PlayQueue.queue)
        .where(PlayQueue.screen_id == screen_id)
        .order_by(PlayQueue.taken_at.desc(), PlayQueue.queue)
        .limit(QUEUES)
    )
    session.execute(
        delete(PlayQueue).where(PlayQueue.screen_id == screen_id, PlayQueue.queue.not_in(kept))
    )


def _insert(session: Session) -> Callable[..., Any]:
    return postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
