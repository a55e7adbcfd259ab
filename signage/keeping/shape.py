"""Which migrations a database has had."""

from enum import Enum

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from signage.migrate import alembic_config
from signage.models import Database


class Shape(Enum):
    """How a database's tables stand to this version of the product."""

    CURRENT = "current"
    OLDER = "older"
    """The next start brings it up to date."""
    NEWER = "newer"
    """A later version has been here, or something else altogether."""
    NONE = "none"
    """Not a database of this product."""


def shape_of(database: Database) -> Shape:
    """What the database says of itself."""
    with database.engine.connect() as connection:
        had = MigrationContext.configure(connection).get_current_heads()
    script = ScriptDirectory.from_config(alembic_config())
    if not had:
        return Shape.NONE
    if set(had) == set(script.get_heads()):
        return Shape.CURRENT
    known = {revision.revision for revision in script.walk_revisions()}
    return Shape.OLDER if set(had) <= known else Shape.NEWER
