"""What somebody at the desk may decide next, by chance."""

import json
from collections.abc import Callable
from random import Random
from typing import Any

from bench.recovery_parts.ledger import SOURCE, Deed, Ledger, about_quote
from bench.recovery_parts.other_deeds import OtherDeeds
from signage.actions import decide
from signage.actions.erase import erase
from signage.core.verbatim import Cut, Revision

REASON = "unclear"
CUT = Revision(cuts=(Cut(0, 5),))


class Deeds:
    """Draws deeds that the ledger allows. grace: seconds from approval to the walls."""

    def __init__(self, ledger: Ledger, chance: Random, user_id: int, grace: int) -> None:
        self.ledger = ledger
        self._chance = chance
        self._user_id = user_id
        self._approved = "approved" if grace else "published"
        self.others = others = OtherDeeds(ledger, chance, user_id, grace)
        self._kinds: dict[Callable[[], Deed | None], int] = {
            self._approve: 30, self._withdraw: 14, self._undo: 8, self._erase: 5, self._reject: 3,
            self._set_aside: 2, others.correct: 6, others.receive: 6, others.improve: 4,
            others.hang: 4, others.take_down: 2, others.prefer: 3,
        }  # fmt: skip

    def draw(self) -> Deed:
        """One of them; where its kind has nothing to do, an answer comes in."""
        kind = self._chance.choices(list(self._kinds), list(self._kinds.values()))[0]
        return kind() or self.others.receive()

    def _approve(self) -> Deed | None:
        spans = CUT if self._chance.random() < 0.2 else None
        form = {} if spans is None else {"spans": json.dumps(spans.to_json())}
        states = ("waiting", "set_aside")
        return self._decide("approve", "approval", self._approved, states, form, spans=spans)

    def _withdraw(self) -> Deed | None:
        form = {"reason": REASON}
        return self._decide(
            "withdraw", "withdrawal", "withdrawn", ("published", "approved"), form, **form
        )

    def _reject(self) -> Deed | None:
        form = {"reason": REASON}
        return self._decide("reject", "rejection", "rejected", ("waiting",), form, **form)

    def _set_aside(self) -> Deed | None:
        return self._decide("set_aside", "setting-aside", "set_aside", ("waiting",), {})

    def _decide(
        self, verdict: str, page: str, state: str, states: tuple[str, ...],
        form: dict[str, str], **given: Any,  # noqa: ANN401 - what each verdict takes
    ) -> Deed | None:  # fmt: skip
        if (quote := self._one(*states)) is None:
            return None
        revision = self.ledger.revisions.get(quote, 0)
        seen = {} if verdict == "withdraw" else {"revision": revision}
        call = getattr(decide, verdict)
        return Deed(
            verdict,
            lambda database, at: call(
                database, quote, user_id=self._user_id, at=at, **seen, **given
            ),
            lambda made: self.ledger.decided(made, quote, state),
            about_quote(quote),
            f"/desk/quotes/{quote}/{page}",
            {**form, "revision": str(revision)},
        )

    def _undo(self) -> Deed | None:
        quotes = self.ledger.sure(*decide.UNDOABLE.values(), "withdrawn")
        known = [quote for quote in quotes if quote in self.ledger.latest]
        if not known:
            return None
        quote = self._chance.choice(known)
        decision = self.ledger.latest[quote][0]
        return Deed(
            "undo",
            lambda database, at: decide.undo(database, decision, user_id=self._user_id, at=at),
            lambda made: self.ledger.undone(made, quote),
            about_quote(quote),
        )

    def _erase(self) -> Deed | None:
        quote = self._one("waiting", "approved", "published", "withdrawn", "rejected", "set_aside")
        if quote is None:
            return None
        answer = self.ledger.answers[quote]
        return Deed(
            "erase",
            lambda database, at: erase(database, SOURCE, answer, at=at),
            lambda _: self.ledger.forgotten(quote),
            about_quote(quote),
        )

    def _one(self, *states: str) -> int | None:
        quotes = self.ledger.sure(*states)
        return self._chance.choice(quotes) if quotes else None
