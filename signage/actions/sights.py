"""What screens say of themselves, and what the database must be asked to make sense of it."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from signage.core.painted import Part, Positions
from signage.core.vitals import Vitals
from signage.models import Edition, Feed, Recall, RecallPart, Screen, ScreenPosition


@dataclass(frozen=True, slots=True)
class Sight:
    """What one screen said last: when, what its page shows (feed name → epoch and rev), the
    programme that it has applied (0: not said), and how its page is, where that is to be kept;
    whole: `painted` is all that its page shows, under the programme that it is to have."""

    at: datetime
    painted: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    edition: int = 0
    vitals: Vitals | None = None
    whole: bool = False
    has: frozenset[str] | None = None
    """The feeds that it is told of, or shows; None: not said."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the database holds of a screen: last contact, up to which recall and which programme
    nothing is owed, and what its page showed; unheard_since as in Screen; history: as in
    Surroundings, when it was looked up."""

    seen_at: datetime | None
    settled: int
    edition: int
    painted: Positions = field(default_factory=dict)
    unheard_since: datetime | None = None
    history: str = ""


@dataclass(frozen=True, slots=True)
class Recalled:
    """A recall, announced at `since`, or decided then while it is not announced."""

    id: int
    cause: str
    made_at: datetime
    since: datetime
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A receipt that is new; `seconds` since the recall was announced."""

    cause: str
    screen_id: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What some sights are held against.

    feeds: name → id, epoch, rev; history: the epoch of the first of them, since all are renewed
    together; recalls and editions: those that one of the screens may owe, oldest first; newest:
    the last recall of all; editions: number → the one screen it is for.
    """

    known: Mapping[int, Known]
    feeds: Mapping[str, tuple[int, str, int]]
    history: str
    newest: int
    recalls: tuple[Recalled, ...]
    editions: Mapping[int, int | None]

    @property
    def epochs(self) -> dict[int, str]:
        """Feed id → its present epoch."""
        return {feed_id: epoch for feed_id, epoch, _ in self.feeds.values()}


def surroundings(
    session: Session, sights: Mapping[int, Sight], known: Mapping[int, Known]
) -> Surroundings:
    """Ask for what is needed: a few statements however many screens there are. Screens that are
    not `known` are looked up; one that does not exist is left out."""
    newest = session.scalar(select(func.max(Recall.id))) or 0
    rows = session.execute(select(Feed.name, Feed.id, Feed.epoch, Feed.rev).order_by(Feed.id)).all()
    history = rows[0].epoch if rows else ""
    # Another history, or settled further than there are recalls: the database was put back under a
    # running server.
    held = {
        id_: of
        for id_, of in known.items()
        if id_ in sights and of.settled <= newest and of.history == history
    }
    both = {**_look_up(session, sights.keys() - held.keys(), history), **held}
    behind = [both[id_].settled for id_ in both if sights[id_].painted or sights[id_].has]
    ahead = [
        (both[id_].edition, sights[id_].edition)
        for id_ in both
        if sights[id_].edition > both[id_].edition
    ]
    return Surroundings(
        known=both,
        feeds={name: (id_, epoch, rev) for name, id_, epoch, rev in rows},
        history=history,
        newest=newest,
        recalls=_recalls(session, min(behind)) if behind and min(behind) < newest else (),
        editions=_editions(session, min(had for had, _ in ahead), max(has for _, has in ahead))
        if ahead
        else {},
    )


def painted_of(sight: Sight, around: Surroundings) -> Positions:
    """Feed id → (epoch, rev) of what a sight says; what the server cannot have told is ignored."""
    shown = {}
    for name, (epoch, rev) in sight.painted.items():
        feed_id, present, latest = around.feeds.get(name, (0, None, 0))
        if epoch == present and 0 <= rev <= latest:
            shown[feed_id] = (epoch, rev)
    return shown


def is_heard(sight: Sight, around: Surroundings) -> bool:
    """Whether a sight says all that its screen shows, and that this is of the present history."""
    said = [
        (epoch, around.feeds[name][1])
        for name, (epoch, _) in sight.painted.items()
        if name in around.feeds
    ]
    return sight.whole and bool(said) and all(epoch == present for epoch, present in said)


def without(sight: Sight, around: Surroundings) -> frozenset[int]:
    """The ids of feeds that a screen is not told of, and of which its page shows nothing."""
    if sight.has is None:
        return frozenset()
    return frozenset(id_ for name, (id_, _, _) in around.feeds.items() if name not in sight.has)


def _look_up(session: Session, ids: Collection[int], history: str) -> dict[int, Known]:
    if not ids:
        return {}
    painted: dict[int, dict[int, tuple[str, int]]] = defaultdict(dict)
    place = ScreenPosition
    for screen_id, feed_id, epoch, rev in session.execute(
        select(place.screen_id, place.feed_id, place.epoch, place.rev).where(
            place.screen_id.in_(ids)
        )
    ):
        painted[screen_id][feed_id] = (epoch, rev)
    rows = session.execute(
        select(
            Screen.id, Screen.last_seen_at, Screen.settled_recall_id, Screen.seen_edition_id,
            Screen.unheard_since,
        ).where(Screen.id.in_(ids))
    )  # fmt: skip
    return {
        id_: Known(seen_at, settled, edition, painted[id_], unheard_since, history)
        for id_, seen_at, settled, edition, unheard_since in rows
    }


def _recalls(session: Session, after: int) -> tuple[Recalled, ...]:
    parts: dict[int, list[Part]] = defaultdict(list)
    rows = session.execute(
        select(Recall, RecallPart)
        .join(RecallPart, RecallPart.recall_id == Recall.id)
        .where(Recall.id > after, Recall.undone_at.is_(None))
        .order_by(Recall.id)
    ).all()
    for recall, part in rows:
        parts[recall.id].append(Part(part.feed_id, part.epoch, part.rev))
    found = {recall.id: recall for recall, _ in rows}
    return tuple(
        Recalled(id_, of.cause, of.made_at, of.announced_at or of.made_at, tuple(parts[id_]))
        for id_, of in found.items()
    )


def _editions(session: Session, after: int, last: int) -> dict[int, int | None]:
    rows = session.execute(
        select(Edition.id, Edition.screen_id)
        .where(Edition.id > after, Edition.id <= last)
        .order_by(Edition.id)
    )
    return dict(rows.all())
