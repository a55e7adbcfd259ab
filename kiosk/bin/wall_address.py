# ruff: noqa: INP001 - lies beside the programs that share it
"""The wall's address and the agent's token, as written in kiosk.toml:

    wall = "https://host/wall#key"
    agent = "…"

The part after `#` is the screen's key. So no message here ever repeats address or token: messages
end up in the journal.
"""

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

DEFAULT_PORTS = {"http": 80, "https": 443}
POSITION = re.compile(r"\(at .*\)$")
TOKEN = re.compile(r"[\w.-]{8,200}", re.ASCII)
NOT_IN_AN_ADDRESS = re.compile(r"[\s\x00-\x1f\x7f\"'<>\\`]")


class BadConfigError(Exception):
    """kiosk.toml names no usable wall; the text says why and is safe to log."""


@dataclass(frozen=True, slots=True)
class WallAddress:
    """`url` is whole and secret (it holds the key); the other fields are safe to show."""

    scheme: str
    host: str
    port: int
    url: str = field(repr=False)

    @property
    def origin(self) -> str:
        """Scheme, host and, unless it is the scheme's own, port: `https://wall.example.org`."""
        return f"{self.scheme}://{self._bracketed(self.host)}{self._port_if_unusual()}"

    @property
    def page(self) -> str:
        """The address without its key."""
        return self.url.partition("#")[0]

    @property
    def pattern(self) -> str:
        """The origin in Chromium's URL filter form; the dot leaves subdomains out."""
        host = self.host if self._is_numeric() else f".{self.host}"
        return f"{self.scheme}://{self._bracketed(host)}:{self.port}"

    def was_shown_by(self, profile: Path) -> bool:
        """Whether this profile can open the wall with no server: store and worker are there.

        Chromium names a store after its origin, with 0 for the scheme's own port, and makes the
        workers' folder with the first worker.
        """
        port = 0 if self.port == DEFAULT_PORTS[self.scheme] else self.port
        store = f"{self.scheme}_{self.host.replace(':', '_')}_{port}.indexeddb.leveldb"
        kept = profile / "Default"
        return (kept / "IndexedDB" / store).is_dir() and (kept / "Service Worker").is_dir()

    def _is_numeric(self) -> bool:
        return ":" in self.host or self.host.replace(".", "").isdigit()

    def _port_if_unusual(self) -> str:
        return "" if self.port == DEFAULT_PORTS[self.scheme] else f":{self.port}"

    @staticmethod
    def _bracketed(host: str) -> str:
        return f"[{host}]" if ":" in host else host


def read_address(config: Path) -> WallAddress:
    """The address in `config`. Raises BadConfigError with a text that is safe to log."""
    wall = _table(config).get("wall")
    if wall is None:
        raise BadConfigError(f'{config} has no line wall = "https://…"')
    if not isinstance(wall, str) or not wall.strip():
        raise BadConfigError(f"wall in {config} must be an address in quotation marks")
    return parse_address(wall.strip(), config)


def read_token(config: Path) -> str:
    """The token of the device's agent. Raises BadConfigError where there is none."""
    token = _table(config).get("agent")
    if token is None:
        raise BadConfigError(f'{config} has no line agent = "…"')
    if not isinstance(token, str) or not TOKEN.fullmatch(token.strip()):
        raise BadConfigError(f"agent in {config} must be a token in quotation marks")
    return token.strip()


def parse_address(wall: str, config: Path) -> WallAddress:
    """`wall` taken apart; only http and https with a host pass."""
    if NOT_IN_AN_ADDRESS.search(wall):
        raise BadConfigError(f"wall in {config} holds a space or a sign that no address holds")
    try:
        parts = urlsplit(wall)
        port = parts.port
    except ValueError:
        raise BadConfigError(f"wall in {config} is not an address") from None
    if parts.scheme not in DEFAULT_PORTS:
        raise BadConfigError(f"wall in {config} must begin with https:// or http://")
    if parts.username is not None or parts.password is not None:
        raise BadConfigError(f"wall in {config} must hold no user name and no password")
    host = _host(parts, config)
    return WallAddress(parts.scheme, host, port or DEFAULT_PORTS[parts.scheme], url=wall)


def _table(config: Path) -> dict[str, object]:
    try:
        # The card is often edited on Windows, which may begin the file with a byte order mark.
        return tomllib.loads(config.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise BadConfigError(f"{config} is missing") from None
    except OSError as error:
        raise BadConfigError(f"{config} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise BadConfigError(f"{config} is not UTF-8 text") from None
    except tomllib.TOMLDecodeError as error:
        where = POSITION.search(str(error))
        raise BadConfigError(f"{config} is not TOML {where.group() if where else ''}") from None


def _host(parts: SplitResult, config: Path) -> str:
    """The host as the network writes it: lower case, and xn-- for letters beyond ASCII."""
    try:
        host = (parts.hostname or "").encode("idna").decode("ascii")
    except UnicodeError:
        host = ""
    if not host:
        raise BadConfigError(f"wall in {config} names no server")
    return host
