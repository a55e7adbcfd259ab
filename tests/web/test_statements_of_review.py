"""What is reviewed, ruled on and hung costs as many SQL statements with many rows as with few."""

from datetime import datetime

from signage.actions.notice_draft import NoticeDraft
from signage.actions.notices import write_notice
from signage.actions.tags import tag
from signage.core.rules import Conditions, Outcome
from signage.models import Database
from tests.answers import draft, take
from tests.ruling import rule, run, trusted
from tests.web.conftest import Browser, statements

PAGES = (
    "/desk/soon", "/desk/wall/scheduled", "/desk/notices", "/desk/settings/expiry",
    "/desk/settings/rules", "/desk/settings/rules/1/trial", "/desk/settings/rules/1/rulings",
    "/desk/quotes/1/alike", "/desk/withdrawals/new?scope=respondent&value=ida",
)  # fmt: skip
LATER = Outcome("approve", hours=2)


def fill(database: Database, lead: int, now: datetime, first: int, n: int) -> None:
    """Quotes that a rule approved, each with a tag and a place of its own, and notices."""
    numbers = range(first + 1, first + n + 1)
    said = {"score": 9, "comment": "Great help from the first to the last.", "respondent": "ida"}
    answers = [draft(str(each), at=now, touchpoint=f"Place {each}", **said) for each in numbers]
    take(database, *answers, at=now)
    run(database, now)
    for each in numbers:
        tag(database, each, f"tag {each}", user_id=lead, at=now)
        write_notice(database, NoticeDraft(f"No {each}", "", None, None), user_id=lead, at=now)


def test_a_page_costs_the_same_with_many_rows(
    desk: Browser, database: Database, lead: int, now: datetime
) -> None:
    trusted(database, lead, now)
    rule(database, conditions=Conditions(words=("great",)), outcome=LATER, lead=lead, at=now)
    fill(database, lead, now, 0, 2)
    few = {page: cost(desk, database, page) for page in PAGES}
    fill(database, lead, now, 2, 5)

    assert {page: cost(desk, database, page) for page in PAGES} == few


def cost(desk: Browser, database: Database, page: str) -> int:
    """Statements of the second visit: the first one may fill caches."""
    assert desk.get(page).status_code == 200
    with statements(database) as seen:
        desk.get(page)
    return len(seen)
