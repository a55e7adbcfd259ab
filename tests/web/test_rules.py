"""Rules at the desk: written in plain words, ordered, tried, switched, deleted and taken back."""

from datetime import datetime

import pytest

from signage.models import Database
from signage.models.ruleset import all_rules
from tests.answers import state_of, waiting
from tests.ruling import PRAISE, rule, run, switch, the_rule, trusted
from tests.web.conftest import Browser, statements

FORM = {
    "name": "Short praise", "score_from": "9", "longest": "12", "findings": "none",
    "words": "thank*\r\ngreat\r\n", "verdict": "later", "hours": "2", "tags": "praise, short",
}  # fmt: skip
RULES = "/desk/settings/rules"


def names(database: Database) -> list[str]:
    with database.read() as session:
        return [each.name for each in all_rules(session)]


def test_a_rule_is_written_watches_and_is_told_in_plain_words(
    desk: Browser, database: Database
) -> None:
    page = desk.client.post(RULES, data={"csrf_token": desk.csrf(), **FORM}, follow_redirects=True)

    assert "score 9 or more" in page.text
    assert "12 words or fewer" in page.text
    assert "with the words: thank*, great" in page.text
    assert "Approve, unless somebody objects within 2 h" in page.text
    assert "Tag: praise, short" in page.text
    assert the_rule(database, 1).state == "watch"


def test_what_makes_no_sense_is_named_and_what_was_written_stays(desk: Browser) -> None:
    page = desk.post(RULES, **{**FORM, "pattern": "(open", "verdict": "reject"})

    assert page.status_code == 422
    assert "The pattern cannot be read" in page.text
    assert "Choose a reason from the list." in page.text
    assert 'value="(open"' in page.text
    assert "thank*" in page.text


@pytest.mark.parametrize("hours", ["", "0", "-3", "169"])
def test_a_wait_of_no_time_is_refused(desk: Browser, hours: str) -> None:
    page = desk.post(RULES, **{**FORM, "hours": hours})
    assert page.status_code == 422
    assert "From 1 to 168 hours." in page.text


def test_a_word_in_place_of_a_number_is_refused(desk: Browser) -> None:
    assert desk.post(RULES, **{**FORM, "score_from": "nine"}).status_code == 422


def test_changing_one_that_is_on_has_it_watch(
    desk: Browser, database: Database, lead: int, now: datetime
) -> None:
    by = rule(database, lead=lead, at=now)
    assert desk.get(f"{RULES}/{by}").status_code == 200

    version = the_rule(database, by).version
    desk.post(f"{RULES}/{by}", **FORM, version=version)

    assert the_rule(database, by).state == "watch"
    stale = desk.post(f"{RULES}/{by}", **FORM, version=version)
    assert stale.status_code == 409


def test_another_name_changes_nothing_else(
    desk: Browser, database: Database, lead: int, now: datetime
) -> None:
    by = rule(database, lead=lead, at=now)
    form = {
        "name": "Praise", "score_from": "9", "longest": "12", "findings": "none",
        "words": "thank*\ngreat", "verdict": "approve",
    }  # fmt: skip
    desk.post(f"{RULES}/{by}", **form, version=the_rule(database, by).version)

    changed = the_rule(database, by)
    assert (changed.name, changed.state) == ("Praise", "on")


def test_rules_change_places_and_the_ends_hold(
    desk: Browser, database: Database, lead: int, now: datetime
) -> None:
    for name in "abc":
        rule(database, name, lead=lead, at=now)

    desk.post(f"{RULES}/3/position", way="earlier")
    assert names(database) == ["a", "c", "b"]
    desk.post(f"{RULES}/1/position", way="earlier")
    desk.post(f"{RULES}/2/position", way="later")
    assert names(database) == ["a", "c", "b"]


def test_a_rule_is_switched_by_whoever_saw_it_as_it_is(
    desk: Browser, database: Database, lead: int, now: datetime
) -> None:
    by = rule(database, lead=lead, at=now, state="watch")
    version = the_rule(database, by).version

    desk.post(f"{RULES}/{by}/state", state="on", version=version)
    assert the_rule(database, by).state == "on"
    assert desk.post(f"{RULES}/{by}/state", state="off", version=version).status_code == 409
    unknown = desk.post(f"{RULES}/{by}/state", state="perhaps", version=version + 1)
    assert unknown.status_code == 422


def test_a_deletion_is_taken_back_and_the_rule_watches(
    desk: Browser, database: Database, lead: int, now: datetime
) -> None:
    by = rule(database, lead=lead, at=now)
    page = desk.client.post(
        f"{RULES}/{by}/deletion", data={"csrf_token": desk.csrf()}, follow_redirects=True
    )
    assert "Deleted." in page.text
    assert names(database) == []
    assert desk.get(f"{RULES}/{by}").status_code == 404

    desk.post(f"{RULES}/{by}/restoration")

    assert the_rule(database, by).state == "watch"
    assert names(database) == ["Short praise"]


def test_what_is_not_there_is_not_found(desk: Browser) -> None:
    for path in ("", "/trial", "/rulings", "/deletion"):
        assert desk.get(f"{RULES}/99{path}").status_code == 404
    for path in ("/state", "/position", "/deletion", "/restoration"):
        assert desk.post(f"{RULES}/99{path}", state="on", version=1).status_code == 404


def test_a_trial_lists_what_it_would_do_with_the_words_marked(
    desk: Browser, database: Database, lead: int, now: datetime
) -> None:
    for number in range(23):
        waiting(database, str(number), at=now, comment=f"A great chair, number {number}.")
    waiting(database, "none", at=now, comment="A chair.")
    by = rule(database, lead=lead, at=now, state="watch")

    first, second = (desk.get(f"{RULES}/{by}/trial?page={n}").text for n in (1, 2))

    assert "Would have approved 23 of 24" in first
    assert first.count("<mark>great</mark>") == 20
    assert second.count("<mark>great</mark>") == 3
    assert "23 of them are from sources whose comments a person must look at." in first
    assert "0 approved, 0 rejected, 23 waiting" in first


def test_what_it_did_is_listed_and_undone(
    desk: Browser, database: Database, lead: int, now: datetime
) -> None:
    by = rule(database, lead=lead, at=now)
    trusted(database, lead, now)
    quote = waiting(database, at=now, comment="Great!")
    run(database, now)

    assert "decided 1 this month" in desk.get(RULES).text
    page = desk.get(f"{RULES}/{by}/rulings").text
    assert "Approved by rule “Short praise”: Great" in page
    desk.post("/desk/decisions/1/undoing")
    assert state_of(database, quote) == "waiting"


def test_the_queue_says_what_the_rules_said(
    desk: Browser, database: Database, lead: int, now: datetime
) -> None:
    by = rule(database, lead=lead, at=now, state="watch")
    waiting(database, at=now, comment="Great <b>help</b>, thanks")
    run(database, now)
    assert "Rule “Short praise” would approve: Great, thanks" in desk.get("/desk/review").text

    switch(database, by, "on", lead=lead, at=now)
    run(database, now)
    said = "Rule “Short praise” would approve; from this source a person must look: Great, thanks"
    assert said in desk.get("/desk/review").text


def test_a_source_is_trusted_and_no_more(desk: Browser, database: Database, now: datetime) -> None:
    waiting(database, at=now)
    assert "a person must look" in desk.get("/desk/settings/sources").text

    desk.post("/desk/settings/sources", source="shop", trusted="yes")
    assert "rules may decide" in desk.get("/desk/settings/sources").text
    desk.post("/desk/settings/sources", source="shop", trusted="no")
    assert "rules may decide" not in desk.get("/desk/settings/sources").text
    assert desk.post("/desk/settings/sources", source="", trusted="yes").status_code == 404


def test_what_hangs_soon_can_be_objected_to(
    desk: Browser, database: Database, lead: int, now: datetime
) -> None:
    assert "Nothing is about to hang by itself" in desk.get("/desk/soon").text
    desk.post(RULES, **FORM)
    switch(database, 1, "on", lead=lead, at=now)
    trusted(database, lead, now)
    quote = waiting(database, at=now, comment="Great!")
    run(database, now)
    assert "Approved by rule “Short praise”: Great" in desk.get("/desk/soon").text

    assert desk.post(f"/desk/quotes/{quote}/objection").status_code == 302

    assert state_of(database, quote) == "waiting"
    assert desk.post(f"/desk/quotes/{quote}/objection").status_code == 409
    assert desk.post("/desk/quotes/99/objection").status_code == 404


@pytest.mark.parametrize(
    ("path", "bound"),
    [(RULES, 10), (f"{RULES}/1", 9), (f"{RULES}/1/trial", 16), (f"{RULES}/1/rulings", 10),
     ("/desk/settings/sources", 7), ("/desk/soon", 7)],
)  # fmt: skip
def test_pages_cost_the_same_with_many_rows(
    desk: Browser, database: Database, lead: int, now: datetime, path: str, bound: int
) -> None:
    trusted(database, lead, now)

    def fill(first: int, n: int) -> None:
        for number in range(first, first + n):
            rule(database, f"Rule {number}", PRAISE, lead=lead, at=now)
            waiting(database, str(number), at=now, comment="Great!", source=f"shop {number}")
            waiting(database, f"t{number}", at=now, comment="Great!")
        run(database, now)

    fill(0, 2)
    desk.get(path)
    with statements(database) as few:
        assert desk.get(path).status_code == 200
    fill(2, 4)
    with statements(database) as many:
        assert desk.get(path).status_code == 200

    assert len(many) == len(few), "\n".join(many)
    assert len(many) <= bound, "\n".join(many)
