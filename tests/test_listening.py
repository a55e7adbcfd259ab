"""An address that cannot be had ends the start in a sentence, before anything is made."""

import errno
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from signage import serve
from signage.cli import commands
from signage.errors import Refused
from signage.listening import listening, try_address
from signage.settings import Settings
from signage.words import speaking

KEY = "k" * 32


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with speaking("en"):
        yield


@pytest.fixture
def taken() -> Iterator[int]:
    """A port on which somebody listens."""
    with socket.create_server(("127.0.0.1", 0)) as holder:
        yield holder.getsockname()[1]


def at(folder: Path, port: int, host: str = "127.0.0.1") -> Settings:
    return Settings(folder, "sqlite://", KEY, f"http://localhost:{port}", host, port)


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_a_taken_port_is_told_before_anything_is_made(
    tmp_path: Path, taken: int, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serve, "write_log", lambda *_, **__: None)
    folder = tmp_path / "data"
    chosen = {"SIGNAGE_DATA": str(folder), "SIGNAGE_PORT": str(taken), "SIGNAGE_HOST": "127.0.0.1"}
    runner = CliRunner(env={**chosen, "SIGNAGE_SECRET_KEY": KEY, "LC_ALL": "", "LANG": "en"})

    ended = runner.invoke(commands, command)

    other = taken + 1 if taken < 65535 else taken - 1
    assert (ended.exit_code, ended.stdout) == (1, "")
    assert ended.stderr == (
        f"Port {taken} is taken on 127.0.0.1. Stop what uses it, or choose another port: put "
        f"SIGNAGE_PORT={other} in front of the command, or --port {other} behind it.\n"
    )
    assert not folder.exists()


def test_a_free_port_is_free_afterwards(tmp_path: Path, taken: int) -> None:
    with pytest.raises(Refused):
        try_address(at(tmp_path, taken))
    try_address(at(tmp_path, 0))


def test_an_address_that_is_not_this_machines_is_told(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"This machine has no address 192\.0\.2\.1 to"):
        try_address(at(tmp_path, 0, "192.0.2.1"))


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (PermissionError(errno.EACCES, "Permission denied"), "may not listen on port 80"),
        (socket.gaierror(socket.EAI_NONAME, "unknown"), "has no address wall.invalid to listen on"),
    ],
)
def test_what_a_system_refuses_is_told(tmp_path: Path, error: OSError, told: str) -> None:
    with pytest.raises(Refused, match=told), listening(at(tmp_path, 80, "wall.invalid")):
        raise error


def test_whatever_else_goes_wrong_is_not_hidden(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="pipe"), listening(at(tmp_path, 8000)):
        raise BrokenPipeError(errno.EPIPE, "Broken pipe")
