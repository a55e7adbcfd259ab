"""Looking people up."""

from sqlalchemy import Select, select

from signage.core.roles import ADMIN
from signage.models.account import User

NAMED = 5


def who_can_help() -> Select[str, str]:
    """Name and address of some who may do everything."""
    return (
        select(User.name, User.email)
        .where(User.role == ADMIN, User.disabled_at.is_(None))
        .order_by(User.name)
        .limit(NAMED)
    )
