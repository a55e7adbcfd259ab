"""JSON for the wire: what many walls are told is encoded once, and spliced into each answer."""

import json
import secrets
from typing import Any

from engineio import json as bounded

# No text that anybody wrote can hold it: it is made anew in each process and told to nobody.
_NONCE = secrets.token_hex(16)


class Encoded:
    """A value that is JSON text already."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text


def encoded(value: object) -> Encoded:
    """Encode a value once."""
    return Encoded(dumps(value))


def dumps(value: object, **options: Any) -> str:  # noqa: ANN401 - json's own
    """JSON text without blanks, with every Encoded in its place; called by python-socketio."""
    ready: list[str] = []

    def mark(part: object) -> str:
        if not isinstance(part, Encoded):
            raise TypeError(f"{type(part).__name__} cannot be sent")
        ready.append(part.text)
        return _NONCE

    text = json.dumps(value, default=mark, **{"separators": (",", ":"), **options})
    if not ready:
        return text
    # The encoder comes to them in the order in which they stand in the text.
    between = text.split(f'"{_NONCE}"')
    return between[0] + "".join(
        part + after for part, after in zip(ready, between[1:], strict=True)
    )


def loads(text: str | bytes, **options: Any) -> Any:  # noqa: ANN401 - json's own
    """What JSON text says; raises ValueError for what is none, nests too deep or has a number
    without end."""
    try:
        return bounded.loads(text, **{"parse_constant": _refuse, **options})
    except RecursionError as error:
        raise ValueError("nested too deep") from error


def _refuse(name: str) -> object:
    raise ValueError(f"{name} is not JSON")
