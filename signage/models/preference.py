"""What the company has chosen, with defaults for what it has not."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import JSON, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from signage.models.base import Base


class Preference(Base):
    """One choice; no row means the default."""

    __tablename__ = "preferences"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    value: Mapped[Any] = mapped_column(JSON())


@dataclass(frozen=True, slots=True)
class Preferences:
    """All choices."""

    title: str = "Customer voices"
    """What the wall calls itself."""
    language: str = "en"
    timezone: str = "Europe/Stockholm"
    grace_seconds: int = 8
    """From approval to the wall; undo within it leaves no trace. 0 publishes at once."""
    window_days: int = 90
    target_score: int | None = None
    target_by: str | None = None
    """ISO date."""
    age_target_hours: int = 24
    """From a comment's arrival to its decision; nights and weekends count."""
    expiry_days: int = 60
    """How long a quote hangs, where its touchpoint or a tag says nothing else."""
    question: str = ""
    """The survey's question as the wall's NPS page names it; empty takes the built-in one."""
    without_consent: str = "anonymous"
    """What may be done with words of customers of whose consent nothing is known: `anonymous`
    quotes them without a name, `refuse` not at all."""
    accent: str = ""
    """A colour such as #0a7d5c for the wall's frame; empty takes the built-in one."""
    logo: str = ""
    """Digest of the picture in the wall's frame; empty for none."""
    frame: str = "full"
    """full, or quiet: without the site's name and the date."""
    titles: Mapping[str, str] = field(default_factory=dict)
    """Scene → what the wall calls it, where that is not the built-in title."""
    survey_url: str = ""
    """Where customers answer; the wall shows it as a QR code. Empty for none."""
    ask: str = ""
    """The headline above it; empty takes the built-in one."""
    framed_by: str = ""
    """Origins of sites that may show a wall in a frame, with spaces between; empty for none."""

    def day_of(self, at: datetime) -> date:
        """The day that a moment falls on where the company is."""
        return at.astimezone(ZoneInfo(self.timezone)).date()


def preferences(session: Session) -> Preferences:
    """The choices in force."""
    known = {field.name for field in fields(Preferences)}
    rows = session.execute(select(Preference.name, Preference.value))
    return Preferences(**{name: value for name, value in rows if name in known})
