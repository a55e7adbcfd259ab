"""Settings, read once from the environment into a frozen object.

Each can also come from a file named by NAME_FILE (for secrets). A bad value stops the start and
names the variable. docs/operations.md lists them; a test compares the two.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from signage.addresses import database_address, redis_address
from signage.errors import BadSetting


@dataclass(frozen=True, slots=True)
class Settings:
    """What one running product is made of."""

    data: Path
    """Folder of the database, the secret key and uploads."""
    database_url: str
    """SQLAlchemy address; SQLite in `data` by default."""
    secret_key: str
    """Signs cookies and wall links; made once and kept in `data` when not given."""
    url: str
    """Public address without a trailing slash, as people and walls reach it."""
    host: str
    port: int
    trusted_proxies: int = 0
    """How many proxies in front set X-Forwarded-*; 0 trusts none."""
    schedule: bool = True
    """Whether this process runs the jobs; of several that may, one does."""
    move_to: str = field(default="", repr=False)
    """The PostgreSQL database that `signage move` fills."""
    redis_url: str = ""
    """Message queue between several processes; "" where there is one process alone."""
    sockets: str = "direct"
    """direct: our own fast sockets; ordinary: Flask-SocketIO as it comes."""
    log_format: str = "text"
    """text for people, json for programs."""
    oidc_issuer: str = ""
    """The sign-in provider (OpenID Connect), as it names itself; "" where people have passwords
    alone."""
    oidc_client_id: str = ""
    oidc_client_secret: str = field(default="", repr=False)
    oidc_name: str = ""
    """What the provider is called on the sign-in page."""
    oidc_role: str = ""
    """The role of somebody whom the provider knows and nobody invited; "" refuses them."""
    smtp_host: str = ""
    """The mail server that takes alerts; "" where none are sent by e-mail."""
    smtp_port: int = 587
    smtp_security: str = "starttls"
    """starttls, tls from the first byte on, or none."""
    smtp_user: str = ""
    smtp_password: str = field(default="", repr=False)
    smtp_from: str = ""
    """The sender's address."""

    @property
    def uploads(self) -> Path:
        """Folder of files that wait for their import."""
        return self.data / "uploads"

    @property
    def provider_name(self) -> str:
        """What people call the sign-in provider; "" where there is none."""
        return self.oidc_name or urlsplit(self.oidc_issuer).hostname or ""

    @property
    def secure(self) -> bool:
        """Whether the product is reached by https; cookies are then bound to it."""
        return self.url.startswith("https://")


SHORTEST_KEY = 32

VARIABLES = {
    "SIGNAGE_DATA": "folder of the database, secret key and uploads",
    "DATABASE_URL": "SQLAlchemy address of the database",
    "SIGNAGE_MOVE_TO": "address of the PostgreSQL database that signage move fills",
    "REDIS_URL": "Redis between several processes, e.g. redis://localhost:6379/0",
    "SIGNAGE_SECRET_KEY": "at least 32 characters that sign cookies and wall links",
    "SIGNAGE_URL": "public address, e.g. https://wall.example.com",
    "SIGNAGE_HOST": "address to listen on",
    "SIGNAGE_PORT": "port to listen on, 1 to 65535",
    "SIGNAGE_TRUSTED_PROXIES": "number of proxies in front, 0 to 5",
    "SIGNAGE_SCHEDULE": "1 runs the jobs in this process, 0 leaves them to another",
    "SIGNAGE_SOCKETS": "direct, or ordinary for Flask-SocketIO as it comes",
    "SIGNAGE_LOG_FORMAT": "text, or json for one object a line",
    "SIGNAGE_OIDC_ISSUER": "sign-in provider, e.g. https://login.example.com",
    "SIGNAGE_OIDC_CLIENT_ID": "what the provider calls this installation",
    "SIGNAGE_OIDC_CLIENT_SECRET": "the secret that goes with it",
    "SIGNAGE_OIDC_NAME": "what people call the provider",
    "SIGNAGE_OIDC_ROLE": "viewer or lead, for people whom nobody invited",
    "SIGNAGE_SMTP_HOST": "mail server that takes alerts, e.g. smtp.example.com",
    "SIGNAGE_SMTP_PORT": "its port, 1 to 65535",
    "SIGNAGE_SMTP_SECURITY": "starttls, tls or none",
    "SIGNAGE_SMTP_USER": "account at the mail server",
    "SIGNAGE_SMTP_PASSWORD": "its password",
    "SIGNAGE_SMTP_FROM": "address that alerts come from",
}


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Settings from environment variables; raises BadSetting naming the first bad one."""
    data = Path(_text(environ, "SIGNAGE_DATA", "data")).resolve()
    port = _number(environ, "SIGNAGE_PORT", 8000, 1, 65535)
    url = _text(environ, "SIGNAGE_URL", f"http://localhost:{port}").rstrip("/")
    if not _is_origin(url):
        raise BadSetting(f"SIGNAGE_URL must look like https://wall.example.com, not {url!r}")
    database = _text(environ, "DATABASE_URL", f"sqlite:///{data / 'signage.db'}")
    redis = _text(environ, "REDIS_URL", "")
    return Settings(
        data=data,
        database_url=database_address("DATABASE_URL", database),
        secret_key=_secret_key(environ, data),
        url=url,
        host=_text(environ, "SIGNAGE_HOST", "127.0.0.1"),
        port=port,
        trusted_proxies=_number(environ, "SIGNAGE_TRUSTED_PROXIES", 0, 0, 5),
        schedule=_number(environ, "SIGNAGE_SCHEDULE", 1, 0, 1) == 1,
        move_to=_postgresql(_text(environ, "SIGNAGE_MOVE_TO", "")),
        redis_url=redis and redis_address("REDIS_URL", redis),
        sockets=_one_of(environ, "SIGNAGE_SOCKETS", "direct", "ordinary"),
        log_format=_one_of(environ, "SIGNAGE_LOG_FORMAT", "text", "json"),
        **_provider(environ),
        **_mail(environ),
    )


def _provider(environ: Mapping[str, str]) -> dict[str, Any]:
    issuer = _text(environ, "SIGNAGE_OIDC_ISSUER", "")
    client_id = _text(environ, "SIGNAGE_OIDC_CLIENT_ID", "")
    if issuer and not is_safe(issuer):
        raise BadSetting(
            "SIGNAGE_OIDC_ISSUER must look like https://login.example.com; http is for localhost"
        )
    if bool(issuer) != bool(client_id):
        raise BadSetting("SIGNAGE_OIDC_ISSUER and SIGNAGE_OIDC_CLIENT_ID go together")
    return {
        "oidc_issuer": issuer,
        "oidc_client_id": client_id,
        "oidc_client_secret": _text(environ, "SIGNAGE_OIDC_CLIENT_SECRET", ""),
        "oidc_name": _text(environ, "SIGNAGE_OIDC_NAME", ""),
        "oidc_role": _one_of(environ, "SIGNAGE_OIDC_ROLE", "", "viewer", "lead"),
    }


MAIL_PORTS = {"starttls": 587, "tls": 465, "none": 25}


def _mail(environ: Mapping[str, str]) -> dict[str, Any]:
    host = _text(environ, "SIGNAGE_SMTP_HOST", "")
    sender = _text(environ, "SIGNAGE_SMTP_FROM", "")
    user = _text(environ, "SIGNAGE_SMTP_USER", "")
    security = _one_of(environ, "SIGNAGE_SMTP_SECURITY", "starttls", "tls", "none")
    if bool(host) != bool(sender):
        raise BadSetting("SIGNAGE_SMTP_HOST and SIGNAGE_SMTP_FROM go together")
    if sender and ("@" not in sender or not sender.isprintable() or " " in sender):
        raise BadSetting("SIGNAGE_SMTP_FROM must look like wall@example.com")
    if user and security == "none":
        raise BadSetting("SIGNAGE_SMTP_USER needs SIGNAGE_SMTP_SECURITY starttls or tls")
    return {
        "smtp_host": host,
        "smtp_port": _number(environ, "SIGNAGE_SMTP_PORT", MAIL_PORTS[security], 1, 65535),
        "smtp_security": security,
        "smtp_user": user,
        "smtp_password": _text(environ, "SIGNAGE_SMTP_PASSWORD", ""),
        "smtp_from": sender,
    }


def is_safe(url: str) -> bool:
    """Whether secrets may be sent to an address: by https, or to this very machine."""
    try:
        split = urlsplit(url)
        host, _ = split.hostname, split.port
    except ValueError:
        return False
    plain = not (split.username or split.password or split.query or split.fragment)
    here = host in {"localhost", "127.0.0.1", "::1"}
    return bool(host) and plain and (split.scheme == "https" or (split.scheme == "http" and here))


def _is_origin(url: str) -> bool:
    """Scheme, host and perhaps a port; nothing before or behind them."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return False
    named = f"[{host}]" if host and ":" in host else host
    plain = f"{parts.scheme}://{named}" + ("" if port is None else f":{port}")
    return bool(host) and parts.scheme in {"http", "https"} and plain == url.lower()


def _text(environ: Mapping[str, str], name: str, default: str) -> str:
    if path := environ.get(f"{name}_FILE"):
        try:
            return Path(path).read_text("utf-8").strip() or default
        except OSError as error:
            raise BadSetting(f"{name}_FILE cannot be read: {error.strerror}") from error
        except UnicodeDecodeError as error:
            raise BadSetting(f"{name}_FILE must name a file of UTF-8 text") from error
    return environ.get(name, "").strip() or default


def _number(environ: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    text = _text(environ, name, str(default))
    if not text.isdecimal() or not low <= int(text) <= high:
        raise BadSetting(f"{name} must be a whole number from {low} to {high}, not {text!r}")
    return int(text)


def _one_of(environ: Mapping[str, str], name: str, *choices: str) -> str:
    text = _text(environ, name, choices[0])
    if text not in choices:
        raise BadSetting(f"{name} must be {' or '.join(filter(None, choices))}, not {text!r}")
    return text


def _postgresql(url: str) -> str:
    if url and not url.startswith(("postgresql://", "postgresql+psycopg://")):
        raise BadSetting(
            "SIGNAGE_MOVE_TO must look like postgresql+psycopg://user:password@host/name"
        )
    return url and database_address("SIGNAGE_MOVE_TO", url)


def _secret_key(environ: Mapping[str, str], data: Path) -> str:
    """The key given, or one made on the first start and readable by this user alone."""
    given = _text(environ, "SIGNAGE_SECRET_KEY", "")
    if given and len(given) < SHORTEST_KEY:
        raise BadSetting("SIGNAGE_SECRET_KEY must be at least 32 characters")
    return given or _kept_key(data / "secret-key")


def _kept_key(path: Path) -> str:
    made = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not path.exists():
            made.touch(mode=0o600)
            made.write_text(secrets.token_hex(32), "ascii")
            _put_in_place(made, path)
        key = path.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise BadSetting(f"SIGNAGE_DATA cannot be used: {error}") from error
    if len(key) < SHORTEST_KEY:
        raise BadSetting(f"{path} holds no key; delete it, and sign in and link walls anew")
    return key


def _put_in_place(made: Path, path: Path) -> None:
    """Whole or not at all, and never over one that another process has just made."""
    try:
        path.hardlink_to(made)
    except FileExistsError:
        pass
    finally:
        made.unlink()
