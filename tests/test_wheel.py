"""The wheel alone runs the whole product."""

import os
import subprocess
import sys
import urllib.request
import zipfile
from pathlib import Path

import pytest

from tests.patience import PATIENCE
from tests.serving import free_port

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel's content, away from the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip
    (wheel,) = folder.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(folder / "content")
    return folder / "content"


def test_it_carries_pages_player_kiosk_and_languages(unpacked: Path) -> None:
    for part in (
        "templates/desk/review.html", "static/wall/player.js", "static/vendor/socket.io.js",
        "static/fonts/fonts.css", "kiosk/bin/launch", "locale/sv.po", "demo/comments.toml",
        "migrations/versions/0001_the_first_tables.py",
    ):  # fmt: skip
        assert (unpacked / "signage" / part).is_file(), part


def test_it_serves_desk_and_wall_by_itself(unpacked: Path, tmp_path: Path) -> None:
    port = free_port()
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(unpacked),
        "SIGNAGE_DATA": str(tmp_path / "data"),
        "SIGNAGE_PORT": str(port),
    }
    with subprocess.Popen(
        [sys.executable, "-u", "-m", "signage", "serve"],
        cwd=tmp_path, env=environment, stdout=subprocess.PIPE, text=True,
    ) as server:  # fmt: skip
        try:
            assert server.stdout is not None
            assert "Serving on" in server.stdout.readline()
            for path in ("/wall", "/sign-in", "/static/wall/wall.css", "/static/desk/desk.css"):
                address = f"http://127.0.0.1:{port}{path}"
                with urllib.request.urlopen(address, timeout=PATIENCE) as page:
                    assert page.status == 200, path
        finally:
            server.terminate()
