"""Programs show a token: Authorization: Bearer …"""

from flask import Response, request

from signage.actions.tokens import token_id
from signage.errors import Refused
from signage.web.context import at, database
from signage.web.mistakes import problem_details
from signage.words import N_, translate

_TEXT = N_("Send an API token as “Authorization: Bearer …”. Make one on the desk, under Intake.")


def shown_token() -> str:
    """The token of this request; raises Refused where none is shown."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        raise Refused
    return token.strip()


def token_in_force() -> int:
    """The id of the token of this request; raises Refused for one that is unknown or ended."""
    return token_id(database(), shown_token(), at=at())


def ask_for_token() -> tuple[Response, int]:
    """401, and how to do better."""
    answer, status = problem_details(401, "no-token", translate(_TEXT))
    answer.headers["WWW-Authenticate"] = 'Bearer realm="signage"'
    return answer, status
