"""Public holidays by country."""

from datetime import date

from signage.core.feasts import NEAR, countries, feasts


def test_holidays_are_known_thirteen_months_ahead() -> None:
    found = feasts(["SE", "FI", "SE"], date(2026, 12, 1))

    assert list(found) == ["FI", "SE"]
    assert found["SE"][0] == "2026-01-01"
    assert {"2026-12-25", "2027-06-26", "2028-01-01"} <= set(found["SE"])
    assert found["SE"] == sorted(found["SE"])


def test_yesterday_s_year_is_known_on_new_year_s_day() -> None:
    assert "2026-12-26" in feasts(["SE"], date(2027, 1, 1))["SE"]


def test_every_country_that_is_offered_by_name_is_known() -> None:
    assert set(NEAR) <= countries()
    assert feasts(["XX"], date(2026, 12, 1)) == {"XX": []}
