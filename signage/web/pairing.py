"""Pairing as a player sees it: a code to show, and a token once somebody has confirmed it."""

from flask import Blueprint, Response, jsonify, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from signage.actions import pairings
from signage.core.codes import modules_of
from signage.core.devices import browser_of, network_of, system_of
from signage.core.pairing import ASK_SECONDS, LASTS, read_looks, shown_code
from signage.core.roles import ANYONE
from signage.core.tokens import token_hash
from signage.errors import NotFound, Refused
from signage.web.context import at, database, parts
from signage.web.mistakes import problem_details
from signage.web.permit import require
from signage.web.security import csrf, limiter
from signage.words import N_, translate

pages = Blueprint("pairing", __name__)
pages.before_request(require(ANYONE))
# A player has no session that another site could make use of.
csrf.exempt(pages)

_FULL = N_("Too many new screens wait for somebody. Confirm some, or try again in ten minutes.")
_GONE = N_("This code has run out. Ask for a new one.")


@pages.get("/pair")
def short() -> Answer:
    """Short enough to type from the other side of a room."""
    return redirect(url_for("pairing_desk.pair_page", code=request.args.get("code") or None))


@pages.post("/wall/pairings")
@limiter.limit("60/minute")
def begin() -> tuple[Response, int]:
    """A code for a new player, and the secret that its token will be given for."""
    agent = request.user_agent.string
    looks = read_looks(
        request.get_json(silent=True), browser=browser_of(agent), system=system_of(agent),
        network=network_of(request.remote_addr),
    )  # fmt: skip
    try:
        begun = pairings.begin(database(), looks, at=at())
    except Refused:
        return problem_details(503, "too-many-codes", translate(_FULL))
    address = f"{parts().settings.url}{url_for('pairing.short')}"
    return jsonify(
        code=shown_code(begun.code),
        secret=begun.secret,
        expires_in=int(LASTS.total_seconds()),
        interval=ASK_SECONDS,
        address=address.partition("://")[2],
        modules=modules_of(f"{address}?code={begun.code}"),
    ), 201


@pages.post("/wall/pairings/claim")
@limiter.limit("20/minute", deduct_when=lambda answer: answer.status_code == 404)
@limiter.limit("120/minute", key_func=lambda: token_hash(_secret()))
def claim() -> tuple[Response, int]:
    """The token, 202 while nobody has confirmed the code, 404 once it has run out."""
    try:
        token = pairings.claim(database(), parts().settings.secret_key, _secret(), at=at())
    except NotFound:
        return problem_details(404, "code-expired", translate(_GONE))
    if token is None:
        return jsonify(waiting=True), 202
    return jsonify(token=token), 200


def _secret() -> str:
    said = request.get_json(silent=True)
    secret = said.get("secret") if isinstance(said, dict) else None
    return secret[:100] if isinstance(secret, str) else ""
