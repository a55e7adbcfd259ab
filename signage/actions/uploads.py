from datetime import datetime

from signage.models import Database


def forget_uploads(database: Database, *, at: datetime) -> None:
    """x"""
