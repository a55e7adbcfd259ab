"""What the log says of a transaction: nothing before it has committed, nothing if it did not."""

import logging

from sqlalchemy import event
from sqlalchemy.orm import Session

from signage import logs


def log_committed(session: Session, name: str, **fields: str | int | None) -> None:
    """Log an event (signage.logs) right after this session's transaction has committed."""

    def tell(_: Session) -> None:
        logs.event(name, level=logging.INFO, **fields)

    event.listen(session, "after_commit", tell, once=True)
