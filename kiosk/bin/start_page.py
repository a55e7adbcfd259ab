# ruff: noqa: INP001, T201 - a program beside the module it shares; it prints what it has to say
"""The local page that Chromium opens first, and which leads to the wall.

    start_page.py write CONFIG RUNTIME PROFILE           write it, print its path
    start_page.py follow CONFIG RUNTIME PROFILE BROWSER  wait for the server, then let it lead on

The wall's key thus never stands on a command line, which every account on the device can read:
it stands in a page that only the kiosk's own account can open. And where the server does not
answer yet, a calm page says so in place of the browser's own error page.

A page that has shown this wall before goes there at once: the wall starts without its server.
Exit status: 0 written, 2 wrong use, 3 no usable address (the reason is on standard error).
"""

import os
import select
import sys
from html import escape
from pathlib import Path
from string import Template
from urllib.error import URLError
from urllib.request import Request, urlopen

from wall_address import BadConfigError, WallAddress, read_address

PAGES = Path(__file__).resolve().parent.parent / "pages"
ANSWER_WITHIN_S = 5


def main(arguments: list[str]) -> int:
    """Run one command; the exit status."""
    match arguments:
        case ["write", config, runtime, profile]:
            return write(Path(config), Path(runtime), Path(profile))
        case ["follow", config, runtime, profile, browser]:
            return follow(Path(config), Path(runtime), Path(profile), int(browser))
    print(__doc__, file=sys.stderr)
    return 2


def write(config: Path, runtime: Path, profile: Path) -> int:
    """Write the page that fits now and print its path."""
    try:
        address = read_address(config)
    except BadConfigError as error:
        print(f"kiosk: {error}", file=sys.stderr)
        return 3
    known = address.was_shown_by(profile)
    save(runtime, leading_to(address) if known else waiting_for(address))
    print(f"kiosk: the wall is at {address.origin}", file=sys.stderr)
    print(runtime / "start.html")
    return 0


def follow(config: Path, runtime: Path, profile: Path, browser: int) -> int:
    """Wait until the server answers or the browser is gone; then let the page lead to the wall."""
    address = read_address(config)
    if address.was_shown_by(profile):
        return 0
    interval = float(os.environ.get("KIOSK_POLL", "2"))
    try:
        life = os.pidfd_open(browser)
    except ProcessLookupError:
        return 0
    while not answers(address):
        # A process handle becomes readable when its process ends: a pause and a watch in one.
        if select.select([life], [], [], interval)[0]:
            return 0
    save(runtime, leading_to(address))
    return 0


def answers(address: WallAddress) -> bool:
    """Whether the server hands out the wall's page. The key is not sent."""
    request = Request(address.page, headers={"User-Agent": "wall-kiosk"})  # noqa: S310 - http(s) only, checked
    try:
        with urlopen(request, timeout=ANSWER_WITHIN_S) as answer:  # noqa: S310 - the same
            return bool(answer.status == 200)
    except (URLError, OSError, ValueError):
        return False


def leading_to(address: WallAddress) -> str:
    """A dark page that goes to the wall at once."""
    return _filled("start.html", refresh=f"0; url={address.url}")


def waiting_for(address: WallAddress) -> str:
    """A page that says what it waits for, and looks again every two seconds."""
    return _filled("waiting.html", address=address.origin)


def save(runtime: Path, page: str) -> None:
    """Put `page` in place in one step, readable to its owner alone."""
    draft = runtime / "start.html.new"
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write(page)
    draft.replace(runtime / "start.html")


def _filled(name: str, **values: str) -> str:
    safe = {key: escape(value) for key, value in values.items()}
    template = Template((PAGES / name).read_text(encoding="utf-8"))
    return template.substitute(safe, pages=PAGES.as_uri())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
