"""The installer: what it says, what it writes, and that a second run finds nothing to do.

Accounts, packages and units belong to the machine, so the programs that change them are stood in
for by ones that remember; files are written for real, below DESTDIR.
"""

import json
import subprocess

import pytest

from .pi import KIOSK, Pi

INSTALL = KIOSK / "provision" / "install.sh"
LOG = 'echo "{name} $*" >>"$SEEN/changes"\n'
# What is installed, enabled or made is a file of that name in $SEEN/has.
PROGRAMS = {
    "dpkg-query": '[ -e "$SEEN/has/$4" ] && printf installed',
    "apt-get": LOG + 'if [ "$1" = install ]; then shift 3; for p; do : >"$SEEN/has/$p"; done; fi',
    "getent": '[ "$1" = group ] || [ -e "$SEEN/has/user-$2" ]',
    "useradd": LOG + ': >"$SEEN/has/user-${!#}"',
    "usermod": LOG + 'echo "$3" >>"$SEEN/groups"',
    "id": 'case $1 in -u) echo "${AS_USER:-0}" ;; *) while read -r g; do printf "%s " "$g"; done '
    '<"$SEEN/groups" ;; esac',
    "systemctl": "case $1 in\n"
    'is-enabled) if [ -e "$SEEN/has/$2" ]; then echo enabled; fi; exit ;;\n'
    'enable) : >"$SEEN/has/$2" ;;\n'
    'disable) rm "$SEEN/has/$2" ;;\n'
    "esac\n" + LOG,
}


@pytest.fixture
def fresh(pi: Pi) -> Pi:
    for name, script in PROGRAMS.items():
        pi.stand_in(name, "#!/bin/bash\n" + script.replace("{name}", name) + "\n")
    (pi.root / "seen" / "has").mkdir()
    (pi.root / "seen" / "has" / "getty@tty1.service").touch()
    (pi.root / "seen" / "groups").touch()
    (pi.root / "card").mkdir()
    return pi


def install(pi: Pi, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    return pi.run(INSTALL, *arguments, DESTDIR=str(pi.root / "card"), **more)


def card(pi: Pi) -> dict[str, str]:
    """Every file on the card, with its text and mode."""
    root = pi.root / "card"
    files = (entry for entry in sorted(root.rglob("*")) if entry.is_file())
    return {
        f"/{entry.relative_to(root)} {entry.stat().st_mode & 0o777:o}": entry.read_text()
        for entry in files
    }


def test_a_dry_run_says_everything_twice_alike_and_changes_nothing(fresh: Pi) -> None:
    first, second = install(fresh, "--dry-run"), install(fresh, "--dry-run")
    assert first.returncode == 0
    assert (first.stdout, first.stderr) == (second.stdout, "")
    assert all(line.startswith("would: ") for line in first.stdout.splitlines())
    for part in ("apt-get install", "useradd", "kiosk.service", "managed/kiosk.json"):
        assert part in first.stdout
    assert card(fresh) == {}
    assert fresh.handed_to("changes") == []


def test_a_dry_run_needs_no_root(fresh: Pi) -> None:
    assert install(fresh, "--dry-run", AS_USER="1000").returncode == 0


def test_a_real_run_needs_root(fresh: Pi) -> None:
    done = install(fresh, AS_USER="1000")
    assert done.returncode == 1
    assert "run this as root" in done.stderr
    assert card(fresh) == {}


def test_an_unknown_argument_is_refused(fresh: Pi) -> None:
    done = install(fresh, "--fast")
    assert (done.returncode, done.stderr) == (2, "usage: install.sh [--dry-run]\n")


def test_a_dry_run_foretells_what_a_real_run_does(fresh: Pi) -> None:
    foretold = install(fresh, "--dry-run").stdout.replace("would: ", "doing: ")
    assert install(fresh).stdout.startswith(foretold)


def test_a_second_run_finds_nothing_to_change(fresh: Pi) -> None:
    install(fresh)
    before, changes = card(fresh), fresh.handed_to("changes")
    again = install(fresh)
    assert (again.returncode, again.stdout, again.stderr) == (0, "Nothing to change.\n", "")
    assert install(fresh, "--dry-run").stdout == "Nothing to change.\n"
    assert card(fresh) == before
    assert fresh.handed_to("changes") == changes


def test_every_file_the_device_needs_is_there(fresh: Pi) -> None:
    install(fresh)
    home = "/usr/local/lib/kiosk"
    kept = {
        f"{home}/{entry.relative_to(KIOSK)}"
        for folder in ("bin", "chromium", "pages")
        for entry in (KIOSK / folder).iterdir()
        if entry.is_file()
    }
    put = {name.rpartition(" ")[0] for name in card(fresh)}
    assert {name for name in put if name.startswith(home)} == kept
    assert f"{home}/bin/launch 755" in card(fresh)
    allowed = json.loads(card(fresh)["/etc/chromium/policies/managed/kiosk.json 644"])
    assert allowed["URLAllowlist"] == [f"file://{home}/pages", "file:///run/kiosk/start.html"]


def test_the_address_on_the_card_is_let_in_and_left_alone(fresh: Pi) -> None:
    config = fresh.root / "card" / "boot" / "firmware" / "kiosk.toml"
    config.parent.mkdir(parents=True)
    config.write_text('wall = "https://wall.example.org/wall#key"')
    done = install(fresh)
    assert config.read_text() == 'wall = "https://wall.example.org/wall#key"'
    allowed = json.loads(card(fresh)["/etc/chromium/policies/managed/kiosk.json 644"])
    assert "https://.wall.example.org:443" in allowed["URLAllowlist"]
    assert "#key" not in done.stdout + done.stderr


def test_a_changed_file_is_put_back_and_systemd_told(fresh: Pi) -> None:
    install(fresh)
    unit = fresh.root / "card" / "etc" / "systemd" / "system" / "kiosk.service"
    unit.write_text("[Unit]\n")
    said = install(fresh).stdout.splitlines()
    assert said[0].endswith("/etc/systemd/system/kiosk.service")
    assert said[1] == "doing: systemctl daemon-reload"
    assert unit.read_text() == (KIOSK / "systemd" / "kiosk.service").read_text()


def test_nobody_can_log_in_as_kiosk_or_its_agent(fresh: Pi) -> None:
    install(fresh)
    made = [line for line in fresh.handed_to("changes") if line.startswith("useradd")]
    assert [line.split()[-1] for line in made] == ["kiosk", "kiosk-agent"]
    assert all("--shell /usr/sbin/nologin" in line for line in made)
    assert "password" not in " ".join(made)
    assert not [line for line in fresh.handed_to("changes") if "passwd" in line]
