"""Servers share a database's lock; a restore takes it alone."""

from dataclasses import replace
from pathlib import Path

import pytest

from signage.errors import Refused
from signage.keeping.lock import alone, serving
from signage.settings import Settings
from signage.sqlite_file import database_file


def test_servers_share_it(settings: Settings) -> None:
    with serving(settings), serving(settings):
        pass


def test_a_restore_is_alone(settings: Settings) -> None:
    with serving(settings), pytest.raises(Refused, match="Stop it first"), alone(settings):
        pass
    with alone(settings), pytest.raises(Refused, match="being restored"), serving(settings):
        pass
    with alone(settings):
        pass


def test_it_goes_by_the_database_and_not_by_the_folder(
    settings: Settings, elsewhere: Settings
) -> None:
    same = replace(elsewhere, database_url=settings.database_url)
    with serving(same), pytest.raises(Refused), alone(settings):
        pass


def test_postgresql_needs_none(postgres: Settings) -> None:
    assert database_file(postgres) is None
    with alone(postgres), serving(postgres):
        pass


def test_where_the_file_lies(settings: Settings) -> None:
    assert database_file(settings) == settings.data / "signage.db"
    other = replace(settings, database_url="sqlite:////srv/wall.db")
    assert database_file(other) == Path("/srv/wall.db")
    assert database_file(replace(settings, database_url="sqlite://")) is None
