"""Where alerts go, for other programs: a webhook's secret is told once."""

from typing import Any

from flask import jsonify

from signage.actions import channels
from signage.core.scopes import ALERTS_WRITE
from signage.core.shapes import flag, moment, nothing_or, one_of, text, thing, told, whole
from signage.errors import NotFound
from signage.models.alerted import Address, addresses
from signage.web.calls import Answer, body, by_program, call, iso_or_none, program_pages, query
from signage.web.context import at, database, parts
from signage.web.paging import AFTER, cut, page_shape, paged

pages = program_pages("api_alerts", "/alerts/channels")

SELDOM = "10/minute"
"""Tests: each is a message to somebody."""

_KIND = one_of(channels.KINDS)
_OF_ONE = {
    "id": whole(), "kind": _KIND, "address": text(),
    "sent_at": nothing_or(moment("When the latest message arrived there.")),
    "problem": text("Why it did not; empty: it did, or none was sent yet."),
    "given_up": flag("It is not tried again."),
}  # fmt: skip
CHANNEL = told(_OF_ONE, title="Channel")
_SECRET = text("Signs what is sent there, as Standard Webhooks ask. Told only now.")
ADDED = told(
    {**_OF_ONE, "secret": nothing_or(_SECRET)}, title="AddedChannel",
    about="The secret is a webhook's alone.",
)  # fmt: skip
RENEWED = told({"id": whole(), "secret": _SECRET}, title="RenewedSecret")
NEW = thing(
    {"kind": _KIND, "address": text("Of e-mail, or of a webhook: https.", channels.LONGEST)},
    ("kind", "address"),
)  # fmt: skip
DELETED = told({"status": one_of(("deleted",))})
WAITS = told({"status": one_of(("waiting",), "What became of it the channel tells.")})


@pages.get("")
@call(ALERTS_WRITE, {200: page_shape("channels", CHANNEL)}, asks=AFTER)
def list_all() -> Answer:
    """Addresses that alerts go to, by number, and whether they arrive there."""
    with database().read() as reading:
        found, size = cut(query(), addresses(reading), lambda each: int(each.id))
    return paged("channels", [_told(each) for each in found], size)


@pages.post("")
@call(ALERTS_WRITE, {201: ADDED}, takes=NEW)
def add() -> Answer:
    """Have alerts sent to an address, too."""
    said = body()
    made = channels.add_channel(
        database(), parts().settings, said["kind"], said["address"], user_id=None, at=at(),
        by=by_program(),
    )  # fmt: skip
    return jsonify(**_one(made.id), secret=made.secret), 201


@pages.get("/<int:channel_id>")
@call(ALERTS_WRITE, {200: CHANNEL}, errors=(404,))
def one(channel_id: int) -> Answer:
    """One of them."""
    return jsonify(_one(channel_id)), 200


@pages.delete("/<int:channel_id>")
@call(ALERTS_WRITE, {200: DELETED}, errors=(404,))
def remove(channel_id: int) -> Answer:
    """Send nothing there any more, also of what waits."""
    channels.remove_channel(database(), channel_id, user_id=None, at=at(), by=by_program())
    return jsonify(status="deleted"), 200


@pages.post("/<int:channel_id>/secret")
@call(ALERTS_WRITE, {201: RENEWED}, errors=(404,))
def renew(channel_id: int) -> Answer:
    """Make another secret for a webhook; the one before signs nothing any more."""
    secret = channels.renew_secret(
        database(), parts().settings, channel_id, user_id=None, at=at(), by=by_program()
    )
    return jsonify(id=channel_id, secret=secret), 201


@pages.post("/<int:channel_id>/test")
@call(ALERTS_WRITE, {200: WAITS}, errors=(404,), most=SELDOM)
def test(channel_id: int) -> Answer:
    """Send a message there that says that it is a test."""
    channels.try_channel(database(), channel_id, at=at(), by=by_program())
    return jsonify(status="waiting"), 200


def _one(channel_id: int) -> dict[str, Any]:
    with database().read() as reading:
        found = next((each for each in addresses(reading) if each.id == channel_id), None)
    if found is None:
        raise NotFound
    return _told(found)


def _told(of: Address) -> dict[str, Any]:
    return {
        "id": of.id, "kind": of.kind, "address": of.address, "sent_at": iso_or_none(of.sent_at),
        "problem": of.problem, "given_up": of.given_up,
    }  # fmt: skip
