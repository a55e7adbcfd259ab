"""What the log says of delivery: one line an event, with one id from decision to receipt."""

import logging

_log = logging.getLogger("signage.delivery")


def event(name: str, /, *, level: int = logging.INFO, **fields: object) -> None:
    """Say that something happened: `cause` is the id that ties decision, change, announcement and
    receipt together. Fields hold ids, numbers and fixed words; never a customer's words, a key or
    a person's name."""
    _log.log(level, name, extra={"fields": fields})
