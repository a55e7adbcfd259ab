from datetime import datetime

import pytest

from signage.models import Database
from tests.answers import hung, items, state_of
from tests.web.conftest import Browser


@pytest.fixture
def quote(database: Database, lead: int, now: datetime) -> int:
    return hung(database, lead=lead, at=now, comment="Bread & <butter 100% good.")


def test_what_hangs_is_listed_as_it_hangs(desk: Browser, quote: int) -> None:
    page = desk.get("/desk/wall").text

    assert "Bread &amp; &lt; butter 100% good." in page
    assert f"/desk/quotes/{quote}/withdrawal" in page


def test_an_empty_wall_says_what_to_do(desk: Browser) -> None:
    assert "Nothing hangs yet" in desk.get("/desk/wall").text


@pytest.mark.usefixtures("quote")
@pytest.mark.parametrize(
    ("search", "found"), [("BUTTER", True), ("100%", True), ("_read", False), ("cheese", False)]
)
def test_a_search_takes_words_as_they_are(desk: Browser, search: str, found: bool) -> None:
    page = desk.get(f"/desk/wall?search={search.replace('%', '%25')}").text

    assert ("good." in page) is found
    assert ("No published quote holds" in page) is not found


def test_withdrawn_it_leaves_the_wall_and_can_be_hung_again(
    desk: Browser, quote: int, database: Database
) -> None:
    answer = desk.post(f"/desk/quotes/{quote}/withdrawal", reason="private")

    assert items(database) == {}
    page = desk.get(answer.headers["Location"]).text
    assert "no wall was showing these words" in page
    undone = desk.post("/desk/decisions/3/undoing")
    assert undone.headers["Location"] == "/desk/wall"
    assert list(items(database)) == [f"q{quote}"]


def test_a_withdrawal_needs_a_reason_and_happens_once(
    desk: Browser, quote: int, database: Database
) -> None:
    assert desk.post(f"/desk/quotes/{quote}/withdrawal").status_code == 422
    assert state_of(database, quote) == "published"

    assert desk.post(f"/desk/quotes/{quote}/withdrawal", reason="private").status_code == 302
    assert desk.post(f"/desk/quotes/{quote}/withdrawal", reason="private").status_code == 409
    assert desk.post("/desk/quotes/99/withdrawal", reason="private").status_code == 404
