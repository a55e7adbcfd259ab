"""What every installation has before anyone uses it."""

from signage.actions.outbox import ensure_feeds
from signage.models import Database


def set_up(database: Database) -> None:
    """Make the feeds; doing it again changes nothing."""
    with database.write() as session:
        ensure_feeds(session)
