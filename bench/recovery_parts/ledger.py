"""What the product was told and accepted: nothing of it may be lost."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from signage.models import Database

SOURCE = "recovery"


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that somebody at the desk does.

    call: does it, in this process; page and form: the same by the desk's own page, where there is
    one; accepted: called with what `call` gives (None where the page did it) once it succeeded;
    about: what nobody can tell the state of, if no answer came.
    """

    name: str
    call: Callable[[Database, datetime], Any]
    accepted: Callable[[Any], object]
    about: str
    page: str = ""
    form: dict[str, str] = field(default_factory=dict)


class Made(Protocol):
    """A decision that was made."""

    @property
    def id(self) -> int: ...

    @property
    def revision(self) -> int: ...


@dataclass(slots=True)
class Ledger:
    """The accepted state. Quotes by id → state; `approved` becomes published by itself."""

    quotes: dict[int, str] = field(default_factory=dict)
    answers: dict[int, str] = field(default_factory=dict)
    """Quote id → external id of its answer."""
    received: set[str] = field(default_factory=set)
    erased: set[str] = field(default_factory=set)
    decisions: dict[int, int] = field(default_factory=dict)
    """Decision id → quote id."""
    latest: dict[int, tuple[int, str]] = field(default_factory=dict)
    """Quote id → its latest decision that can be undone, and the state before it."""
    revisions: dict[int, int] = field(default_factory=dict)
    improvements: dict[int, bool] = field(default_factory=dict)
    """Whether it hangs."""
    title: str = ""
    unsure: set[str] = field(default_factory=set)
    """Things that were done without an answer: either outcome is right."""

    def copy(self) -> "Ledger":
        """As a backup holds it."""
        return deepcopy(self)

    def back_to(self, earlier: "Ledger") -> None:
        """The database was put back to what it was then."""
        kept = deepcopy(earlier)
        for name in self.__dataclass_fields__:
            setattr(self, name, getattr(kept, name))

    def sure(self, *states: str) -> list[int]:
        """Quotes in one of the states, for certain."""
        return [
            quote_id
            for quote_id, state in self.quotes.items()
            if state in states and about_quote(quote_id) not in self.unsure
        ]

    def decided(self, made: Made, quote_id: int, state: str) -> None:
        """A decision was accepted."""
        self.latest[quote_id] = (made.id, self.quotes[quote_id])
        self.decisions[made.id] = quote_id
        self.revisions[quote_id] = made.revision
        self.quotes[quote_id] = state

    def undone(self, made: Made, quote_id: int) -> None:
        """The latest decision on a quote was taken back."""
        self.decisions[made.id] = quote_id
        self.quotes[quote_id] = self.latest.pop(quote_id)[1]

    def forgotten(self, quote_id: int) -> None:
        """An answer was erased, and all that was decided of it."""
        self.erased.add(self.answers.pop(quote_id))
        del self.quotes[quote_id]
        self.latest.pop(quote_id, None)
        self.decisions = {id_: about for id_, about in self.decisions.items() if about != quote_id}


def about_quote(quote_id: int) -> str:
    """How a quote is named among what is unsure."""
    return f"quote {quote_id}"
