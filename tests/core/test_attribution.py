import pytest
from hypothesis import given
from hypothesis import strategies as st

from signage.core.attribution import CONSENTS, Who, attribution

CUSTOMER = Who("customer", None)


@pytest.mark.parametrize(
    ("consent", "shown"),
    [
        ("full_name", Who("full_name", "Anna Maria Berg")),
        ("first_name", Who("first_name", "Anna")),
        ("role", Who("role", "Buyer, Ystad")),
        ("anonymous", CUSTOMER),
        ("unknown", CUSTOMER),
    ],
)
def test_each_consent_shows_its_own_and_no_more(consent: str, shown: Who) -> None:
    assert consent in CONSENTS
    assert attribution(consent, " Anna  Maria\tBerg ", " Buyer,\nYstad ") == shown


@pytest.mark.parametrize("consent", ["", "FULL_NAME", "full name", "yes", "all"])
def test_a_consent_nobody_gave_shows_nothing(consent: str) -> None:
    assert attribution(consent, "Anna Berg", "Buyer") == CUSTOMER


@pytest.mark.parametrize("missing", [None, "", "  \n"])
def test_a_missing_piece_is_not_replaced_by_another(missing: str | None) -> None:
    assert attribution("full_name", missing, "Buyer") == CUSTOMER
    assert attribution("first_name", missing, "Buyer") == CUSTOMER
    assert attribution("role", "Anna Berg", missing) == CUSTOMER


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Anna", "Anna"),
        ("Berg, Anna Maria", "Anna"),
        ("Jean-Luc Petit", "Jean-Luc"),
        ("D'Arcy Moss", "D'Arcy"),
        ("A. Berg", "A."),
        ("Łukasz Żak", "Łukasz"),
        ("Rene\u0301 Roux", "Rene\u0301"),
        ("Ольга Иванова", "Ольга"),
    ],
)
def test_first_names(name: str, first: str) -> None:
    assert attribution("first_name", name, None) == Who("first_name", first)


@pytest.mark.parametrize(
    "name",
    [
        "Berg,",
        "Dr. Berg",
        "Herr Berg",
        "MME Roux",
        "anna.berg@example.com",
        "anna.berg",
        "anna_berg",
        "070-123 45 67",
        "annaberg1980",
        "山田太郎",
        "김민준",
        "-",
    ],
)
def test_what_may_be_more_than_a_first_name_is_not_shown(name: str) -> None:
    assert attribution("first_name", name, "Buyer") == CUSTOMER


def test_an_address_is_no_name() -> None:
    assert attribution("full_name", "anna.berg@example.com", None) == CUSTOMER


@given(st.sampled_from(CONSENTS), st.none() | st.text(), st.none() | st.text())
def test_nothing_is_shown_that_its_own_consent_does_not_cover(
    consent: str, name: str | None, role: str | None
) -> None:
    who = attribution(consent, name, role)
    assert who.kind in (consent, "customer")
    assert (who.text is None) == (who.kind == "customer")
    if who.kind == "first_name":
        assert who.text in (name or "").replace(",", " ").split()
