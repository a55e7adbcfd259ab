"""Programs show a token: Authorization: Bearer …

pages.before_request(require_token)      a token of the scope that a route names (signage.web.calls)
"""

from typing import Any

from flask import Response, current_app, g, request

from signage.actions.tokens import token_id
from signage.core.scopes import SCOPES
from signage.errors import NotAllowed, Refused
from signage.web.context import at, database
from signage.web.mistakes import problem_details
from signage.web.security import limiter
from signage.words import N_, translate

_TEXT = N_("Send an API token as “Authorization: Bearer …”. Make one on the desk, under Intake.")


_SCOPE = N_("This token is not for that. Make one that may: {scope}.")


def require_token() -> tuple[Response, int] | None:
    """Before a call: it names a token that is in force, and may do this."""
    view: Any = current_app.view_functions[str(request.endpoint)]
    asked: str | None = view.call.scope
    if asked is None:
        return None
    try:
        g.token_id = token_in_force(asked)
    except NotAllowed:
        text = translate(_SCOPE).format(scope=translate(SCOPES[asked]))
        return problem_details(403, "token-scope", text, scope=asked)
    except Refused:
        return refuse()
    return None


@limiter.shared_limit("30/minute", scope="tokens")
def refuse() -> tuple[Response, int]:
    """Whoever guesses is soon told to wait: each address has so many wrong tokens, wherever it
    tries them. Who has one that is in force does not wait for them."""
    return ask_for_token()


def shown_token() -> str:
    """The token of this request; raises Refused where none is shown."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        raise Refused
    return token.strip()


def token_in_force(asked: str | None = None) -> int:
    """The id of the token of this request; raises Refused for one that is unknown or ended, and
    NotAllowed for one that is not for the scope that is asked for."""
    return token_id(database(), shown_token(), at=at(), scope=asked)


def ask_for_token() -> tuple[Response, int]:
    """401, and how to do better."""
    answer, status = problem_details(401, "no-token", translate(_TEXT))
    answer.headers["WWW-Authenticate"] = 'Bearer realm="signage"'
    return answer, status
