"""Reading screens: pages of them, by what they are asked for."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from signage.models.holding import holds
from signage.models.screen import Screen

MOST_SITES = 500


def sites(session: Session) -> list[str]:
    """Every site that a screen names, in order."""
    found = select(Screen.site).where(Screen.site != "").distinct().order_by(Screen.site)
    return list(session.scalars(found.limit(MOST_SITES)))


def named(session: Session, words: str, *, most: int) -> Sequence[Screen]:
    """The first screens in order of site and name that have these words in either."""
    asked = select(Screen).order_by(Screen.site, Screen.name, Screen.id).limit(most)
    if words:
        asked = asked.where(_told(session, words))
    return session.scalars(asked).all()


def _told(session: Session, words: str) -> ColumnElement[bool]:
    columns = (Screen.name.expression, Screen.site.expression)
    return or_(*(holds(session, column, words) for column in columns))
