"""What people and programs are told while the database cannot do its work."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass

from flask import request

from signage import logs
from signage.models.trouble import Trouble
from signage.words import N_


@dataclass(frozen=True, slots=True)
class Told:
    """What cannot be done and what to do (English, marked for translation), and after how many
    seconds to try again."""

    detail: str
    seconds: int


TROUBLES: Mapping[Trouble, Told] = {
    "away": Told(
        N_(
            "Nothing can be looked up or decided just now. What was accepted before is safe, and"
            " the walls go on. Try again in a moment."
        ),
        5,
    ),
    "busy": Told(
        N_(
            "Other work took so long that yours was not done. Nothing was lost. Try again in a"
            " moment."
        ),
        5,
    ),
    "full": Told(
        N_(
            "What you just did was not kept. What was accepted before is safe, and the walls go on."
            " Whoever runs this server must make room on its disk; then do it again."
        ),
        60,
    ),
    "read-only": Told(
        N_(
            "What you just did was not kept. What was accepted before is safe, and the walls go on."
            " Whoever runs this server must let the database be written to; then do it again."
        ),
        60,
    ),
    "broken": Told(
        N_(
            "What you just did was not kept, and the walls go on with what they have. Tell whoever"
            " runs this server: the disk must be looked at, and a backup may be needed."
        ),
        60,
    ),
}


def note(trouble: Trouble) -> None:
    """One line in the log for a request that could not be served. Its path may hold a token."""
    logs.event("unavailable", level=logging.WARNING, why=trouble, endpoint=request.endpoint)
