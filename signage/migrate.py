"""Bringing the database to the shape that this version needs."""

from alembic import command
from alembic.config import Config

from signage.models import Database
from signage.places import PACKAGE


def migrate(database: Database) -> None:
    """Run the migrations that are missing; nothing to do is the usual case."""
    config = alembic_config()
    with database.engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def alembic_config() -> Config:
    """Alembic, told where the migrations lie."""
    config = Config()
    config.set_main_option("script_location", str(PACKAGE / "migrations"))
    return config
