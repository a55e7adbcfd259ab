"""Files that are no table of text, told by how they begin, to say what to do instead."""

import codecs

from signage.errors import Invalid, Problem
from signage.intake.encoding import wide_encoding
from signage.words import N_

_WORKBOOK = N_("This is a spreadsheet file. Save it as CSV (UTF-8) and try again.")
_PICTURE = N_("This is a picture. Export the answers as CSV and try again.")
_PACKED = N_("This is a packed archive. Unpack it and try again with the CSV file inside.")
_PAGE = N_("This is a web page. Export the answers as CSV and try again.")
_BEGINNINGS = (
    (b"%PDF", "file-is-pdf", N_("This is a PDF. Export the answers as CSV and try again.")),
    (b"\xd0\xcf\x11\xe0", "file-is-workbook", _WORKBOOK),
    (b"PK\x03\x04", "file-is-archive", _PACKED),
    (b"PK\x05\x06", "file-is-archive", _PACKED),
    (b"\x1f\x8b", "file-is-archive", _PACKED),
    (b"7z\xbc\xaf\x27\x1c", "file-is-archive", _PACKED),
    (b"\x89PNG", "file-is-picture", _PICTURE),
    (b"\xff\xd8\xff", "file-is-picture", _PICTURE),
    (b"GIF8", "file-is-picture", _PICTURE),
    (b"{\\rtf", "file-is-document", N_("This is a text document. Export the answers as CSV.")),
    (b"<!doctype html", "file-is-page", _PAGE),
    (b"<html", "file-is-page", _PAGE),
    (b"<?xml", "file-is-xml", N_("This is XML. Export the answers as CSV and try again.")),
    (b"SQLite format 3", "file-is-database", N_("This is a database. Export the answers as CSV.")),
)
_SPREADSHEET_PARTS = (b"[Content_Types].xml", b"xl/", b"opendocument.spreadsheet")
# Text has hardly any of these; a few zero bytes are damage, and cost only their own rows.
_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\v\f\r\x1a"))
_MOST_CONTROLS = 0.02
_LOOKED_AT = 8192
_JSON_FIRST = (b"{", b"[")
_JSON_SECOND = (b'"', b"{", b"[", b"}", b"]")


def refuse_foreign(head: bytes) -> None:
    """Raise Invalid when a file that begins with `head` is empty or is something else than CSV."""
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()
    if not start or start in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        raise Invalid([Problem("file-empty", N_("The file is empty. Choose another."))])
    lowered = start[:64].lower()
    for beginning, code, text in _BEGINNINGS:
        if lowered.startswith(beginning.lower()):
            if code == "file-is-archive" and any(part in head for part in _SPREADSHEET_PARTS):
                raise Invalid([Problem("file-is-workbook", _WORKBOOK)])
            raise Invalid([Problem(code, text)])
    if start[:1] in _JSON_FIRST and start[1:].lstrip()[:1] in _JSON_SECOND:
        text = N_("This is JSON. Send it to the API, or export the answers as CSV.")
        raise Invalid([Problem("file-is-json", text)])
    looked_at = head[:_LOOKED_AT]
    controls = len(looked_at) - len(looked_at.translate(None, _CONTROLS))
    if controls > _MOST_CONTROLS * len(looked_at) + 8 and not wide_encoding(head):
        text = N_("This is no text. Export the answers as CSV and try again.")
        raise Invalid([Problem("file-is-binary", text)])
