"""What the log says: one line an event, for people or for programs.

What is delivered has one id from decision to receipt, `cause`. Whatever is written, a line break or
another control character in it is escaped: no text that came from elsewhere can look like a line.
"""

import errno
import json
import logging
import math
import re
import sys
from datetime import UTC, datetime
from resource import RLIMIT_NOFILE, getrlimit
from time import monotonic
from types import TracebackType
from typing import TextIO

_log = logging.getLogger("signage.delivery")
_surprises = logging.getLogger("signage.surprises")

_BARE = re.compile(r"[\w.:/+@-]+", re.ASCII)
"""Values that need no quotes."""


class Seldom:
    """Lets through what may be said once a minute."""

    def __init__(self) -> None:
        self._next = -math.inf

    def may(self, at: float) -> bool:
        """Whether it may be said now; at: seconds of a clock that never goes back."""
        if at < self._next:
            return False
        self._next = at + 60
        return True


_full = Seldom()


def event(name: str, /, *, level: int = logging.INFO, **fields: object) -> None:
    """Say that something happened: `cause` is the id that ties decision, change, announcement and
    receipt together. Fields hold ids, numbers and fixed words; never a customer's words, a key or
    a person's name."""
    _log.log(level, name, extra={"fields": fields})


def configure(log_format: str, *, events: bool, stream: TextIO | None = None) -> None:
    """Write the log to standard error: `text` for people, `json` for programs. Warnings and errors
    always; what is delivered only with `events`. A second call takes the place of the first."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines() if log_format == "json" else TextLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    _log.setLevel(logging.INFO if events else logging.WARNING)
    logging.captureWarnings(capture=True)


def surprise(
    context: object, kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Note what ended a greenlet. Takes the place of the hub's own `print_exception`, which writes
    past the log. That no more files may be open is no surprise: newcomers wait until some end."""
    if isinstance(error, OSError) and error.errno in {errno.EMFILE, errno.ENFILE}:
        if _full.may(monotonic()):
            event("no-more-files", level=logging.ERROR, most=getrlimit(RLIMIT_NOFILE)[0])
        return
    what = type(context).__name__
    _surprises.error("%s ended", what, exc_info=(kind, error, trace))


class TextLines(logging.Formatter):
    """`2026-04-14T07:42:00.123Z INFO announced cause=d17 rev=43`, and below a surprise, indented,
    where it came from."""

    def format(self, record: logging.LogRecord) -> str:
        """One record as one line; those of a stack trace begin with four spaces and a bar."""
        source = "" if record.name == _log.name else f"{printable(record.name)}: "
        line = f"{moment(record)} {record.levelname} {source}{printable(record.getMessage())}"
        pairs = "".join(f" {name}={_worded(value)}" for name, value in _fields(record).items())
        return "\n    | ".join([line + pairs, *map(printable, self._trace(record))])

    def _trace(self, record: logging.LogRecord) -> list[str]:
        return self.formatException(record.exc_info).splitlines() if record.exc_info else []


class JsonLines(logging.Formatter):
    """`{"time": "…Z", "level": "INFO", "logger": "signage.delivery", "event": "announced", …}`"""

    def format(self, record: logging.LogRecord) -> str:
        """One record as one object on one line; a surprise's stack trace is its `exception`."""
        told = {
            "time": moment(record),
            "level": record.levelname,
            "logger": record.name,
            "event": record.getMessage(),
        }
        fields = {name: _plain(value) for name, value in _fields(record).items()}
        if record.exc_info:
            fields["exception"] = self.formatException(record.exc_info)
        return json.dumps({**told, **{n: v for n, v in fields.items() if n not in told}})


def printable(text: str) -> str:
    """The same text with everything invisible escaped, but for the space."""
    return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in text)


def moment(record: logging.LogRecord) -> str:
    """When it was said, in UTC, to the millisecond."""
    said = datetime.fromtimestamp(record.created, UTC)
    return said.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _fields(record: logging.LogRecord) -> dict[str, object]:
    return getattr(record, "fields", {})


def _worded(value: object) -> str:
    text = str(value)
    return text if _BARE.fullmatch(text) else printable(json.dumps(text, ensure_ascii=False))


def _plain(value: object) -> object:
    """As JSON knows it; what it does not know is told in words."""
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)
