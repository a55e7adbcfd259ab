"""Chromium's managed policies: the wall is let in, and nothing else."""

import json

import pytest

from .pi import KIOSK, Pi

PAGES = f"file://{KIOSK}/pages"


def policies(pi: Pi) -> dict[str, object]:
    target = pi.root / "etc" / "managed" / "kiosk.json"
    program = KIOSK / "bin" / "policies.py"
    done = pi.run("python3", "-B", program, pi.config, pi.runtime, target)
    assert (done.returncode, done.stderr) == (0, "")
    assert target.stat().st_mode & 0o777 == 0o644
    written: dict[str, object] = json.loads(target.read_text())
    return written


@pytest.mark.parametrize(
    ("wall", "pattern"),
    [
        ("https://wall.example.org/wall#key", "https://.wall.example.org:443"),
        ("http://wall.local:8000/wall#key", "http://.wall.local:8000"),
        ("http://192.168.1.20/wall#key", "http://192.168.1.20:80"),
        ("http://[fd00::20]:8000/wall#key", "http://[fd00::20]:8000"),
        ("https://VÄGG.example.org/wall#key", "https://.xn--vgg-qla.example.org:443"),
    ],
)
def test_only_the_wall_and_the_own_pages_may_be_opened(pi: Pi, wall: str, pattern: str) -> None:
    pi.config.write_text(f'wall = "{wall}"', encoding="utf-8")
    chosen = policies(pi)
    assert chosen["URLBlocklist"] == ["*"]
    assert chosen["URLAllowlist"] == [PAGES, f"file://{pi.start_page}", pattern]
    assert "key" not in json.dumps(chosen)


def test_a_plain_server_is_trusted_as_far_as_service_workers_need_it(pi: Pi) -> None:
    pi.config.write_text('wall = "http://192.168.1.20:8000/wall#key"')
    chosen = policies(pi)
    assert chosen["OverrideSecurityRestrictionsOnInsecureOrigin"] == ["http://192.168.1.20:8000"]
    assert chosen["LocalNetworkAccessAllowedForUrls"] == ["http://192.168.1.20:8000"]


def test_an_https_server_needs_no_exception(pi: Pi) -> None:
    pi.config.write_text('wall = "https://wall.example.org/wall#key"')
    assert "OverrideSecurityRestrictionsOnInsecureOrigin" not in policies(pi)


def test_without_an_address_only_the_own_pages_may_be_opened(pi: Pi) -> None:
    assert policies(pi)["URLAllowlist"] == [PAGES, f"file://{pi.start_page}"]


def test_a_new_address_replaces_the_old_one(pi: Pi) -> None:
    pi.config.write_text('wall = "https://old.example.org/wall#key"')
    policies(pi)
    pi.config.write_text('wall = "https://new.example.org/wall#key"')
    assert "old.example.org" not in json.dumps(policies(pi))


def test_no_bubble_asks_and_the_watchdog_keeps_its_port(pi: Pi) -> None:
    chosen = policies(pi)
    assert chosen["TranslateEnabled"] is False
    assert chosen.get("DeveloperToolsAvailability") != 2
    assert chosen.get("RemoteDebuggingAllowed") is not False
