"""Coming in and going out."""

from urllib.parse import urlsplit

from flask import Blueprint, flash, g, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from signage.actions import accounts, passwords, sign_ins
from signage.actions.accounts import Newcomer
from signage.core.roles import ANYONE, may
from signage.errors import Invalid, NotFound, Problem
from signage.web.context import at, database, device, me, off_loop, parts
from signage.web.permit import allow, require
from signage.web.permit import home as home_of
from signage.web.security import limiter
from signage.words import N_, language, translate

pages = Blueprint("account", __name__)
pages.before_request(require(ANYONE))

_WRONG = N_("Address and password do not fit together. Check both and try again.")

WELCOME = {
    True: N_("Welcome. Answers come in by file or API; begin under Intake."),
    False: N_("Welcome. Here is what hangs on the walls; you may look at all of it."),
}
"""By whether somebody may bring answers in."""


@pages.get("/")
def home() -> Response:
    """The desk is the home of people."""
    return redirect(home_of())


@pages.get("/sign-in")
def sign_in() -> str:
    """The sign-in page; where nobody has an account yet it says how the first is made."""
    return _sign_in_page(nobody_yet=not accounts.has_users(database()))


@pages.post("/sign-in")
@limiter.limit("10/minute")
def begin() -> Response | tuple[str, int]:
    """Sign in by address and password."""
    email, password = request.form.get("email", ""), request.form.get("password", "")[:1000]
    user_id, kept = passwords.kept_password(database(), email)
    if not off_loop(passwords.password_fits, kept, password) or user_id is None:
        sign_ins.note_failure(database(), user_id, at=at())
        return _sign_in_page(problems=[Problem("wrong", _WRONG)], email=email), 422
    return enter(sign_ins.sign_in(database(), user_id, at=at(), device=device()), then())


@pages.post("/sign-out")
def leave() -> Response:
    """Sign out here."""
    _end_here()
    session.clear()
    return redirect(url_for("account.sign_in"))


@pages.get("/link/<token>")
@limiter.limit("30/minute")
def link(token: str) -> str | tuple[str, int]:
    """What a one-time link leads to. Looking does not use it up: mail scanners look too."""
    try:
        purpose = accounts.purpose_of(database(), token, at=at())
    except NotFound:
        return render_template("account/spent.html"), 404
    page = "account/join.html" if purpose == "invite" else "account/follow.html"
    return render_template(page, token=token, problems=[], given={})


@pages.post("/link/<token>")
@limiter.limit("10/minute")
def follow(token: str) -> Response | tuple[str, int]:
    """Use a one-time link up."""
    try:
        if accounts.purpose_of(database(), token, at=at()) == "sign-in":
            return enter(accounts.follow(database(), token, at=at(), device=device()), None)
        return _join(token)
    except NotFound:
        return render_template("account/spent.html"), 404


@pages.post("/account/language")
@allow("own")
def speak() -> Response:
    """Choose the desk's language."""
    accounts.speak_at_desk(database(), me().user_id, request.form.get("language", ""))
    return redirect(then() or home_of())


def enter(token: str, wanted: str | None) -> Response:
    """Open the desk to a new sign-in. No session from before lives on in it, and the sign-in that
    this browser had, if any, ends."""
    _end_here()
    session.clear()
    session["sign_in"] = token
    session.permanent = True
    g.me = sign_ins.signed_in(database(), token, at=at())
    return redirect(wanted or home_of())


def then() -> str | None:
    """Where the person wanted to go; only a path of this product."""
    wanted = request.values.get("then", "")
    split = urlsplit(wanted)
    here = wanted.startswith("/") and not wanted.startswith(("//", "/\\"))
    return wanted if here and not split.netloc and not split.scheme else None


def _sign_in_page(
    *, nobody_yet: bool = False, problems: list[Problem] | None = None, email: str = ""
) -> str:
    return render_template(
        "account/sign_in.html", nobody_yet=nobody_yet, problems=problems, then=then(), email=email,
        provider=parts().settings.provider_name,
    )  # fmt: skip


def _end_here() -> None:
    if token := session.get("sign_in"):
        sign_ins.sign_out(database(), token)


def _join(token: str) -> Response | tuple[str, int]:
    name, email = request.form.get("name", ""), request.form.get("email", "")
    password = request.form.get("password", "")
    try:
        accounts.check_account(name, email, password)
        who = Newcomer(name, email, off_loop(passwords.hash_password, password), language())
        entered = accounts.join(database(), token, who, at=at(), device=device())
    except Invalid as invalid:
        given = {"name": name, "email": email}
        page = render_template(
            "account/join.html", token=token, problems=invalid.problems, given=given
        )
        return page, 422
    response = enter(entered, None)
    flash(translate(WELCOME[may(me().role, "intake")]))
    return response
