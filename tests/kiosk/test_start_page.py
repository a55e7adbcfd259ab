"""The page between Chromium and the wall: what it shows, and when it leads on."""

import os
import re
import subprocess
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.patience import PATIENCE

from .conftest import WallServer
from .pi import KIOSK, Pi

PROGRAM = KIOSK / "bin" / "start_page.py"


def command(pi: Pi, verb: str, *more: str) -> list[str]:
    return [
        "python3",
        "-B",
        str(PROGRAM),
        verb,
        *map(str, (pi.config, pi.runtime, pi.profile)),
        *more,
    ]


def leads_to(page: Path) -> str | None:
    found = re.search(r'http-equiv="refresh" content="0; url=([^"]*)"', page.read_text("utf-8"))
    return unescape(found.group(1)) if found else None


def test_a_new_device_shows_what_it_waits_for_in_every_language(pi: Pi) -> None:
    pi.config.write_text('wall = "https://wall.example.org/wall#key"')
    assert pi.run(*command(pi, "write")).stdout == f"{pi.start_page}\n"
    shown = pi.start_page.read_text("utf-8")
    assert "<h1>https://wall.example.org</h1>" in shown
    assert re.findall(r'<li lang="(..)">', shown) == ["en", "sv", "da", "nb", "fi", "de", "fr"]
    assert "key" not in shown


def test_a_device_that_has_shown_this_wall_goes_there_at_once(pi: Pi) -> None:
    pi.config.write_text('wall = "https://wall.example.org/wall?a=1&b=2#k.e-y_1"')
    pi.has_shown("https_wall.example.org_0.indexeddb.leveldb")
    pi.run(*command(pi, "write"))
    assert leads_to(pi.start_page) == "https://wall.example.org/wall?a=1&b=2#k.e-y_1"


@pytest.mark.parametrize("store", ["https_old.example.org_0", "https_wall.example.org_8443"])
def test_a_device_that_has_shown_another_wall_waits(pi: Pi, store: str) -> None:
    pi.config.write_text('wall = "https://wall.example.org/wall#key"')
    pi.has_shown(f"{store}.indexeddb.leveldb")
    pi.run(*command(pi, "write"))
    assert leads_to(pi.start_page) is None


def test_a_wall_whose_worker_is_not_kept_is_waited_for(pi: Pi) -> None:
    pi.config.write_text('wall = "https://wall.example.org/wall#key"')
    pi.has_shown("https_wall.example.org_0.indexeddb.leveldb")
    (pi.profile / "Default" / "Service Worker").rmdir()
    pi.run(*command(pi, "write"))
    assert leads_to(pi.start_page) is None


def test_the_page_leads_on_once_the_server_answers_and_only_its_owner_can_read_it(
    pi: Pi, server: WallServer
) -> None:
    pi.config.write_text(f'wall = "{server.wall("key")}"')
    server.statuses = [503, 502, 404]
    pi.run(*command(pi, "write"))
    with subprocess.Popen(["cat"], stdin=subprocess.PIPE) as browser:
        done = pi.run(*command(pi, "follow", str(browser.pid)))
        browser.communicate()
    assert done.returncode == 0
    assert leads_to(pi.start_page) == server.wall("key")
    assert server.asked == ["/wall"] * 4
    assert pi.start_page.stat().st_mode & 0o777 == 0o600


def test_it_stops_waiting_when_the_browser_is_gone(pi: Pi) -> None:
    pi.config.write_text('wall = "http://127.0.0.1:9/wall#key"')
    pi.run(*command(pi, "write"))
    browser = subprocess.Popen(["cat"], stdin=subprocess.PIPE)
    with subprocess.Popen(command(pi, "follow", str(browser.pid)), env=pi.environment()) as follow:
        browser.communicate()
        assert follow.wait(timeout=PATIENCE) == 0
    assert leads_to(pi.start_page) is None


def test_wrong_use_is_refused(pi: Pi) -> None:
    done = pi.run("python3", "-B", str(PROGRAM), "open")
    assert done.returncode == 2
    assert "start_page.py write CONFIG RUNTIME PROFILE" in done.stderr


def test_in_a_real_chromium_the_waiting_page_becomes_the_wall_with_its_key(
    pi: Pi, server: WallServer, browser: Browser
) -> None:
    pi.config.write_text(f'wall = "{server.wall("s3cret")}"')
    pi.run(*command(pi, "write"))
    page = browser.new_page()
    page.goto(pi.start_page.as_uri())
    assert page.get_by_role("heading").inner_text() == f"http://127.0.0.1:{server.port}"
    assert page.evaluate("getComputedStyle(document.documentElement).cursor") == "none"
    pi.run(*command(pi, "follow", str(os.getpid())))
    page.wait_for_url(server.wall("s3cret"))
    assert page.title() == "The wall"
    page.close()
