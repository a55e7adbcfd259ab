"""Fixtures for the device's side."""

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.serving import FLAGS, chromium

from .pi import Pi

GREEN = "data:text/html,<body style='margin:0;background:rgb(0,128,64)'>"


@pytest.fixture(scope="session")
def devtools(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a Chromium that shows a green page, 800 pixels wide."""
    with subprocess.Popen(
        [
            chromium(), *FLAGS, "--headless", "--remote-debugging-port=0", "--hide-scrollbars",
            f"--user-data-dir={tmp_path_factory.mktemp('profile')}", "--window-size=800,600", GREEN,
        ],
        stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True,
    ) as browser:  # fmt: skip
        assert browser.stderr is not None
        said = (
            re.search(r"DevTools listening on ws://[^:]+:(\d+)/", line) for line in browser.stderr
        )
        yield int(next(found for found in said if found)[1])
        browser.kill()


@pytest.fixture
def pi(tmp_path: Path) -> Pi:
    device = Pi(tmp_path)
    device.prepare()
    return device


@dataclass(slots=True)
class WallServer:
    """A real HTTP server. It answers with `statuses` in turn, then with 200."""

    port: int
    statuses: list[int] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def wall(self, key: str) -> str:
        return f"http://127.0.0.1:{self.port}/wall#{key}"


@pytest.fixture
def server() -> Iterator[WallServer]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            wall.asked.append(self.path)
            self.send_response(wall.statuses.pop(0) if wall.statuses else 200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<!doctype html><title>The wall</title>")

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its own name
            """Keep the test's output clean."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        wall = WallServer(http.server_address[1])
        thread = Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield wall
        http.shutdown()
        thread.join()
