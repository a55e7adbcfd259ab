"""What operations.md gives to copy for several processes is right."""

import re
import subprocess
from pathlib import Path
from textwrap import dedent

from signage.settings import VARIABLES, read_settings
from tests.docs.pages import page, section

SEVERAL = section(page("docs/operations.md"), "## More than one process")
SHARED = {"DATABASE_URL", "REDIS_URL", "SIGNAGE_SECRET_KEY"}


def example(first: str) -> str:
    """The block that begins with this line, as it is copied."""
    block = re.search(rf"^( +){re.escape(first)}\n(?:\1.*\n|\n(?=\1))+", SEVERAL, re.MULTILINE)
    assert block, f"nothing begins with “{first}”"
    return dedent(block[0])


def test_the_settings_of_several_are_settings() -> None:
    lines = [line for line in example("# /etc/signage.env").splitlines() if "=" in line]
    given = dict(line.split("=", 1) for line in lines)
    assert given.keys() <= VARIABLES.keys()
    assert given.keys() >= {*SHARED, "SIGNAGE_DATA", "SIGNAGE_URL"}
    read = read_settings({**given, "SIGNAGE_SECRET_KEY": "0" * 64})
    assert (read.redis_url, read.secure) == ("redis://localhost:6379/0", True)


def test_the_unit_of_several_is_one(tmp_path: Path) -> None:
    unit = example("# /etc/systemd/system/signage@.service")
    assert "Environment=SIGNAGE_PORT=%i" in unit
    copy = tmp_path / "signage@8001.service"
    copy.write_text(unit.replace("/opt/signage/.venv/bin/signage", "/bin/true"))
    verified = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", copy],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (verified.returncode, verified.stderr) == (0, "")


def test_the_readme_names_what_several_share() -> None:
    line = re.search(r"^    DATABASE_URL=.* signage serve$", page("README.md"), re.MULTILINE)
    assert line
    assert set(re.findall(r"\b([A-Z_]+)=", line[0])) == SHARED
