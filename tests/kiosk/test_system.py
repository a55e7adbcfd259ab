"""Scripts, unit and settings held by the tools that know their rules."""

import json
import re
import shutil
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import pytest

from tests.patience import PATIENCE

from .pi import KIOSK

UNIT = KIOSK / "systemd" / "kiosk.service"
AGENT = KIOSK / "systemd" / "kiosk-agent.service"
SCRIPTS = sorted(
    entry
    for entry in KIOSK.rglob("*")
    if entry.is_file() and re.match(rb"#!.*\b(ba)?sh\b", entry.read_bytes())
)


def verify(folder: Path, unit: str) -> str:
    """What systemd has to say of a unit, its programs being any that can run.

    The exit status is 0 even for unknown keys, so what counts is that nothing is said.
    """
    anything = shutil.which("true")
    programs = r"/usr/bin/(cage|python3)(?= )"
    stood_in = re.sub(rf"(?m)^(Exec\w+=[-+]*){programs}", rf"\g<1>{anything}", unit)
    copy = folder / "kiosk.service"
    copy.write_text(stood_in)
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", copy],
        check=False,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    return done.stdout + done.stderr


def test_the_scripts_are_found() -> None:
    assert [script.name for script in SCRIPTS] == ["launch", "install.sh"]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_shellcheck_finds_nothing(script: Path) -> None:
    done = subprocess.run(
        ["shellcheck", script], check=False, capture_output=True, text=True, timeout=PATIENCE
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_scripts_can_be_run(script: Path) -> None:
    assert script.stat().st_mode & 0o111 == 0o111


def test_systemd_knows_every_key_of_the_unit(tmp_path: Path) -> None:
    assert verify(tmp_path, UNIT.read_text()) == ""


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("RestartSec=5", "RestartSecs=5"),
        ("RestartSec=5", "RestartSec=soon"),
        ("ProtectSystem=full", "ProtectSystem=fully"),
        ("StartLimitIntervalSec=0", "StartLimitIntervall=0"),
        ("/usr/bin/cage", "/usr/bin/no-such-program"),
    ],
)
def test_that_check_would_see_a_mistake(tmp_path: Path, right: str, wrong: str) -> None:
    unit = UNIT.read_text()
    assert right in unit
    assert "kiosk.service" in verify(tmp_path, unit.replace(right, wrong))


def test_systemd_knows_every_key_of_the_agents_unit(tmp_path: Path) -> None:
    assert verify(tmp_path, AGENT.read_text()) == ""


def test_the_agents_unit_starts_what_the_installer_puts_in_place() -> None:
    named = set(re.findall(r"/usr/local/lib/kiosk/(\S+)", AGENT.read_text()))
    assert named == {"bin/agent.py"}
    assert "60-kiosk-agent.rules" in (KIOSK / "provision" / "install.sh").read_text()


def test_the_agent_has_the_least_rights() -> None:
    lines = set(AGENT.read_text().splitlines())
    assert {
        "User=kiosk-agent", "NoNewPrivileges=yes", "CapabilityBoundingSet=",
        "ProtectSystem=strict", "Restart=always", "StartLimitIntervalSec=0",
    } <= lines  # fmt: skip


@pytest.mark.parametrize(
    ("user", "action", "unit", "verb", "said"),
    [
        ("kiosk-agent", "org.freedesktop.systemd1.manage-units", "kiosk.service", "restart", "yes"),
        ("kiosk-agent", "org.freedesktop.login1.reboot", None, None, "yes"),
        ("kiosk-agent", "org.freedesktop.login1.reboot-multiple-sessions", None, None, "yes"),
        ("kiosk-agent", "org.freedesktop.systemd1.manage-units", "kiosk.service", "stop", "no"),
        ("kiosk-agent", "org.freedesktop.systemd1.manage-units", "ssh.service", "restart", "no"),
        ("kiosk-agent", "org.freedesktop.login1.power-off", None, None, "no"),
        ("kiosk-agent", "org.freedesktop.systemd1.manage-unit-files", None, None, "no"),
        ("kiosk", "org.freedesktop.login1.reboot", None, None, "undefined"),
    ],
)
def test_the_agent_may_restart_the_wall_and_the_device_alone(
    user: str, action: str, unit: str | None, verb: str | None, said: str
) -> None:
    told = json.dumps({"user": user, "id": action, "unit": unit, "verb": verb})
    script = (
        "let rule; const polkit = {Result: {YES: 'yes', NO: 'no'}, addRule: (it) => {rule = it}};"
        f"{(KIOSK / 'system' / 'agent.rules').read_text()}\nconst t = {told};"
        "console.log(rule({id: t.id, lookup: (k) => t[k] ?? undefined}, {user: t.user}));"
    )
    done = subprocess.run(
        [Path(sys.executable).with_name("node"), "-e", script],
        check=False,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert (done.stdout, done.stderr) == (f"{said}\n", "")


def test_the_unit_starts_what_the_installer_puts_in_place() -> None:
    named = set(re.findall(r"/usr/local/lib/kiosk/(\S+)", UNIT.read_text()))
    assert named == {"bin/launch", "bin/policies.py"}
    assert all((KIOSK / name).is_file() for name in named)


def test_the_unit_never_gives_up() -> None:
    unit = UNIT.read_text()
    assert {"Restart=always", "RestartSec=5", "StartLimitIntervalSec=0"} <= set(unit.splitlines())


def test_nothing_in_the_unit_takes_chromiums_own_sandbox_away() -> None:
    """Each of these denies new namespaces or the set-user-id helper, or implies that denial."""
    keys = {line.partition("=")[0] for line in UNIT.read_text().splitlines()}
    denying = {"NoNewPrivileges", "RestrictNamespaces", "SystemCallFilter", "PrivateUsers"}
    implying = {"RestrictAddressFamilies", "RestrictSUIDSGID", "RestrictRealtime", "DynamicUser"}
    implying |= {"LockPersonality", "MemoryDenyWriteExecute", "SystemCallArchitectures"}
    implying |= {"PrivateDevices", "ProtectClock", "ProtectHostname", "ProtectKernelLogs"}
    implying |= {"ProtectKernelModules", "ProtectKernelTunables", "CapabilityBoundingSet"}
    assert not keys & (denying | implying)


@pytest.mark.parametrize(
    ("name", "section", "key", "value"),
    [
        ("watchdog.conf", "Manager", "RuntimeWatchdogSec", "14"),
        ("journald.conf", "Journal", "Storage", "volatile"),
        ("wifi.conf", "connection", "wifi.powersave", "2"),
    ],
)
def test_the_system_settings_say_what_they_should(
    name: str, section: str, key: str, value: str
) -> None:
    settings = ConfigParser()
    settings.read(KIOSK / "system" / name)
    assert settings[section][key] == value


def test_the_guide_names_every_file() -> None:
    guide = (KIOSK.parent / "docs" / "kiosk.md").read_text("utf-8")
    files = {str(entry.relative_to(KIOSK)) for entry in KIOSK.rglob("*.*") if entry.is_file()}
    assert {name for name in files | {"bin/launch"} if f"`{name}`" not in guide} == set()


def test_the_page_for_a_device_without_an_address_speaks_every_language() -> None:
    page = (KIOSK / "pages" / "unconfigured.html").read_text("utf-8")
    assert re.findall(r'<li lang="(..)">', page) == ["en", "sv", "da", "nb", "fi", "de", "fr"]
    assert page.count("kiosk.toml") == 7
    assert "<script" not in page
