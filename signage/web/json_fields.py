"""Reading the object that a program sent, strictly: whatever is wrong with it is told at once."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from flask import request

from signage.errors import Invalid, Problem
from signage.web.forms import LARGEST
from signage.words import N_


def read_fields(known: Collection[str]) -> "Fields":
    """The body's fields; raises Invalid where it is no object, and for a field not in `known`."""
    try:
        said = json.loads(request.get_data(cache=False))
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        raise Invalid([Problem("not-object", N_("Send a JSON object."))])
    fields = Fields(said)
    for name in said:
        if name not in known:
            fields.refuse(name, N_("There is no such field."), "unknown-field")
    return fields


class Fields:
    """What was sent, field by field; null and what is missing are None."""

    def __init__(self, said: Mapping[str, Any]) -> None:
        self._said = said
        self._problems: list[Problem] = []

    def text(self, name: str, most: int = 2000) -> str | None:
        """Text of at most so many characters."""
        said: str | None = self._of(name, str, N_("This must be text."))
        if said is not None and len(said) > most:
            text = N_("At most {most} characters.")
            self._problems.append(Problem("too-long", text, name, {"most": most}))
        # Half a surrogate pair has no UTF-8, and no database takes it.
        return said and said.encode("utf-8", "replace").decode()

    def whole(self, name: str) -> int | None:
        """A whole number, not below zero."""
        said: int | None = self._of(name, int, N_("This must be a whole number."))
        if said is not None and not 0 <= said <= LARGEST:
            self.refuse(name, N_("This must be a whole number."))
            return None
        return said

    def flag(self, name: str) -> bool:
        """true or false."""
        return bool(self._of(name, bool, N_("This must be true or false.")))

    def moment(self, name: str) -> datetime | None:
        """A time with its zone."""
        said = self.text(name, 40)
        if said is None:
            return None
        try:
            moment = datetime.fromisoformat(said)
            # Beyond these years nobody means it, and no time zone can be reckoned with.
            if moment.tzinfo is not None and 2000 <= moment.year < 3000:
                return moment.astimezone(UTC)
        except (ValueError, OverflowError):
            pass
        self.refuse(name, N_("Write the time as 2026-02-03T09:00:00+01:00."))
        return None

    def numbers(self, name: str) -> Sequence[int] | None:
        """A list of whole numbers."""
        said = self._of(name, list, N_("This must be a list of whole numbers."))
        if said is None:
            return None
        if all(type(each) is int and 0 <= each <= LARGEST for each in said):
            return list(said)
        self.refuse(name, N_("This must be a list of whole numbers."))
        return None

    def refuse(self, name: str, text: str, code: str = "wrong-type") -> None:
        """Note what is wrong with a field, if it was sent."""
        if self._said.get(name) is not None:
            self._problems.append(Problem(code, text, name))

    def check(self) -> None:
        """Raise Invalid with all that was wrong."""
        if self._problems:
            raise Invalid(self._problems)

    def _of(self, name: str, kind: type, text: str) -> Any:  # noqa: ANN401 - JSON
        said = self._said.get(name)
        # A bool is an int to Python.
        if said is None or type(said) is kind:
            return said
        self.refuse(name, text)
        return None
