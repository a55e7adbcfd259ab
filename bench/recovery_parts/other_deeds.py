"""What else somebody at the desk may do next: answers, improvements, choices."""

from itertools import count
from random import Random
from typing import Any

from bench.recovery_parts.ledger import SOURCE, Deed, Ledger, about_quote
from bench.recovery_parts.world import BEGINNING
from signage.actions.improve import (
    ImprovementDraft,
    improve,
    publish_improvement,
    withdraw_improvement,
)
from signage.actions.prefer import prefer
from signage.actions.receive import receive
from signage.intake.draft import draft_from
from signage.models import Preferences

SAID_BY = 2
"""Quotes behind one improvement, at most."""


class OtherDeeds:
    """Draws deeds that the ledger allows."""

    def __init__(self, ledger: Ledger, chance: Random, user_id: int, grace: int) -> None:
        self.ledger = ledger
        self._chance = chance
        self._user_id = user_id
        self._grace = grace
        self._numbers = count(1)

    def receive(self, many: int = 1) -> Deed:
        """So many answers come in; which quotes they made, the ledger is told by who looks."""
        names = [f"A-{next(self._numbers)}" for _ in range(many)]
        answers = [self._answer(name) for name in names]
        return Deed(
            "receive",
            lambda database, at: receive(
                database, [draft_from(each, at=at, payload="{}") for each in answers], at=at
            ),
            lambda _: self.ledger.received.update(names),
            "answers",
        )

    def correct(self) -> Deed | None:
        """An answer that hangs gets another score."""
        quotes = self.ledger.sure("published", "approved")
        if not quotes:
            return None
        quote = self._chance.choice(quotes)
        fields = {**self._answer(self.ledger.answers[quote]), "comment": None}
        return Deed(
            "correct",
            lambda database, at: receive(
                database, [draft_from(fields, at=at, payload="{}")], at=at
            ),
            lambda _: None,
            about_quote(quote),
        )

    def improve(self) -> Deed | None:
        """An improvement with customers' words behind it is written down."""
        quotes = self.ledger.sure("published", "approved", "waiting", "withdrawn")
        said = tuple(self._chance.sample(quotes, min(SAID_BY, len(quotes))))
        label = f"change {next(self._numbers)}"
        day = BEGINNING.date().replace(month=self._chance.randrange(1, 4))
        draft = ImprovementDraft(f"We made {label}.", label, "Team", day, None, said)
        return Deed(
            "improve",
            lambda database, at: improve(database, draft, user_id=self._user_id, at=at),
            lambda made: self.ledger.improvements.update({made.id: False}),
            "improvements",
        )

    def hang(self) -> Deed | None:
        """An improvement is hung."""
        return self._turn("hang improvement", publish_improvement, hangs=True)

    def take_down(self) -> Deed | None:
        """An improvement is taken down."""
        return self._turn("take improvement down", withdraw_improvement, hangs=False)

    def _turn(self, name: str, call: Any, *, hangs: bool) -> Deed | None:  # noqa: ANN401 - either action
        found = [
            id_
            for id_, hung in self.ledger.improvements.items()
            if hung != hangs and f"improvement {id_}" not in self.ledger.unsure
        ]
        if not found:
            return None
        id_ = self._chance.choice(found)
        return Deed(
            name,
            lambda database, at: call(database, id_, at=at),
            lambda _: self.ledger.improvements.update({id_: hangs}),
            f"improvement {id_}",
        )

    def prefer(self) -> Deed:
        """The wall gets another title."""
        title = f"Title {next(self._numbers)}"
        chosen = Preferences(title=title, grace_seconds=self._grace)

        def accepted(_: object) -> None:
            self.ledger.title = title
            self.ledger.unsure.discard("title")

        return Deed(
            "prefer", lambda database, at: prefer(database, chosen, at=at), accepted, "title"
        )

    def _answer(self, name: str) -> dict[str, object]:
        score = self._chance.randrange(11)
        # Some words are many: walls are sent large messages too.
        words = f"Said by {name}. " + "Much more could be said. " * self._chance.choice((0, 1, 40))
        return {"source": SOURCE, "external_id": name, "score": score, "comment": words}
