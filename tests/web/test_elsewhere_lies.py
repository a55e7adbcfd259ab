"""Signing in elsewhere, with a provider that lies, errs or is away."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from joserfc.jwk import RSAKey

from signage.models import Database
from signage.settings import Settings
from tests.providers import Liar
from tests.serving import free_port
from tests.web.coming import back, came_by_liar, gone_there, use
from tests.web.conftest import Browser

HOUR = int(timedelta(hours=1).total_seconds())


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://other.example.com"},
        {"aud": "another-client"},
        {"aud": ["another-client"]},
        {"aud": None},
        {"exp": 1_700_000_000},
        {"exp": None},
        {"iat": 4_000_000_000},
        {"nonce": "of another try"},
        {"nonce": None},
        {"sub": None},
        {"azp": "another-client"},
    ],
)
def test_an_id_token_that_is_not_for_here_and_now_is_refused(
    app: Flask, settings: Settings, database: Database, nobody: Browser, lying: Liar,
    claims: dict[str, Any],
) -> None:  # fmt: skip
    use(app, settings, database, lying.issuer)
    lying.claims = claims

    answer = came_by_liar(nobody, lying)

    assert (answer.status_code, "does not hold" in answer.text) == (403, True), answer.text
    assert nobody.get("/desk/review").status_code == 302


def test_the_same_token_without_a_lie_lets_in_and_the_verifier_fits(
    app: Flask, settings: Settings, database: Database, nobody: Browser, lying: Liar
) -> None:
    use(app, settings, database, lying.issuer)

    assert came_by_liar(nobody, lying).status_code == 302

    assert lying.verifier_fits is True


def test_a_token_signed_by_another_key_is_refused(
    app: Flask, settings: Settings, database: Database, nobody: Browser, lying: Liar
) -> None:
    use(app, settings, database, lying.issuer)
    lying.signs_with = RSAKey.generate_key(2048, {"kid": "1"})

    assert came_by_liar(nobody, lying).status_code == 403


@pytest.mark.parametrize("verified", [False, None, "true", 1])
def test_only_a_plain_yes_verifies_an_address(
    app: Flask, settings: Settings, database: Database, nobody: Browser, lying: Liar,
    verified: object,
) -> None:  # fmt: skip
    use(app, settings, database, lying.issuer)
    lying.claims = {"email_verified": verified}

    assert "has not made sure" in came_by_liar(nobody, lying).text


def test_an_address_that_went_to_somebody_new_does_not_take_the_account_along(
    app: Flask, settings: Settings, database: Database, nobody: Browser, lying: Liar
) -> None:
    use(app, settings, database, lying.issuer)
    assert came_by_liar(nobody, lying).status_code == 302
    lying.claims = {"sub": "s-2"}

    other = came_by_liar(Browser(app.test_client()), lying)

    assert (other.status_code, "Another account of the provider" in other.text) == (403, True)


@pytest.mark.parametrize(
    "described",
    [
        {"issuer": "https://other.example.com"},
        {"authorization_endpoint": "http://other.example.com/page"},
        {"authorization_endpoint": "javascript:alert(1)"},
    ],
)
def test_a_provider_that_leads_astray_is_not_followed(
    app: Flask, settings: Settings, database: Database, nobody: Browser, lying: Liar,
    described: dict[str, Any],
) -> None:  # fmt: skip
    use(app, settings, database, lying.issuer)
    lying.described = described

    assert nobody.get("/sign-in/provider").status_code == 503


@pytest.mark.parametrize("endpoint", ["token_endpoint", "jwks_uri"])
def test_secrets_and_keys_go_by_safe_ways_alone(
    app: Flask, settings: Settings, database: Database, nobody: Browser, lying: Liar, endpoint: str
) -> None:
    use(app, settings, database, lying.issuer)
    lying.described = {endpoint: "http://192.0.2.1/latest"}

    assert came_by_liar(nobody, lying).status_code == 503


@pytest.mark.parametrize("broken", ["/.well-known/openid-configuration", "/token", "/keys"])
def test_a_provider_that_is_broken_leaves_the_password(
    app: Flask, settings: Settings, database: Database, nobody: Browser, lying: Liar, broken: str
) -> None:
    use(app, settings, database, lying.issuer)
    url = lying.consent(gone_there(nobody))
    lying.broken = broken

    answer = back(nobody, url)

    assert answer.status_code in {403, 503}
    assert "Sign in with a password" in answer.text


def test_a_provider_that_is_down_leaves_the_password(
    app: Flask, settings: Settings, database: Database, nobody: Browser
) -> None:
    use(app, settings, database, f"http://127.0.0.1:{free_port()}")
    answer = nobody.get("/sign-in/provider")

    assert (answer.status_code, "does not answer as it should" in answer.text) == (503, True)
    assert "Sign in with Office" in nobody.get("/sign-in").text
    assert 'type="password"' in nobody.get("/sign-in").text
