"""Keeping pictures."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from signage.core.pictures import Redrawn
from signage.models import Notice, Picture, preferences


def keep_picture(session: Session, redrawn: Redrawn, at: datetime) -> Picture:
    """The picture's row; one that is there already is used again."""
    found = session.scalars(select(Picture).where(Picture.digest == redrawn.digest)).one_or_none()
    if found is not None:
        return found
    picture = Picture(
        digest=redrawn.digest, width=redrawn.width, height=redrawn.height, data=redrawn.data,
        made_at=at,
    )  # fmt: skip
    session.add(picture)
    session.flush()
    return picture


def forget_pictures(session: Session) -> None:
    """Drop pictures that nothing shows any more."""
    session.flush()
    kept = select(Notice.picture_id).where(Notice.picture_id.is_not(None))
    unused = delete(Picture).where(Picture.id.not_in(kept))
    if logo := preferences(session).logo:
        unused = unused.where(Picture.digest != logo)
    session.execute(unused)
