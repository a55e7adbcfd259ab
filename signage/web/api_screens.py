"""Screens for other programs: listed, looked at, set up, paired and revoked."""

from flask import g, jsonify
from sqlalchemy.orm import Session

from signage.actions import pairings, screens
from signage.actions.setup_of_screens import ScreenDraft, draft_of, setup_seen
from signage.core.pairing import read_code
from signage.core.scopes import SCREENS, SCREENS_WRITE
from signage.core.seen import check_seen
from signage.core.shapes import moment, one_of, text, told, whole
from signage.errors import Invalid, NotFound, Problem
from signage.models import Pairing, Screen, preferences
from signage.models.pairing import looks_of, pairing_of
from signage.models.screens import STATES, Asked, found_after
from signage.web.calls import Answer, body, by_program, call, iso, program_pages, query
from signage.web.code_limits import by_address, by_who_asks
from signage.web.context import at, database
from signage.web.paging import AFTER, page_shape, paged, size_asked
from signage.web.screen_lines import lines_of, states
from signage.web.screen_shapes import CHANGE, LISTED, PAIR, SCREEN, listed, setup_said, told_of
from signage.words import N_

pages = program_pages("api_screens", "/screens")

ASKS = {
    "group": whole("Of this group; 0: of none."), "site": text(), "tag": text(most=40),
    "state": one_of(STATES, "revoked ones are told of only where asked for."),
    "words": text("In name or site.", 80), **AFTER,
}  # fmt: skip
CODE = told({"code": text("As the screen shows it.", 40)})
LOOKS = told(
    {
        "width": whole("0: it did not say."), "height": whole(), "browser": text(),
        "system": text(), "network": text(), "until": moment("When its code ends."),
    },
    title="Player", about="What it says of itself; nobody has checked it.",
)  # fmt: skip


@pages.get("")
@call(SCREENS, {200: page_shape("screens", LISTED)}, asks=ASKS)
def list_all() -> Answer:
    """Screens by number, those that are asked for."""
    said = query()
    asked = Asked(
        said.get("state", ""), said.get("site"), said.get("group"), said.get("tag", ""),
        said.get("words", ""),
    )  # fmt: skip
    size = size_asked(said)
    with database().read() as reading:
        now = states(reading)
        found = found_after(reading, asked, now, after=said.get("after", 0), size=size + 1)
        lines = lines_of(reading, found)
    return paged("screens", [listed(line) for line in lines], size)


@pages.post("")
@call(SCREENS_WRITE, {201: SCREEN}, takes=PAIR)
@by_address
@by_who_asks
def pair() -> Answer:
    """Make the player that shows a code a new screen."""
    said = body()
    with database().read() as reading:
        chosen = preferences(reading)
        code = _code_of(_found(reading, said["code"]))
    draft = ScreenDraft("", locale=chosen.language, timezone=chosen.timezone)
    draft = setup_said(draft, said)
    try:
        made = pairings.pair_new(database(), code, draft, user_id=None, at=at(), by=by_program())
    except NotFound:  # it ran out, or somebody else confirmed it, in this moment
        raise _wrong() from None
    return _told(made, 201)


@pages.get("/<int:screen_id>")
@call(SCREENS, {200: SCREEN}, errors=(404,))
def one(screen_id: int) -> Answer:
    """One screen: how it is, is set up, and what it shows; none of its keys."""
    return _told(screen_id, 200)


@pages.patch("/<int:screen_id>")
@call(SCREENS_WRITE, {200: SCREEN}, takes=CHANGE, errors=(404, 409))
def change(screen_id: int) -> Answer:
    """Set it up differently; what is not named stays. It follows within a second."""
    said = body()
    with database().read() as reading:
        draft = draft_of(_screen(reading, screen_id))
    seen = setup_seen(draft)
    check_seen(said.pop("revision", None), seen)
    draft = setup_said(draft, said)
    screens.change_screen(database(), screen_id, draft, at=at(), by=by_program(), seen=seen)
    return _told(screen_id, 200)


@pages.post("/<int:screen_id>/pairing")
@call(SCREENS_WRITE, {200: SCREEN}, takes=CODE, errors=(404, 409))
@by_address
@by_who_asks
def pair_again(screen_id: int) -> Answer:
    """The player that shows a code becomes this screen; its device so far is cut off."""
    said = body()
    with database().read() as reading:
        _screen(reading, screen_id)
        code = _code_of(_found(reading, said["code"]))
    try:
        pairings.pair_again(database(), code, screen_id, user_id=None, at=at(), by=by_program())
    except NotFound:
        raise _wrong() from None
    return _told(screen_id, 200)


@pages.post("/<int:screen_id>/revocation")
@call(SCREENS_WRITE, {200: SCREEN}, errors=(404,))
def revoke(screen_id: int) -> Answer:
    """Let nothing in as this screen any more; again is harmless."""
    screens.revoke_screen(database(), screen_id, at=at(), by=by_program())
    return _told(screen_id, 200)


@pages.get("/players/<code>")
@call(SCREENS_WRITE, {200: LOOKS}, errors=(404,))
@by_address
@by_who_asks
def player(code: str) -> Answer:
    """What the player that shows a code says of itself, before it becomes a screen."""
    with database().read() as reading:
        found = _found(reading, code)
    if found is None:
        g.wrong_code = True
        raise NotFound
    looks = looks_of(found.looks)
    return jsonify(
        width=looks.width, height=looks.height, browser=looks.browser, system=looks.system,
        network=looks.network, until=iso(found.expires_at),
    ), 200  # fmt: skip


def _found(reading: Session, typed: str) -> Pairing | None:
    code = read_code(typed)
    return pairing_of(reading, code, at()) if code else None


def _code_of(found: Pairing | None) -> str:
    if found is None:
        raise _wrong()
    return found.code


def _wrong() -> Invalid:
    g.wrong_code = True
    text_ = N_("No screen shows this code now. It may have run out: look at the screen again.")
    return Invalid([Problem("wrong-code", text_, "code")])


def _screen(reading: Session, screen_id: int) -> Screen:
    screen = reading.get(Screen, screen_id)
    if screen is None:
        raise NotFound
    return screen


def _told(screen_id: int, status: int) -> Answer:
    with database().read() as reading:
        return jsonify(told_of(reading, _screen(reading, screen_id))), status
