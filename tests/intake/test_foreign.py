"""Files that are no CSV are named, whatever they are called."""

import io
import zipfile

import pytest

from signage.errors import Invalid
from signage.intake.foreign import refuse_foreign


def packed(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("head", "code", "words"),
    [
        (b"", "file-empty", "empty"),
        (b"\xef\xbb\xbf \r\n\n", "file-empty", "empty"),
        (b"\xff\xfe", "file-empty", "empty"),
        (b"%PDF-1.7\n%\xe2\xe3", "file-is-pdf", "This is a PDF. Export the answers as CSV"),
        (packed("xl/workbook.xml"), "file-is-workbook", "Save it as CSV"),
        (packed("[Content_Types].xml"), "file-is-workbook", "Save it as CSV"),
        (packed("answers.csv"), "file-is-archive", "Unpack it"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "file-is-workbook", "Save it as CSV"),
        (b"\x89PNG\r\n\x1a\n\0\0", "file-is-picture", "picture"),
        (b"\n<!DOCTYPE html><html>", "file-is-page", "web page"),
        (b"<HTML><body>", "file-is-page", "web page"),
        (b'{"answers": []}', "file-is-json", "JSON"),
        (b'[{"score": 9}]', "file-is-json", "JSON"),
        (bytes(range(256)) * 4, "file-is-binary", "no text"),
    ],
)
def test_what_is_no_table_is_refused(head: bytes, code: str, words: str) -> None:
    with pytest.raises(Invalid) as refusal:
        refuse_foreign(head)
    assert refusal.value.problems[0].code == code
    assert words in refusal.value.problems[0].message()


@pytest.mark.parametrize(
    "head", [b"id,score\n1,9\n", b"[id],[score]\n", "id,score\n1,9\n".encode("utf-16"), b"a\0b\n"]
)
def test_tables_pass(head: bytes) -> None:
    refuse_foreign(head)
