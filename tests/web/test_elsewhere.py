"""Sign-in by a provider that is honest, and requests that somebody else plays back."""

from datetime import datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from sqlalchemy import select

from signage import clock
from signage.actions import accounts
from signage.actions.accounts import has_users, invite, purpose_of
from signage.models import Database, Identity, User
from signage.settings import Settings
from tests.providers import HonestProvider, Liar
from tests.web.coming import acts, back, came_by_liar, gone_there, rename, use
from tests.web.conftest import Browser


def test_without_a_provider_there_is_no_such_way(nobody: Browser) -> None:
    assert "/sign-in/provider" not in nobody.get("/sign-in").text
    assert nobody.get("/sign-in/provider").status_code == 404
    assert nobody.get("/sign-in/provider/return?code=a&state=b").status_code == 404


def test_the_request_carries_state_nonce_and_a_pkce_challenge(
    app: Flask, settings: Settings, database: Database, nobody: Browser, lying: Liar
) -> None:
    use(app, settings, database, lying.issuer)
    assert "Sign in with Office" in nobody.get("/sign-in").text

    asked = parse_qs(urlsplit(gone_there(nobody)).query)

    assert asked["redirect_uri"] == ["http://localhost/sign-in/provider/return"]
    assert (asked["response_type"], asked["code_challenge_method"]) == (["code"], ["S256"])
    assert len(asked["state"][0]) >= 20
    assert len(asked["nonce"][0]) >= 20
    assert asked["code_challenge"]


def test_a_person_with_an_account_comes_in_by_their_verified_address_and_later_by_subject(
    app: Flask, settings: Settings, database: Database, lead: int, nobody: Browser,
    honest: HonestProvider,
) -> None:  # fmt: skip
    use(app, settings, database, honest.issuer)
    rename(database, lead, "ida@example.com")

    answer = back(nobody, honest.consent(gone_there(nobody, "/desk/wall?page=2"), "p-ida"))

    assert (answer.status_code, answer.headers["Location"]) == (302, "/desk/wall?page=2")
    assert nobody.get("/desk/review").status_code == 200
    assert ("sign-in", lead, "provider") in acts(database)
    # From now on the address does not matter any more.
    rename(database, lead, "ida.ek@example.com")
    again = Browser(app.test_client())
    assert back(again, honest.consent(gone_there(again), "p-ida")).status_code == 302
    with database.read() as session:
        assert session.execute(select(Identity.subject, Identity.user_id)).all() == [
            ("p-ida", lead)
        ]


def test_an_invited_person_gets_an_account_in_the_role_of_the_invitation(
    app: Flask, settings: Settings, database: Database, now: datetime, nobody: Browser,
    honest: HonestProvider,
) -> None:  # fmt: skip
    use(app, settings, database, honest.issuer)
    link = accounts.invite(database, at=now, role="viewer", email="new@example.com")

    answer = back(nobody, honest.consent(gone_there(nobody), "p-new"))

    assert (answer.status_code, answer.headers["Location"]) == (302, "/desk/wall")
    assert nobody.get("/desk/review").status_code == 403
    assert Browser(app.test_client()).get(f"/link/{link}").status_code == 404  # used up
    assert "by way of the sign-in provider" in nobody.get("/desk/account").text


@pytest.mark.parametrize(
    "told",
    [
        ("p-new", "Nobody has invited this address yet"),
        ("p-bo", "has not made sure that the e-mail address is yours"),
        ("p-none", "has not made sure that the e-mail address is yours"),
    ],
)
def test_a_stranger_and_an_unverified_address_are_refused(
    app: Flask, settings: Settings, database: Database, lead: int, nobody: Browser,
    honest: HonestProvider, told: tuple[str, str],
) -> None:  # fmt: skip
    sub, said = told
    use(app, settings, database, honest.issuer)
    rename(database, lead, "bo@example.com")

    answer = back(nobody, honest.consent(gone_there(nobody), sub))

    assert (answer.status_code, said in answer.text) == (403, True)
    assert nobody.get("/desk/review").status_code == 302
    assert acts(database)[-1][0] == "sign-in-failed"


def test_the_first_account_of_all_is_not_made_by_way_of_the_provider(
    app: Flask, settings: Settings, database: Database, honest: HonestProvider
) -> None:
    use(app, settings, database, honest.issuer, role="lead")
    first, token = Browser(app.test_client()), invite(database, at=clock.now(), first=True)

    answer = back(first, honest.consent(gone_there(first), "p-new"))

    assert (answer.status_code, "link that the server printed" in answer.text) == (403, True)
    assert not has_users(database)
    assert purpose_of(database, token, at=clock.now()) == "invite", "the link still holds"
    invite(database, at=clock.now(), email="new@example.com", role="admin")


def test_a_stranger_gets_the_role_that_the_setting_gives(
    app: Flask, settings: Settings, database: Database, nobody: Browser, honest: HonestProvider
) -> None:
    use(app, settings, database, honest.issuer, role="viewer")

    assert back(nobody, honest.consent(gone_there(nobody), "p-new")).status_code == 302

    assert nobody.get("/desk/wall").status_code == 200
    assert nobody.get("/desk/review").status_code == 403


def test_a_code_and_a_state_count_once_and_for_this_browser_alone(
    app: Flask, settings: Settings, database: Database, lead: int, nobody: Browser,
    honest: HonestProvider,
) -> None:  # fmt: skip
    use(app, settings, database, honest.issuer)
    rename(database, lead, "ida@example.com")
    url = honest.consent(gone_there(nobody), "p-ida")

    stranger = Browser(app.test_client())
    assert back(stranger, url).status_code == 403  # it never went there
    gone_there(stranger)
    assert back(stranger, url).status_code == 403  # another state
    assert back(nobody, url).status_code == 302
    again = back(nobody, url)

    assert (again.status_code, "does not hold" in again.text) == (403, True)


def test_a_replayed_code_under_a_fresh_state_is_refused(
    app: Flask, settings: Settings, database: Database, lead: int, honest: HonestProvider
) -> None:
    use(app, settings, database, honest.issuer)
    rename(database, lead, "ida@example.com")
    first, second = Browser(app.test_client()), Browser(app.test_client())
    url = honest.consent(gone_there(first), "p-ida")
    assert back(first, url).status_code == 302

    code = parse_qs(urlsplit(url).query)["code"][0]
    state = parse_qs(urlsplit(gone_there(second)).query)["state"][0]
    answer = second.get(f"/sign-in/provider/return?code={code}&state={state}")

    assert answer.status_code == 403


def test_a_deactivated_account_stays_out(
    app: Flask, settings: Settings, database: Database, lead: int, now: datetime, nobody: Browser,
    lying: Liar,
) -> None:  # fmt: skip
    use(app, settings, database, lying.issuer)
    with database.write() as session:
        session.get_one(User, lead).disabled_at = now

    answer = came_by_liar(nobody, lying)

    assert (answer.status_code, "deactivated" in answer.text) == (403, True)
    assert acts(database)[-1][2] == "provider: closed"


def test_who_changes_their_mind_there_is_told_so(
    app: Flask, settings: Settings, database: Database, nobody: Browser, lying: Liar
) -> None:
    use(app, settings, database, lying.issuer)
    gone_there(nobody)

    answer = nobody.get("/sign-in/provider/return?error=access_denied&state=x")

    assert (answer.status_code, "You were not signed in there" in answer.text) == (403, True)
