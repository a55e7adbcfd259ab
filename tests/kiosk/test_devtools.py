"""A picture of a real page, and of what answers with nonsense."""

import io
import subprocess
import sys

from PIL import Image

from tests.patience import eventually
from tests.serving import free_port

from .conftest import WallServer
from .pi import KIOSK

TAKE = """
import sys; sys.path.insert(0, sys.argv[1])
from devtools import NoBrowserError, photograph
try:
    sys.stdout.buffer.write(photograph(int(sys.argv[2])))
except NoBrowserError:
    sys.exit(7)
"""


def taken(port: int) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        [sys.executable, "-B", "-c", TAKE, KIOSK / "bin", str(port)],
        check=False, capture_output=True, timeout=60,
    )  # fmt: skip


def test_a_real_page_is_photographed(devtools: int) -> None:
    def is_green() -> bool:
        """As soon as the page is painted."""
        done = taken(devtools)
        if done.returncode != 0:
            return False
        with Image.open(io.BytesIO(done.stdout)) as picture:
            assert (picture.format, picture.width) == ("JPEG", 800)
            red, green, blue = picture.convert("RGB").getpixel((400, 300))  # type: ignore[misc]
        return red < 10 and abs(green - 128) < 10 and abs(blue - 64) < 10

    eventually(is_green)


def test_nobody_at_the_port_is_told() -> None:
    assert taken(free_port()).returncode == 7


def test_something_else_at_the_port_is_told(server: WallServer) -> None:
    assert taken(server.port).returncode == 7
