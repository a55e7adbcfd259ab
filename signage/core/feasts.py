"""Public holidays: the days on which a country's slots are skipped, or hang alone."""

from collections.abc import Collection
from datetime import date, timedelta
from functools import cache

AHEAD = timedelta(days=397)
"""Thirteen months: a wall that is offline knows them that far."""
BACK = timedelta(days=2)
"""A slot may have begun yesterday, and some zones are a day behind."""

NEAR = frozenset({
    "SE", "DK", "NO", "FI", "IS", "DE", "AT", "CH", "NL", "BE", "LU", "FR", "GB", "IE", "PL", "EE",
    "LV", "LT", "ES", "PT", "IT", "CZ", "US", "CA",
})  # fmt: skip
"""The ones that are offered before all others."""


@cache
def countries() -> frozenset[str]:
    """The codes of all countries whose holidays are known."""
    import holidays  # noqa: PLC0415 - takes longer to load than anything else here

    return frozenset(holidays.list_supported_countries(include_aliases=False))


def feasts(among: Collection[str], today: date) -> dict[str, list[str]]:
    """Country → its public holidays, as YYYY-MM-DD in order: whole years, as far as AHEAD lies."""
    years = range((today - BACK).year, (today + AHEAD).year + 1)
    return {country: _of(country, tuple(years)) for country in sorted(set(among))}


@cache
def _of(country: str, years: tuple[int, ...]) -> list[str]:
    import holidays  # noqa: PLC0415 - as above

    if country not in countries():
        return []
    return sorted(day.isoformat() for day in holidays.country_holidays(country, years=years))
