"""What walls are told of feeds, made once for all who lack the same."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from gevent.lock import BoundedSemaphore

from signage import meters
from signage.actions.epochs import is_beyond, prove_restored
from signage.live.encoding import Encoded, encoded
from signage.live.state import Have, Head, feed_answer, read_heads
from signage.live.together import Together
from signage.models import Database

KEPT = 64
"""Answers kept of each feed: after a restart walls lack the same few things."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What walls that lack the same are told of one feed."""

    text: Encoded
    whole: bool
    """A snapshot, not changes."""


@dataclass(slots=True)
class _Made:
    """The answers of one feed at one (epoch, rev); by the rev that a wall has, None for none."""

    head: Head
    answers: dict[int | None, Answer] = field(default_factory=dict)


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
        made = self._kept(head, have)
        if made is not None:
            return made
        with self._turn:  # who waited finds it made
            return self._make(head.name, have)

    def _kept(self, head: Head, have: tuple[str, int] | None) -> Answer | None:
        made = self._made.get(head.name)
        if made is None or made.head != head:
            return None
        return made.answers.get(_since(head, have))

    def _make(self, name: str, have: tuple[str, int] | None) -> Answer:
        # The feed may have moved on since its head was read: answer and head are of one moment.
        with self._database.read() as session:
            head = read_heads(session)[name]
            if kept := self._kept(head, have):
                return kept
            told = feed_answer(session, head, have)
        made = self._made.get(name)
        if made is None or made.head != head:
            made = self._made[name] = _Made(head)
        answer = made.answers.get(None) if "items" in told else None
        answer = answer or Answer(encoded(told), "items" in told)
        if len(made.answers) >= KEPT:
            del made.answers[next(iter(made.answers))]
        made.answers[_since(head, have)] = answer
        return answer

    def _read_heads(self) -> dict[str, Head]:
        with self._database.read() as session:
            return read_heads(session)


def _since(head: Head, have: tuple[str, int] | None) -> int | None:
    """The rev from which a wall goes on; None where it must begin anew."""
    if have is None or have[0] != head.epoch or have[1] > head.rev:
        return None
    return have[1]
