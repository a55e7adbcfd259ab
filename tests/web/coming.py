"""Coming in by way of a provider, as a browser does."""

from dataclasses import replace

from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from signage.models import AuditEntry, Database, User
from signage.settings import Settings
from signage.web.context import Parts
from tests.providers import Liar
from tests.web.conftest import Browser


def use(app: Flask, settings: Settings, database: Database, issuer: str, role: str = "") -> None:
    """From now on people may come by way of this provider."""
    chosen = replace(
        settings, oidc_issuer=issuer, oidc_client_id="signage", oidc_client_secret="s",
        oidc_name="Office", oidc_role=role,
    )  # fmt: skip
    app.extensions["signage"] = Parts(chosen, database, dict)


def gone_there(browser: Browser, then: str = "") -> str:
    """Where the link of the sign-in page leads."""
    answer = browser.get(f"/sign-in/provider?then={then}")
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"]


def back(browser: Browser, url: str) -> TestResponse:
    return browser.get(url.removeprefix("http://localhost"))


def came_by_liar(browser: Browser, lying: Liar) -> TestResponse:
    return back(browser, lying.consent(gone_there(browser)))


def acts(database: Database) -> list[tuple[str, int | None, str]]:
    with database.read() as session:
        entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    return [(entry.act, entry.user_id, entry.detail) for entry in entries]


def rename(database: Database, user_id: int, email: str) -> None:
    with database.write() as session:
        session.get_one(User, user_id).email = email
