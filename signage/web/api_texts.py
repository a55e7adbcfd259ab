"""Texts that are kept ready to take over, for other programs."""

from typing import Any

from flask import jsonify
from sqlalchemy import select

from signage.actions import texts
from signage.actions.notice_draft import LOOKS
from signage.actions.texts import TextDraft
from signage.core.scopes import TAKEOVERS
from signage.core.shapes import flag, one_of, text, thing, told, whole
from signage.core.targets import read_targets
from signage.errors import Invalid
from signage.models import PreparedText
from signage.web.calls import Answer, body, by_program, call, program_pages, query
from signage.web.context import at, database
from signage.web.paging import AFTER, cut, page_shape, paged
from signage.web.ready_shapes import READY, REVISION, TARGETS, named, text_said, told_where

pages = program_pages("api_texts", "/takeovers/texts")

_TAKEN = {
    **READY, "look": one_of(tuple(LOOKS), "notice if missing."),
    "urgent": flag("On every wall, before all else, not dimmed by night; with a key at the desk."),
}  # fmt: skip
TEXT = told(
    {
        "id": whole("Takes over as `prepared`."), "headline": text(), "words": text(),
        "minutes": whole(), "look": one_of(tuple(LOOKS)), "urgent": flag(), "for": TARGETS,
        "revision": REVISION,
    },
    title="Text",
)  # fmt: skip
MADE = thing(_TAKEN, ("headline",))
CHANGE = thing({**_TAKEN, "revision": REVISION})
DELETED = told({"status": one_of(("deleted",))})


@pages.get("")
@call(TAKEOVERS, {200: page_shape("texts", TEXT)}, asks=AFTER)
def list_all() -> Answer:
    """Texts that are kept ready, by number."""
    with database().read() as reading:
        found, size = cut(query(), reading.scalars(select(PreparedText)), lambda each: int(each.id))
    return paged("texts", [_told(each) for each in found], size)


@pages.post("")
@call(TAKEOVERS, {201: TEXT}, takes=MADE)
def create() -> Answer:
    """Keep one ready."""
    return _write(text_said(TextDraft(""), body()), 201)


@pages.get("/<int:text_id>")
@call(TAKEOVERS, {200: TEXT}, errors=(404,))
def one(text_id: int) -> Answer:
    """One of them."""
    with database().read() as reading:
        return jsonify(_told(texts.load_text(reading, text_id))), 200


@pages.patch("/<int:text_id>")
@call(TAKEOVERS, {200: TEXT}, takes=CHANGE, errors=(404, 409))
def change(text_id: int) -> Answer:
    """Change one; what is not named stays, and so does what hangs already."""
    said = body()
    with database().read() as reading:
        kept = texts.load_text(reading, text_id)
    seen = said.get("revision") or texts.text_seen(kept)
    return _write(text_said(texts.text_of(kept), said), 200, text_id, seen)


@pages.delete("/<int:text_id>")
@call(TAKEOVERS, {200: DELETED}, errors=(404,))
def delete(text_id: int) -> Answer:
    """Keep one no longer; what hangs of it stays."""
    texts.delete_text(database(), text_id, at=at(), by=by_program())
    return jsonify(status="deleted"), 200


def _write(
    draft: TextDraft, status: int, text_id: int | None = None, seen: str | None = None
) -> Answer:
    try:
        kept = texts.write_text(
            database(), draft, user_id=None, at=at(), text_id=text_id, by=by_program(), seen=seen
        )
    except Invalid as invalid:
        raise named(invalid) from None
    return jsonify(_told(kept)), status


def _told(of: PreparedText) -> dict[str, Any]:
    return {
        "id": of.id, "headline": of.headline, "words": of.words, "minutes": of.minutes,
        "look": of.look, "urgent": of.urgent, "for": told_where(read_targets(of.targets)),
        "revision": texts.text_seen(of),
    }  # fmt: skip
