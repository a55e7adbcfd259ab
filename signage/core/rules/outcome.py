"""What follows where a rule's conditions hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Verdict = Literal["approve", "person", "set_aside", "reject"]
VERDICTS: tuple[Verdict, ...] = ("approve", "person", "set_aside", "reject")

FEEDS = ("quotes", "improvements")
"""Feeds in which customers' words hang: by themselves, and beside what was done about them."""
MOST_HOURS = 168


@dataclass(frozen=True, slots=True)
class Outcome:
    """A verdict, or none where the rule only adds; first decisive wins.

    reason: why a quote is rejected. hours: with approve, how long somebody may object before it
    hangs; 0 is the usual grace period. feeds: those that the quote is limited to, None for no
    limit.
    """

    verdict: Verdict | None = None
    reason: str | None = None
    hours: int = 0
    tags: tuple[str, ...] = ()
    feeds: tuple[str, ...] | None = None

    @property
    def does_something(self) -> bool:
        """Whether anything follows at all."""
        return self.verdict is not None or bool(self.tags) or self.feeds is not None

    def to_json(self) -> dict[str, Any]:
        """As it is kept."""
        return {
            "verdict": self.verdict,
            "reason": self.reason,
            "hours": self.hours,
            "tags": list(self.tags),
            "feeds": None if self.feeds is None else list(self.feeds),
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Outcome":
        """The reverse of to_json; TypeError or ValueError for what this version does not know."""
        given = {**kept, "tags": tuple(kept.get("tags") or ())}
        if given.get("feeds") is not None:
            given["feeds"] = tuple(given["feeds"])
        outcome = cls(**given)
        if outcome.verdict is not None and outcome.verdict not in VERDICTS:
            raise ValueError(outcome.verdict)
        return outcome
