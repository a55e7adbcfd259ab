"""Find: every quote, whatever became of it."""

from datetime import datetime, timedelta
from urllib.parse import quote as quoted

import pytest
from sqlalchemy import select

from signage.actions import decide, duplicates, sign_ins, sweep
from signage.actions.tags import tag
from signage.core.verbatim import Cut, Mask, Revision
from signage.models import Database, SavedView, User
from signage.web.desk_find import PAGE
from tests.answers import at_once, draft, hung, state_of, take, waiting
from tests.models.test_search import HOSTILE
from tests.web.conftest import Browser, statements


@pytest.fixture
def many(database: Database, lead: int, now: datetime) -> dict[str, int]:
    """A quote in each state that there is; name → id."""
    at_once(database)
    made = {
        name: waiting(
            database, name, at=now, comment=f"Said {name} för oss.", score=score, language=language,
            touchpoint=place, answered_at=now - timedelta(days=days),
        )
        for name, score, language, place, days in (
            ("waits", 9, "sv", "Shop", 1), ("later", 7, "sv", "Shop", 2),
            ("no", 2, "en", "Shop", 3), ("hangs", 10, "de", "Delivery", 4),
            ("gone", 0, "de", "Delivery", 50),
        )
    }  # fmt: skip
    decide.set_aside(database, made["later"], revision=0, user_id=lead, at=now)
    decide.reject(database, made["no"], revision=0, reason="other", user_id=lead, at=now)
    for name in ("hangs", "gone"):
        decide.approve(database, made[name], revision=0, user_id=lead, at=now)
    decide.withdraw(database, made["gone"], reason="private", user_id=lead, at=now)
    return made


def listed(desk: Browser, query: str, many: dict[str, int]) -> set[str]:
    """Which of the quotes a page lists."""
    answer = desk.get(f"/desk/find?{query}")
    assert answer.status_code == 200
    return {name for name, id_ in many.items() if f'href="/desk/quotes/{id_}"' in answer.text}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", {"waits", "later", "no", "hangs", "gone"}),
        ("state=rejected", {"no"}),
        ("state=set_aside", {"later"}),
        ("state=withdrawn", {"gone"}),
        ("state=approved", set()),
        ("band=up", {"waits", "hangs"}),
        ("band=down", {"no", "gone"}),
        ("score=0", {"gone"}),
        ("language=de", {"hangs", "gone"}),
        ("touchpoint=1", {"waits", "later", "no"}),
        ("source=shop", {"waits", "later", "no", "hangs", "gone"}),
        ("source=other", set()),
        ("person=1", {"later", "no", "hangs", "gone"}),
        ("person=2", set()),
        ("tag=7", set()),
        ("q=hangs", {"hangs"}),
        ("q=said+f%C3%B6r", {"waits", "later", "no", "hangs", "gone"}),
        ("q=said+for", set()),
        ("q=hangs&state=rejected", set()),
        ("q=%21%3F", set()),
    ],
)
def test_filters_let_through(
    desk: Browser, many: dict[str, int], query: str, names: set[str]
) -> None:
    assert listed(desk, query, many) == names


def test_days_are_the_companys(desk: Browser, many: dict[str, int], now: datetime) -> None:
    first = (now - timedelta(days=10)).date().isoformat()

    assert listed(desk, f"from={first}", many) == {"waits", "later", "no", "hangs"}
    assert listed(desk, f"to={first}", many) == {"gone"}
    assert desk.get("/desk/find?from=yesterday").status_code == 422
    assert listed(desk, "from=0001-01-01&to=9999-12-31", many) == set(many)


def test_found_words_are_marked_and_markup_is_text(
    desk: Browser, database: Database, now: datetime
) -> None:
    waiting(database, at=now, comment="2 < 3 & <b>bold</b> för alla")

    page = desk.get("/desk/find?q=f%C3%B6r").text

    assert "<mark>för</mark> alla" in page
    assert "2 &lt; 3 &amp; " in page


def test_hostile_words_break_nothing(desk: Browser, database: Database, now: datetime) -> None:
    waiting(database, at=now)

    for typed in (*HOSTILE, "<script>alert(1)</script>", "%00", "\ufffe"):
        answer = desk.get(f"/desk/find?q={quoted(typed)}")
        assert answer.status_code == 200, typed
        assert "<script>alert" not in answer.text


@pytest.mark.parametrize(
    "query",
    [
        "score=x",
        "touchpoint=1e9",
        "tag=9999999999999999999999",
        "person=a",
        "before=-",
        "after=%01",
        "state=gone",
    ],
)
def test_what_is_no_number_is_told(desk: Browser, query: str) -> None:
    assert desk.get(f"/desk/find?{query}").status_code == 422


def test_pages_follow_on_and_back(desk: Browser, database: Database, now: datetime) -> None:
    drafts = [draft(f"{n}", at=now, comment=f"No {n}.") for n in range(2 * PAGE + 5)]
    take(database, *drafts, at=now)

    def shown(query: str) -> list[int]:
        text = desk.get(f"/desk/find?{query}").text
        ids = [part.split('"')[0] for part in text.split('href="/desk/quotes/')[1:]]
        assert text.count('rel="prev"') == (int(ids[0]) < 2 * PAGE + 5)
        assert text.count('rel="next"') == (int(ids[-1]) > 1)
        return [int(each) for each in ids]

    first = shown("")
    second = shown(f"before={first[-1]}")
    last = shown(f"before={second[-1]}")
    assert [*first, *second, *last] == list(range(2 * PAGE + 5, 0, -1))
    assert shown(f"after={second[0]}") == first
    assert shown(f"after={last[0]}") == second


def test_a_rejected_quote_can_be_reviewed_again(
    desk: Browser, database: Database, many: dict[str, int]
) -> None:
    answer = desk.post(f"/desk/quotes/{many['no']}/reopening", revision=0)

    assert answer.status_code == 302
    assert state_of(database, many["no"]) == "waiting"
    assert desk.post(f"/desk/quotes/{many['no']}/reopening", revision=0).status_code == 409
    assert desk.post("/desk/quotes/999/reopening", revision=0).status_code == 404
    assert desk.post(f"/desk/quotes/{many['gone']}/reopening", revision=3).status_code == 409


def test_views_are_kept_shared_and_deleted(
    desk: Browser, database: Database, now: datetime
) -> None:
    desk.post("/desk/find/views", name="Rejected & 2 < 3", state="rejected", q="för", junk="x")
    desk.post("/desk/find/views", name="Ours", shared="yes", state="waiting")
    desk.post("/desk/find/views", name="Ours", state="published")

    page = desk.get("/desk/find").text
    assert "Rejected &amp; 2 &lt; 3" in page
    with database.read() as session:
        kept = {view.name: view.query for view in session.scalars(select(SavedView))}
    assert kept == {
        "Rejected & 2 < 3": {"q": "för", "state": "rejected"}, "Ours": {"state": "published"},
    }  # fmt: skip
    other = somebody_else(database, desk, now)
    page = other.get("/desk/find?state=published").text
    assert "Ours" in page
    assert "Rejected" not in page.split('class="finding"')[0]
    assert other.post("/desk/find/views/2/deletion").status_code == 404
    assert desk.post("/desk/find/views/2/deletion").status_code == 302
    assert "Ours" not in other.get("/desk/find").text


@pytest.mark.parametrize("name", ["", "  ", "x" * 61])
def test_a_view_needs_a_name(desk: Browser, name: str) -> None:
    assert desk.post("/desk/find/views", name=name, state="waiting").status_code == 422


def test_nothing_at_all_is_told_in_words(desk: Browser) -> None:
    assert "Nothing has come in yet" in desk.get("/desk/find").text
    assert "No comment is like that" in desk.get("/desk/find?q=nothing").text
    assert "There is no word in that" in desk.get("/desk/find?q=%E2%80%A6").text


def test_nobody_finds_anything_without_signing_in(nobody: Browser) -> None:
    for path in ("/desk/find", "/desk/quotes/1"):
        assert nobody.get(path).status_code == 302
    assert nobody.post("/desk/quotes/1/reopening", revision=0).status_code == 302


def test_the_page_costs_the_same_with_many(
    desk: Browser, database: Database, now: datetime
) -> None:
    take(database, draft("x", at=now, comment="Said."), at=now)
    desk.get("/desk/find?q=said")
    with statements(database) as few:
        desk.get("/desk/find?q=said")
    take(database, *(draft(f"{n}", at=now, comment="Said.") for n in range(80)), at=now)
    with statements(database) as many:
        desk.get("/desk/find?q=said")

    assert len(many) == len(few) <= 17, "\n".join(many)


def test_a_history_tells_from_arrival_to_withdrawal(
    desk: Browser, database: Database, lead: int, now: datetime
) -> None:
    spans = Revision((Cut(0, 4),), (Mask(5, 11, "name"),))
    quote = hung(database, lead=lead, at=now, comment="Well Fatima < all helped us.", spans=spans)
    take(database, draft("1", at=now, score=8), at=now + timedelta(minutes=1))
    tag(database, quote, "Praise", user_id=lead, at=now + timedelta(minutes=2))
    decide.withdraw(database, quote, reason="private", user_id=lead, at=now + timedelta(hours=1))

    page = " ".join(desk.get(f"/desk/quotes/{quote}").text.split())

    assert '<s title="words left out">Well</s>' in page
    assert '<mark title="name">Fatima</mark> &lt; all helped us.' in page
    order = [
        "Came in", "Cuts and masks", "(revision 1)", "Approved", "Published",
        "The survey sent it again", "Tagged", "“<bdi>Praise</bdi>”", "Withdrawn",
        "Holds private details", "Taken off the walls",
        "/desk/deliveries/1",
    ]  # fmt: skip
    places = [page.index(f"{words}", page.index("history-heading")) for words in order]
    assert places == sorted(places)
    assert desk.get("/desk/quotes/99").status_code == 404


def test_a_long_history_costs_no_more(
    desk: Browser, database: Database, lead: int, now: datetime
) -> None:
    quote = waiting(database, at=now)
    desk.get(f"/desk/quotes/{quote}")
    with statements(database) as few:
        desk.get(f"/desk/quotes/{quote}")
    for _ in range(6):
        decide.reject(database, quote, revision=0, reason="other", user_id=lead, at=now)
        decide.reopen(database, quote, revision=0, user_id=lead, at=now)
    with statements(database) as many:
        desk.get(f"/desk/quotes/{quote}")

    assert len(many) <= len(few) + 2 <= 20, "\n".join(many)


def somebody_else(database: Database, desk: Browser, now: datetime) -> Browser:
    with database.write() as session:
        user = User(
            email="other@example.com", name="Other", password_hash="-", language="en",
            role="lead", created_at=now,
        )  # fmt: skip
        session.add(user)
        session.flush()
        user_id = user.id
    client = desk.client.application.test_client()
    with client.session_transaction() as session:
        session["sign_in"] = sign_ins.sign_in(database, user_id, at=now)
    return Browser(client)


def test_a_history_knows_merges_and_sweeps(
    desk: Browser, database: Database, lead: int, now: datetime
) -> None:
    speaker = hung(database, "1", lead=lead, at=now, comment="Kind and quick.")
    other = waiting(database, "2", at=now, comment="Quick and kind.")
    duplicates.merge(database, speaker, [other], user_id=lead, at=now)

    page = desk.get(f"/desk/quotes/{other}").text
    assert f'Says the same as <a href="/desk/quotes/{speaker}">' in page
    assert f'href="/desk/quotes/{other}"' in desk.get("/desk/find?state=merged").text
    page = desk.get(f"/desk/quotes/{speaker}").text
    assert f'Speaks also for <a href="/desk/quotes/{other}">' in page

    sweep.sweep(
        database, scope="source", value="shop", reason="private", expected=2, user_id=lead, at=now
    )
    page = desk.get(f"/desk/quotes/{speaker}").text
    assert "Taken off the walls" in page
    assert "/desk/deliveries/1" in page
