"""How answers came in: payloads as they came, tokens that may send them, files that were read."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, text
from sqlalchemy.orm import Mapped, mapped_column

from signage.models.base import Base, Hash, Id, Json, Long, PrimaryKey, Short, Word


class Payload(Base):
    """What a source sent, word for word, kept beside the response that was read from it."""

    __tablename__ = "payloads"

    id: Mapped[PrimaryKey]
    response_id: Mapped[int] = mapped_column(
        Id, ForeignKey("survey_responses.id", ondelete="CASCADE"), index=True
    )
    received_at: Mapped[datetime]
    body: Mapped[Long]


class ApiToken(Base):
    """Lets one program in; only a hash of it is kept."""

    __tablename__ = "api_tokens"

    id: Mapped[PrimaryKey]
    name: Mapped[Short]
    token_hash: Mapped[Hash]
    created_by: Mapped[int | None] = mapped_column(Id, ForeignKey("users.id"))
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    scopes: Mapped[Short] = mapped_column(default="responses", server_default=text("'responses'"))
    """What it lets a program do, of core/scopes.py, with spaces between."""


class Upload(Base):
    """One file on its way in: previewed, then imported, then reported on."""

    __tablename__ = "uploads"

    id: Mapped[PrimaryKey]
    user_id: Mapped[int | None] = mapped_column(Id, ForeignKey("users.id"))
    file_name: Mapped[Short]
    state: Mapped[Word]
    """previewed → running → done | failed."""
    plan: Mapped[Json]
    bytes_total: Mapped[int] = mapped_column(Id)
    bytes_done: Mapped[int] = mapped_column(Id)
    counts: Mapped[Json]
    """taken, changed, unchanged, refused."""
    refused: Mapped[list[dict[str, Any]]] = mapped_column(JSON())
    """The first rows not taken: line, reasons."""
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
