from pathlib import Path

import pytest

from signage.errors import BadSetting
from signage.models import Database
from signage.settings import VARIABLES, read_settings

KEY = "k" * 32


def read(tmp_path: Path, **environ: str) -> object:
    return read_settings({"SIGNAGE_DATA": str(tmp_path), "SIGNAGE_SECRET_KEY": KEY, **environ})


def test_without_any_setting_it_serves_this_machine_from_a_folder_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    settings = read_settings({})

    assert settings.data == tmp_path / "data"
    assert settings.database_url == f"sqlite:///{tmp_path / 'data' / 'signage.db'}"
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert settings.url == "http://localhost:8000"
    assert (settings.trusted_proxies, settings.schedule, settings.secure) == (0, True, False)
    assert settings.uploads == tmp_path / "data" / "uploads"


def test_each_setting_is_read(tmp_path: Path) -> None:
    settings = read_settings(
        {
            "SIGNAGE_DATA": str(tmp_path), "SIGNAGE_SECRET_KEY": KEY,
            "DATABASE_URL": "postgresql+psycopg://db/signage", "SIGNAGE_PORT": "9000",
            "SIGNAGE_URL": "https://wall.example.com/", "SIGNAGE_HOST": "0.0.0.0",  # noqa: S104
            "SIGNAGE_TRUSTED_PROXIES": "2", "SIGNAGE_SCHEDULE": "0",
        }
    )  # fmt: skip

    assert settings.database_url == "postgresql+psycopg://db/signage"
    assert (settings.url, settings.secure) == ("https://wall.example.com", True)
    assert (settings.port, settings.trusted_proxies, settings.schedule) == (9000, 2, False)
    assert settings.secret_key == KEY


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SIGNAGE_OIDC_ISSUER", "https://login.example.com"),
        ("SIGNAGE_OIDC_ISSUER", "http://login.example.com"),
        ("SIGNAGE_OIDC_ISSUER", "https://user:word@login.example.com"),
        ("SIGNAGE_OIDC_ISSUER", "https://login.example.com?x=1"),
        ("SIGNAGE_OIDC_ISSUER", "file:///etc/passwd"),
        ("SIGNAGE_OIDC_CLIENT_ID", "signage"),
        ("SIGNAGE_OIDC_ROLE", "admin"),
        ("SIGNAGE_MOVE_TO", "sqlite:///wall.db"),
        ("SIGNAGE_MOVE_TO", "postgresql://ida:s3cret@db:port/signage"),
        ("SIGNAGE_MOVE_TO", "postgresql://ida:half@s3cret@db/signage"),
        ("DATABASE_URL", "postgresql+psycopg://ida:half@s3cret@db/signage"),
        ("SIGNAGE_SMTP_HOST", "smtp.example.com"),
        ("SIGNAGE_SMTP_FROM", "wall@example.com"),
        ("SIGNAGE_SMTP_PORT", "0"),
        ("SIGNAGE_SMTP_SECURITY", "ssl"),
        ("SIGNAGE_PORT", "0"),
        ("SIGNAGE_PORT", "65536"),
        ("SIGNAGE_PORT", "eighty"),
        ("SIGNAGE_PORT", "-1"),
        ("SIGNAGE_PORT", "8000.0"),
        ("SIGNAGE_URL", "wall.example.com"),
        ("SIGNAGE_URL", "ftp://wall.example.com"),
        ("SIGNAGE_URL", "https://"),
        ("SIGNAGE_URL", "https://wall.example.com/desk"),
        ("SIGNAGE_URL", "https://wall.example.com?x=1"),
        ("SIGNAGE_URL", "https://wall.example.com#x"),
        ("SIGNAGE_URL", "https://ida:secret@wall.example.com"),
        ("SIGNAGE_URL", "https://wall.example.com:port"),
        ("SIGNAGE_URL", "http://[::1"),
        ("SIGNAGE_TRUSTED_PROXIES", "6"),
        ("SIGNAGE_SCHEDULE", "yes"),
        ("REDIS_URL", "localhost:6379"),
        ("REDIS_URL", "redis://:s3cret@h:port/0"),
        ("REDIS_URL", "redis://h/0?socket_timeout=s3cret"),
        ("REDIS_URL", "redis://h/0?nosuch=s3cret"),
        ("DATABASE_URL", "postgresql//u:s3cret@h/db"),
        ("DATABASE_URL", "postgresql://u:s3cret@h:port/db"),
        ("DATABASE_URL", "postgresql://u:x@h/db?s3cret=1"),
        ("DATABASE_URL", "postgresql+psycopg://u:x@h/db?connect_timeout=s3cret"),
        ("SIGNAGE_SOCKETS", "fast"),
        ("SIGNAGE_LOG_FORMAT", "xml"),
        ("SIGNAGE_SECRET_KEY", "short"),
    ],
)
def test_a_bad_value_stops_the_start_and_names_its_variable(
    tmp_path: Path, name: str, value: str
) -> None:
    with pytest.raises(BadSetting, match=name) as refused:
        read(tmp_path, **{name: value})

    assert "s3cret" not in str(refused.value)


@pytest.mark.parametrize(
    "url", ["nonsense", "nosuch://db/x", "postgresql+nosuch://db/x", "mysql://db/x", "://"]
)
def test_an_address_that_is_no_database_names_its_variable(url: str) -> None:
    with pytest.raises(BadSetting, match="DATABASE_URL"):
        Database(url)


def test_a_short_secret_is_not_repeated(tmp_path: Path) -> None:
    with pytest.raises(BadSetting) as refused:
        read(tmp_path, SIGNAGE_SECRET_KEY="hunter2")

    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize("name", VARIABLES)
def test_each_setting_may_come_from_a_file(tmp_path: Path, name: str) -> None:
    values = {
        "SIGNAGE_DATA": str(tmp_path / "other"), "DATABASE_URL": "sqlite:///other.db",
        "SIGNAGE_SECRET_KEY": "f" * 40, "SIGNAGE_URL": "https://file.example.com",
        "SIGNAGE_HOST": "192.0.2.1", "SIGNAGE_PORT": "9001", "SIGNAGE_TRUSTED_PROXIES": "1",
        "SIGNAGE_SCHEDULE": "0", "REDIS_URL": "redis://192.0.2.1:6379/0",
        "SIGNAGE_SOCKETS": "ordinary", "SIGNAGE_LOG_FORMAT": "json",
        "SIGNAGE_MOVE_TO": "postgresql://192.0.2.1/signage",
        "SIGNAGE_OIDC_ISSUER": "https://login.example.com", "SIGNAGE_OIDC_CLIENT_ID": "signage",
        "SIGNAGE_OIDC_CLIENT_SECRET": "s", "SIGNAGE_OIDC_NAME": "Example",
        "SIGNAGE_OIDC_ROLE": "lead", "SIGNAGE_SMTP_HOST": "smtp.example.com",
        "SIGNAGE_SMTP_PORT": "2525", "SIGNAGE_SMTP_SECURITY": "tls",
        "SIGNAGE_SMTP_USER": "wall", "SIGNAGE_SMTP_PASSWORD": "p",
        "SIGNAGE_SMTP_FROM": "wall@example.com",
    }  # fmt: skip
    file = tmp_path / "value"
    file.write_text(f"{values[name]}\n", "utf-8")
    plain = {"SIGNAGE_SECRET_KEY": KEY, "SIGNAGE_DATA": str(tmp_path)}
    for several in ("OIDC", "SMTP"):  # issuer and client go together, host and sender, too
        if several in name:
            plain |= {each: values[each] for each in values if several in each and each != name}

    assert read_settings({**plain, f"{name}_FILE": str(file)}) == read_settings(
        {**plain, name: values[name]}
    )


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"], ids=["missing", "not text"])
def test_a_file_that_cannot_be_read_names_its_variable(
    tmp_path: Path, content: bytes | None
) -> None:
    file = tmp_path / "value"
    if content:
        file.write_bytes(content)

    with pytest.raises(BadSetting, match="SIGNAGE_SECRET_KEY_FILE"):
        read(tmp_path, SIGNAGE_SECRET_KEY_FILE=str(file))


def test_a_key_is_made_once_and_readable_by_its_user_alone(tmp_path: Path) -> None:
    data = tmp_path / "data"
    first = read_settings({"SIGNAGE_DATA": str(data)}).secret_key

    assert len(first) == 64
    assert read_settings({"SIGNAGE_DATA": str(data)}).secret_key == first
    assert (data / "secret-key").stat().st_mode & 0o777 == 0o600
    assert data.stat().st_mode & 0o777 == 0o700
    assert read_settings({"SIGNAGE_DATA": str(tmp_path / "b")}).secret_key != first
    assert [path.name for path in data.iterdir()] == ["secret-key"]


def test_a_given_key_makes_no_file(tmp_path: Path) -> None:
    read(tmp_path)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kept", ["", "short"])
def test_a_kept_key_that_is_damaged_stops_the_start(tmp_path: Path, kept: str) -> None:
    """An empty key would sign cookies and links that anybody can forge."""
    (tmp_path / "secret-key").write_text(kept)

    with pytest.raises(BadSetting, match="secret-key"):
        read_settings({"SIGNAGE_DATA": str(tmp_path)})


def test_a_folder_that_cannot_be_written_names_its_variable(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(BadSetting, match="SIGNAGE_DATA"):
        read_settings({"SIGNAGE_DATA": str(tmp_path / "file" / "data")})


def test_every_variable_is_described() -> None:
    assert all(text and not text.endswith(".") for text in VARIABLES.values())
