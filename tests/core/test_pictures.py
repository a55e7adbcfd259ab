"""Pictures are drawn anew, and what is none is refused."""

import io
import zlib

import pytest
from PIL import Image

from signage.core.pictures import FORMATS, LARGEST_FILE, redraw
from signage.errors import Invalid
from tests.pictures import file_of

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def refused(sent: bytes) -> str:
    with pytest.raises(Invalid) as caught:
        redraw(sent)
    assert caught.value.problems[0].field == "picture"
    return caught.value.problems[0].code


@pytest.mark.parametrize("kind", FORMATS)
def test_each_format_becomes_the_same_kind_of_file(kind: str) -> None:
    made = redraw(file_of(kind))
    with Image.open(io.BytesIO(made.data)) as picture:
        assert (picture.format, picture.size) == ("WEBP", (40, 30))
    assert (made.width, made.height, len(made.digest)) == (40, 30, 64)


def test_a_large_one_is_made_smaller() -> None:
    made = redraw(file_of(size=(4000, 1000)), longest_side=800)
    assert (made.width, made.height) == (800, 200)


def test_nothing_but_the_picture_is_kept() -> None:
    told = Image.Exif()
    told[0x010F] = "A camera of Anna Larsson"
    made = redraw(file_of("JPEG", exif=told))
    assert b"Anna" not in made.data
    with Image.open(io.BytesIO(made.data)) as picture:
        assert not picture.getexif()


def test_a_picture_that_was_held_upright_stands_upright() -> None:
    turned = Image.Exif()
    turned[0x0112] = 6
    made = redraw(file_of("JPEG", exif=turned))
    assert (made.width, made.height) == (30, 40)


def test_what_is_seen_through_stays_so() -> None:
    with Image.open(io.BytesIO(redraw(file_of(colour="#00808040")).data)) as picture:
        assert picture.mode == "RGBA"


@pytest.mark.parametrize(
    "sent",
    [b"", b"no picture", SVG, b"\x89PNG\r\n\x1a\n" + b"x" * 100, file_of("JPEG")[:200]],
    ids=["nothing", "text", "svg", "a broken png", "half a jpeg"],
)
def test_what_is_no_picture_is_refused(sent: bytes) -> None:
    assert refused(sent) == "no-picture"


def test_other_formats_are_refused() -> None:
    assert refused(file_of("TIFF")) == "no-picture"


def test_a_file_that_is_too_large_is_not_even_looked_at() -> None:
    assert refused(b"x" * (LARGEST_FILE + 1)) == "too-large"


def test_a_small_file_with_too_many_dots_is_refused() -> None:
    """What a PNG claims in its first bytes is looked at before anything is unpacked."""
    side = 100_000
    head = side.to_bytes(4) * 2 + bytes([8, 2, 0, 0, 0])
    chunk = b"IHDR" + head
    png = b"\x89PNG\r\n\x1a\n" + len(head).to_bytes(4) + chunk + zlib.crc32(chunk).to_bytes(4)
    assert refused(png + bytes(64)) in {"too-many-dots", "no-picture"}


def test_whoever_asks_may_bound_dots_and_formats() -> None:
    sent = file_of(size=(40, 30))
    assert redraw(sent, most_dots=1200, formats=("PNG",)).width == 40
    with pytest.raises(Invalid, match="too-many-dots"):
        redraw(sent, most_dots=1199)
    with pytest.raises(Invalid, match="no-picture"):
        redraw(sent, formats=("JPEG",))
