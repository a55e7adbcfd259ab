"""What walls are told of feeds, made once for all who lack the same."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from gevent.lock import BoundedSemaphore
from sqlalchemy import select
from sqlalchemy.orm import Session

from signage import meters
from signage.actions.epochs import is_beyond, prove_restored
from signage.live.encoding import Encoded, encoded
from signage.live.state import Have, Head, feed_answer, read_heads
from signage.live.together import Together
from signage.models import Database, FeedChange

KEPT = 64
"""Answers of changes kept of each feed: after a restart walls lack the same few things."""
NOBODY = -1
"""Below every rev: the history reaches back to all of them."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What walls that lack the same are told of one feed."""

    text: Encoded
    whole: bool
    """A snapshot, not changes."""


@dataclass(slots=True)
class _Made:
    """The answers of one feed at one (epoch, rev)."""

    head: Head
    whole: Answer | None = None
    """For whoever has nothing of use; kept for as long as the feed stays where it is."""
    beyond: int = NOBODY
    """Up to this rev the history does not reach back: who has no more gets the whole, too."""
    answers: dict[int, Answer] = field(default_factory=dict)
    """By the rev that a wall has."""

    def answer(self, since: int | None) -> Answer | None:
        """What is told those who have come so far; None where it was not made yet."""
        if since is None or since <= self.beyond:
            return self.whole
        return self.answers.get(since)


class Answers:
    """Answers hellos. With nothing new a thousand cost a few queries between them."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._heads = Together(self._read_heads)
        self._made: dict[str, _Made] = {}
        self._turn = BoundedSemaphore(1)

    def to(self, names: Sequence[str], have: Have, *, at: datetime) -> dict[str, Encoded]:
        """For each feed what somebody with `have` lacks, no older than this call."""
        heads = self._heads.get()
        reached = {name: (head.epoch, head.rev) for name, head in heads.items()}
        # Who was told more than there is proves that the database was put back.
        if is_beyond(have, reached) and prove_restored(self._database, have, at=at):
            heads = self._heads.get()
        told = {}
        for head in (heads[name] for name in names if name in heads):
            answer = self._answer(head, have.get(head.name))
            if answer.whole:
                meters.SNAPSHOTS.labels(head.name).inc()
            told[head.name] = answer.text
        return told

    def _answer(self, head: Head, have: tuple[str, int] | None) -> Answer:
        if kept := self._kept(head, have):
            return kept
        with self._turn:  # who waited finds it made
            return self._kept(head, have) or self._make(head.name, have)

    def _kept(self, head: Head, have: tuple[str, int] | None) -> Answer | None:
        made = self._made.get(head.name)
        if made is None or made.head != head:
            return None
        return made.answer(_since(head, have))

    def _make(self, name: str, have: tuple[str, int] | None) -> Answer:
        # The feed may have moved on since its head was read: answer and head are of one moment.
        with self._database.read() as session:
            head = read_heads(session)[name]
            if kept := self._kept(head, have):
                return kept
            told, since = feed_answer(session, head, have), _since(head, have)
            beyond = _unreached(session, head) if since is not None and "items" in told else NOBODY
        made = self._made.get(name)
        if made is None or made.head != head:
            made = self._made[name] = _Made(head)
        if since is None or "items" in told:
            made.whole = made.whole or Answer(encoded(told), whole=True)
            made.beyond = max(made.beyond, beyond)
            return made.whole
        if len(made.answers) >= KEPT:
            del made.answers[next(iter(made.answers))]
        made.answers[since] = Answer(encoded(told), whole=False)
        return made.answers[since]

    def _read_heads(self) -> dict[str, Head]:
        with self._database.read() as session:
            return read_heads(session)


def _since(head: Head, have: tuple[str, int] | None) -> int | None:
    """The rev from which a wall goes on; None where it must begin anew."""
    if have is None or have[0] != head.epoch or have[1] > head.rev:
        return None
    return have[1]


def _unreached(session: Session, head: Head) -> int:
    """The last rev that the history does not reach back to without a gap."""
    kept = session.scalars(
        select(FeedChange.rev).where(FeedChange.feed_id == head.id).order_by(FeedChange.rev.desc())
    ).all()
    reached = head.rev
    for rev in kept:
        if rev != reached:
            break
        reached -= 1
    return reached - 1
