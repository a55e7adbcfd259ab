"""How the desk tells of a withdrawal: in each language's own punctuation, and as the words hung."""

from datetime import datetime, timedelta

import pytest

from signage.actions import decide
from signage.core.revision import Mask, Revision
from signage.models import Database
from signage.words import day_in_words, speaking
from tests.answers import hung
from tests.screening import is_there, says, screen
from tests.web.conftest import Browser

HOUR = timedelta(hours=1)
COMMENT = "I asked Anna Berg, who helped."
MASKED = Revision(masks=(Mask(COMMENT.index("Anna"), COMMENT.index(","), "name"),))


@pytest.fixture
def taken_down(database: Database, lead: int, now: datetime) -> None:
    """Of three walls one has confirmed, one was heard just now and one is offline since long."""
    done, waits, away = (screen(database, name, at=now - 9 * HOUR) for name in "ABC")
    is_there(database, done, waits, at=now)
    is_there(database, away, at=now - HOUR)
    quote = hung(database, lead=lead, at=now - 2 * HOUR, spans=MASKED, comment=COMMENT)
    decide.withdraw(database, quote, reason="private", user_id=lead, at=now)
    says(database, done, at=now)


@pytest.mark.usefixtures("taken_down")
@pytest.mark.parametrize(
    ("code", "words", "told"),
    [
        ("en", "“I asked [name], who helped.”", "3 walls; 1 has not confirmed yet; 1 offline"),
        ("sv", "”I asked [namn], who helped.”", "; 1 har inte bekräftat än; 1 offline"),
        ("da", "»I asked [navn], who helped.«", "; 1 har ikke bekræftet endnu; 1 offline"),
        ("nb", "«I asked [navn], who helped.»", "; 1 har ikke bekreftet ennå; 1 frakoblet"),
        ("fi", "”I asked [nimi], who helped.”", "; 1 ei ole vielä vahvistanut; 1 ilman"),
        ("de", "„I asked [Name], who helped.“", "; 1 hat noch nicht bestätigt; 1 offline"),
        (
            "fr",
            "«\u202fI asked [nom], who helped.\u202f»",
            "\u202f; 1 n’a pas encore confirmé\u202f; 1 hors ligne",
        ),
    ],
)
def test_each_language_has_its_own_marks(desk: Browser, code: str, words: str, told: str) -> None:
    desk.post("/account/language", language=code)

    page = desk.get("/desk/deliveries").text

    assert words in page
    assert told in page
    progress = desk.get("/desk/deliveries/1/progress").json
    assert progress is not None
    assert told in progress["sentence"]


def test_french_counts_the_first_of_a_month_alone_as_the_first() -> None:
    with speaking("fr"):
        assert day_in_words("lundi 1 décembre 2025") == "lundi 1er décembre 2025"
        assert day_in_words("11 décembre") == "11 décembre"
    with speaking("de"):
        assert day_in_words("1 Dezember") == "1 Dezember"
