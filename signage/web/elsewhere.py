"""Signing in elsewhere: to the provider and back. Passwords go on, whatever happens there.

The way there is a link and no form: a form's target would have to be allowed in the page's policy,
and where the provider's page lies is only known once it was asked (docs/decisions/0027).
"""

from flask import Blueprint, render_template, session, url_for
from werkzeug.wrappers import Response

from signage.actions import sign_ins
from signage.actions.identities import come_in
from signage.core.roles import ANYONE
from signage.errors import NotFound, Refused
from signage.web.account import enter, then
from signage.web.context import at, database, device, parts
from signage.web.permit import require
from signage.web.provider import ProviderAway, lead_there, who_came_back
from signage.web.security import limiter
from signage.words import N_

pages = Blueprint("elsewhere", __name__, url_prefix="/sign-in/provider")
pages.before_request(require(ANYONE))

Answer = Response | tuple[str, int]

REFUSALS = {
    "cancelled": N_("You were not signed in there, so nobody came back."),
    "invalid": N_(
        "What came back does not hold: it is too old, was used before, or is not meant for this"
        " page. Begin again."
    ),
    "unverified": N_(
        "The provider has not made sure that the e-mail address is yours. Confirm it there, then"
        " try again."
    ),
    "closed": N_("Your account here is deactivated. Ask an admin of this desk."),
    "other": N_(
        "Another account of the provider is connected with this address. Ask an admin of this desk."
    ),
    "first": N_(
        "Nobody has an account here yet. The first one is made with the link that the server"
        " printed when it started."
    ),
    "unknown": N_(
        "Nobody has invited this address yet. Ask an admin of this desk for an invitation."
    ),
}
"""Why somebody is not let in, and what to do."""
_AWAY = N_(
    "The provider does not answer as it should. Try again in a moment, or use your password."
)


@pages.get("")
@limiter.limit("20/minute")
def go() -> Answer:
    """Lead to the provider."""
    if not parts().settings.oidc_issuer:
        raise NotFound
    session["then"] = then()
    try:
        there = url_for("elsewhere.come_back")
        return lead_there(parts().settings, f"{parts().settings.url}{there}")
    except ProviderAway:
        return _page(_AWAY), 503


@pages.get("/return")
@limiter.limit("20/minute")
def come_back() -> Answer:
    """Back from the provider: open the desk, or say why not."""
    settings = parts().settings
    if not settings.oidc_issuer:
        raise NotFound
    try:
        who = who_came_back(settings)
        token = come_in(database(), who, role=settings.oidc_role, at=at(), device=device())
    except ProviderAway:
        return _page(_AWAY), 503
    except Refused as refused:
        reason = str(refused)
        sign_ins.note_failure(database(), None, at=at(), detail=f"provider: {reason}")
        return _page(REFUSALS.get(reason, REFUSALS["invalid"])), 403
    return enter(token, session.pop("then", None))


def _page(text: str) -> str:
    return render_template("account/elsewhere.html", text=text, name=parts().settings.provider_name)
