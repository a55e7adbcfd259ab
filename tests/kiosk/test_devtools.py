"""A picture of a real page, and of what answers with nonsense."""

import io
import json
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from PIL import Image

from tests.patience import PATIENCE, eventually
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
        check=False, capture_output=True, timeout=PATIENCE,
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


def test_it_asks_nobody_but_this_port(server: WallServer) -> None:
    """Whatever answers there may name another one."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            address = f"ws://127.0.0.1:{server.port}/devtools/page/1"
            self.send_response(200)
            self.end_headers()
            pages = [{"type": "page", "webSocketDebuggerUrl": address}]
            self.wfile.write(json.dumps(pages).encode())

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its own name
            """Keep the test's output clean."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        thread = Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            assert taken(http.server_address[1]).returncode == 7
        finally:
            http.shutdown()
            thread.join()

    assert asked == ["/json/list", "/devtools/page/1"]
    assert server.asked == []


def test_nobody_at_the_port_is_told() -> None:
    assert taken(free_port()).returncode == 7


def test_something_else_at_the_port_is_told(server: WallServer) -> None:
    assert taken(server.port).returncode == 7
