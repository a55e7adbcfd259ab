"""MagicMirror², as it comes: the page that ours is compared with. Installed for the bench alone.

Its server runs without Electron; its page has the modules of the configuration that is shipped as
an example, but for those that need the internet (weather, updates): clock, compliments, calendar,
news. Calendar and news come from this machine.
"""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from time import monotonic, sleep
from urllib.request import urlopen

from tests.serving import free_port

NODE = Path(__file__).parent / "node"
PACKAGES = NODE / "node_modules"
PATIENCE = 60
NEWS = "<item><title>{0} of several things that happened</title><pubDate>{1}</pubDate></item>"
EVENT = "BEGIN:VEVENT\nUID:{0}\nSUMMARY:Day {0}\nDTSTART;VALUE=DATE:{1}\nEND:VEVENT\n"
CONFIG = """let config = {{ address: "127.0.0.1", port: {port}, language: "en", modules: [
  {{ module: "alert" }},
  {{ module: "clock", position: "top_left" }},
  {{ module: "calendar", header: "Holidays", position: "top_left", config: {{
    calendars: [{{ symbol: "calendar-check", url: "{files}/days.ics" }}] }} }},
  {{ module: "compliments", position: "lower_third" }},
  {{ module: "newsfeed", position: "bottom_bar", config: {{
    feeds: [{{ title: "News", url: "{files}/news.xml" }}],
    showSourceTitle: true, showPublishDate: true }} }},
]}};
if (typeof module !== "undefined") module.exports = config;
"""


def install() -> str | None:
    """Bring it, unless it is there; says why that cannot be."""
    lock, found = NODE / "package-lock.json", PACKAGES / ".package-lock.json"
    if found.exists() and found.stat().st_mtime >= lock.stat().st_mtime:
        return None
    beside = str(Path(sys.executable).parent)
    npm = shutil.which("npm", path=beside) or shutil.which("npm")
    if npm is None:
        return "npm is missing; `make setup` brings it"
    wanted = ("ci", "--loglevel=error", "--ignore-scripts", "--omit=dev", "--omit=optional")
    ended = subprocess.run(
        [npm, *wanted], cwd=NODE, env=_environ(), capture_output=True, text=True, check=False
    )
    return " ".join(ended.stderr.split("\n")[:4]) if ended.returncode else None


@contextmanager
def mirror() -> Iterator[str]:
    """Its page's address; ended afterwards."""
    with TemporaryDirectory(prefix="bench-mirror-") as name:
        folder = Path(name)
        # It reads its configuration beside its own code only.
        home = Path(shutil.copytree(PACKAGES / "magicmirror", folder / "mirror"))
        (home / "node_modules").symlink_to(PACKAGES)
        (home / "config").mkdir(exist_ok=True)
        (home / "modules").mkdir(exist_ok=True)
        port = free_port()
        with _files(folder / "files") as files, (folder / "log").open("w") as log:
            (home / "config" / "config.js").write_text(CONFIG.format(port=port, files=files))
            process = subprocess.Popen(
                ["node", "serveronly"], cwd=home, env=_environ(), stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip
            try:
                yield _answering(f"http://127.0.0.1:{port}/", folder / "log")
            finally:
                # Closing its sockets takes it longer than anybody waits; `node` may start another.
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


@contextmanager
def _files(folder: Path) -> Iterator[str]:
    folder.mkdir()
    days = "".join(EVENT.format(day, f"2030010{day}") for day in range(1, 10))
    calendar = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:bench\n{days}END:VCALENDAR\n"
    (folder / "days.ics").write_text(calendar.replace("\n", "\r\n"))
    items = "".join(NEWS.format(n, "Tue, 01 Jan 2030 08:00:00 GMT") for n in range(1, 20))
    feed = f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>'
    (folder / "news.xml").write_text(feed)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name above
        """Nobody reads it."""


def _answering(url: str, log: Path) -> str:
    ends = monotonic() + PATIENCE
    while monotonic() < ends:
        try:
            with urlopen(url, timeout=PATIENCE):  # noqa: S310 - our own process on loopback
                return url
        except OSError:
            sleep(0.1)
    raise TimeoutError(f"MagicMirror does not answer: {log.read_text()[-500:]}")


def _environ() -> dict[str, str]:
    path = f"{Path(sys.executable).parent}:{os.environ.get('PATH', os.defpath)}"
    return {**os.environ, "PATH": path}
