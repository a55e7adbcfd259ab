"""A file's physical lines, decoded and numbered, in bounded memory."""

import codecs
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import BinaryIO, NamedTuple

from signage.errors import Problem
from signage.intake.encoding import Decoder, wide_encoding
from signage.intake.foreign import refuse_foreign
from signage.words import N_

BLOCK = 1 << 16
HEAD = 1 << 18
LONGEST_LINE = 4_000_000


class Line(NamedTuple):
    """number: from 1, as an editor counts. text: with its line end, or why it cannot be read."""

    number: int
    text: str | Problem


@dataclass(slots=True)
class Progress:
    """How far the reading has come; the reader writes it, anyone may look.

    done, size: bytes. lines: physical lines read. encodings: lines by encoding: "utf-8",
    "cp1252", "cp850", "mixed" (letter by letter), "utf-16-le", "utf-16-be", "unreadable".
    """

    done: int = 0
    size: int = 0
    lines: int = 0
    encodings: Counter[str] = field(default_factory=Counter)


def lines(stream: BinaryIO, progress: Progress) -> Iterator[Line]:
    """Every line of a file opened for reading bytes; LF, CRLF and CR all end a line.

    Raises Invalid when the file is empty or is plainly no table of text. A line beyond
    LONGEST_LINE bytes is refused, and the next one is read as usual.
    """
    head = stream.read(HEAD)
    refuse_foreign(head)
    wide = wide_encoding(head)
    decoder = Decoder(b"" if wide else head)
    progress.encodings = decoder.counts
    blocks = _blocks(stream, head, progress)
    for number, line in enumerate(_split(_narrow(blocks, wide) if wide else blocks), start=1):
        progress.lines = number
        if line is None:
            yield Line(number, _too_long())
            continue
        content = line.removeprefix(codecs.BOM_UTF8) if number == 1 else line
        yield Line(number, decoder.decode(content, wide))


def _blocks(stream: BinaryIO, head: bytes, progress: Progress) -> Iterator[bytes]:
    rest = iter(lambda: stream.read(BLOCK), b"")
    for block in chain((head[i : i + BLOCK] for i in range(0, len(head), BLOCK)), rest):
        progress.done += len(block)
        yield block


def _narrow(blocks: Iterator[bytes], wide: str) -> Iterator[bytes]:
    """UTF-16 as UTF-8. Half a surrogate pair stays half: its line is refused, not mended."""
    decoder = codecs.getincrementaldecoder(wide)("surrogatepass")
    for block in blocks:
        yield decoder.decode(block).encode("utf-8", "surrogatepass")


def _split(blocks: Iterator[bytes]) -> Iterator[bytes | None]:
    """Lines with their ends; None stands for one that is too long."""
    rest = b""
    overlong = False
    for block in blocks:
        *whole, rest = _with_rest(rest + block)
        for line in whole:
            yield None if overlong or len(line) > LONGEST_LINE else line
            overlong = False
        if len(rest) > LONGEST_LINE:
            # A carriage return may be half of a line end: keep it.
            overlong, rest = True, rest[-1:] if rest.endswith(b"\r") else b""
    if rest or overlong:
        yield None if overlong else rest


def _with_rest(data: bytes) -> list[bytes]:
    """The lines in `data`, the last one not ended yet."""
    found = data.splitlines(keepends=True)
    if not found or found[-1].endswith(b"\n"):
        found.append(b"")
    return found


def _too_long() -> Problem:
    text = N_("This line is longer than {longest} bytes, so it was left out.")
    return Problem("line-too-long", text, None, {"longest": LONGEST_LINE})
