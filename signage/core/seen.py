"""What a form was filled from, so that whoever saves is told when somebody else saved before."""

import json
from hashlib import sha256

from signage.errors import Conflict


def fingerprint(*said: object) -> str:
    """In short, and the same for the same."""
    written = json.dumps(said, default=str, sort_keys=True, ensure_ascii=False)
    return sha256(written.encode()).hexdigest()[:16]


def check_seen(seen: str | None, now: str) -> None:
    """Raise Conflict unless what was seen is what there is; None is of somebody who did not look,
    such as a program."""
    if seen is not None and seen != now:
        raise Conflict
