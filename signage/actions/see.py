"""Keeping what many screens said of themselves, in one transaction."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Update, case, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from signage.actions.former import latest_former
from signage.actions.sights import (
    Confirmed,
    Known,
    Recalled,
    Sight,
    Surroundings,
    is_heard,
    painted_of,
    surroundings,
    without,
)
from signage.core.painted import Positions, is_painted
from signage.models import Database, EditionReceipt, Receipt, Screen, ScreenPosition, ScreenVitals
from signage.models.database import insert_many

SEEN_STEP = timedelta(seconds=10)
"""The time of the last contact is written when it moved by this much."""

Row = dict[str, Any]


class _Noted(NamedTuple):
    """What is noted of a screen; heard: the `unheard_since` that is over, if one is."""

    settled: int
    edition: int
    heard: datetime | None
    second: datetime


def see(
    database: Database, sights: Mapping[int, Sight], known: Mapping[int, Known]
) -> tuple[dict[int, Known], list[Confirmed]]:
    """Keep what screens (by id) said. `known`: what earlier calls gave of them; who is not in it
    is looked up, and left out when there is no such screen. Gives what is known of them now, and
    the receipts that are new. Saying the same again is harmless."""
    with database.write() as session:
        writing = _Writing(surroundings(session, sights, known))
        for screen_id in sorted(writing.around.known):
            writing.take(screen_id, sights[screen_id])
        return writing.after, writing.write(session)


class _Writing:
    """Rows in the making."""

    def __init__(self, around: Surroundings) -> None:
        self.around = around
        self.after: dict[int, Known] = {}
        self._screens: dict[_Noted, dict[int, datetime]] = defaultdict(dict)
        self._positions: list[Row] = []
        self._receipts: list[Row] = []
        self._editions: list[Row] = []
        self._vitals: list[Row] = []

    def take(self, screen_id: int, sight: Sight) -> None:
        """What one screen said."""
        had, shown = self.around.known[screen_id], painted_of(sight, self.around)
        painted = {**had.painted, **shown}
        tells = bool(shown) or sight.has is not None
        settled = self._settle(screen_id, sight, had.settled, painted) if tells else had.settled
        edition = max(had.edition, sight.edition)
        self._editions += [
            {"edition_id": number, "screen_id": screen_id, "seen_at": sight.at}
            for number, only in self.around.editions.items()
            if had.edition < number <= edition and only in {None, screen_id}
        ]
        self._positions += [
            {"screen_id": screen_id, "feed_id": feed_id, "epoch": place[0], "rev": place[1],
             "painted_at": sight.at}
            for feed_id, place in sorted(shown.items())
            if had.painted.get(feed_id) != place
        ]  # fmt: skip
        if sight.vitals is not None:
            said = sight.vitals.as_json()
            self._vitals.append({"screen_id": screen_id, "told_at": sight.at, "said": said})
        self.after[screen_id] = self._note(screen_id, sight, replace(
            had, settled=settled, edition=edition, painted=painted
        ))  # fmt: skip

    def _note(self, screen_id: int, sight: Sight, now: Known) -> Known:
        """What is known of a screen, written if it moved."""
        had = self.around.known[screen_id]
        heard = had.unheard_since if is_heard(sight, self.around) else None
        moved = (now.settled, now.edition) != (had.settled, had.edition) or heard is not None
        if not moved and had.seen_at is not None and sight.at - had.seen_at < SEEN_STEP:
            return now
        noted = _Noted(now.settled, now.edition, heard, sight.at.replace(microsecond=0))
        self._screens[noted][screen_id] = sight.at
        unheard_since = None if heard else had.unheard_since
        return replace(now, seen_at=sight.at, unheard_since=unheard_since)

    def _settle(self, screen_id: int, sight: Sight, settled: int, painted: Positions) -> int:
        """Receipts for what is painted away; gives up to which recall nothing is owed now."""
        epochs, owed = self.around.epochs, None
        lacks = without(sight, self.around)
        for recall in self.around.recalls:
            if recall.id <= settled:
                continue
            # Of what was recalled after it spoke, that it lacked a feed says nothing.
            free = lacks if recall.made_at <= sight.at else ()
            if is_painted(recall.parts, painted, epochs, free):
                at = max(sight.at, recall.made_at)
                self._receipts.append(
                    {"recall_id": recall.id, "screen_id": screen_id, "confirmed_at": at}
                )
            elif owed is None:
                owed = recall.id
        return self.around.newest if owed is None else owed - 1

    def write(self, session: Session) -> list[Confirmed]:
        """All of it; gives the receipts that were not there before."""
        for noted, seen in self._screens.items():
            session.execute(_seen(seen, noted))
        new = self._new_receipts(session)
        insert = _insert(session)
        keep = insert(ScreenPosition)
        told = {name: keep.excluded[name] for name in ("epoch", "rev", "painted_at")}
        keep = keep.on_conflict_do_update(index_elements=["screen_id", "feed_id"], set_=told)
        self._write_vitals(session)
        rows = (
            (keep, self._positions),
            (insert(EditionReceipt).on_conflict_do_nothing(), self._editions),
            (insert(Receipt), new),
        )
        for statement, given in rows:
            if given:
                columns = {name: [row[name] for row in given] for name in given[0]}
                insert_many(session, statement, columns)
        recalls = {recall.id: recall for recall in self.around.recalls}
        return [_confirmed(recalls[row["recall_id"]], row) for row in new]

    def _write_vitals(self, session: Session) -> None:
        if self._vitals:
            keep = _insert(session)(ScreenVitals)
            told = {name: keep.excluded[name] for name in ("told_at", "said")}
            keep = keep.on_conflict_do_update(index_elements=["screen_id"], set_=told)
            session.execute(keep, self._vitals)

    def _new_receipts(self, session: Session) -> list[Row]:
        """Those that are not there yet: another process may have kept the same."""
        if not self._receipts:
            return []
        held = {name: {row[name] for row in self._receipts} for name in ("recall_id", "screen_id")}
        there = session.execute(
            select(Receipt.recall_id, Receipt.screen_id).where(
                Receipt.recall_id.in_(held["recall_id"]), Receipt.screen_id.in_(held["screen_id"])
            )
        )
        kept = {(recall_id, screen_id) for recall_id, screen_id in there}
        new = [row for row in self._receipts if (row["recall_id"], row["screen_id"]) not in kept]
        # What the former device itself said just before counts as said after it: there is no
        # telling, and words are rather told to be left than to be gone.
        former = latest_former(session, {row["screen_id"] for row in new}) if new else {}
        return [{**row, "former_copy_id": former.get(row["screen_id"], 0)} for row in new]


def _seen(seen: Mapping[int, datetime], noted: _Noted) -> Update:
    """Screens of which the same is noted, within the same second: one statement for all."""
    at = max(seen.values())
    later = case((Screen.last_seen_at > at, Screen.last_seen_at), else_=at)  # by another process
    row = {
        "last_seen_at": later,
        "settled_recall_id": noted.settled,
        "seen_edition_id": noted.edition,
    }
    if noted.heard is not None:  # epochs may have been renewed once more meanwhile
        is_over = Screen.unheard_since == noted.heard
        row["unheard_since"] = case((is_over, None), else_=Screen.unheard_since)
    return update(Screen).where(Screen.id.in_(seen)).values(row)


def _confirmed(recall: Recalled, row: Row) -> Confirmed:
    passed = row["confirmed_at"] - recall.since
    return Confirmed(recall.cause, row["screen_id"], max(0.0, passed.total_seconds()))


def _insert(session: Session) -> Callable[..., Any]:
    if session.get_bind().dialect.name == "postgresql":
        return postgresql.insert
    return sqlite.insert
