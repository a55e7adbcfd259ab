"""Feeds that are made at the desk, for other programs."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from flask import jsonify
from sqlalchemy.orm import Session

from signage.actions import feeds
from signage.actions.feed_places import hangs_on
from signage.actions.feeds import FeedDraft
from signage.core.feed_rules import DAYS, KINDS, ORDERS, SIZES, FeedRule
from signage.core.mix import MODES
from signage.core.rules import BAND_NAMES
from signage.core.scopes import FEEDS_WRITE, PROGRAMME
from signage.core.shapes import nothing_or, one_of, several, text, thing, told, whole
from signage.models.feed_rule import Made, hung_in, made_feeds
from signage.web.calls import Answer, body, by_program, call, program_pages, query
from signage.web.context import at, database
from signage.web.paging import AFTER, cut, page_shape, paged

pages = program_pages("api_feeds", "/feeds")

_RULE = {
    "touchpoints": several(whole(), most=50), "segments": several(text(most=200), most=50),
    "tags": several(text(most=200), most=50), "languages": several(text(most=200), most=50),
    "bands": several(one_of(tuple(BAND_NAMES)), most=3),
    "days": nothing_or(whole("How old at most; null: no limit.", *DAYS)),
    "mix": one_of(tuple(MODES)), "order": one_of(ORDERS), "size": whole("", *SIZES),
}  # fmt: skip
_TITLE = text(most=feeds.LONGEST_TITLE)
_KIND = one_of(KINDS)
_OF_ONE = {
    "id": whole(), "name": text("As playlists name it."), "title": text(), "kind": _KIND,
    "rule": thing(_RULE, title="FeedRule", about="What means something to its kind."),
    "version": whole("Rises with each change."),
    "hangs": whole("How much hangs in it now."),
    "playlists": several(
        told({"title": text(), "screens": whole()}, title="Place"), "Published ones that name it."
    ),
}  # fmt: skip
LISTED = told(_OF_ONE, title="ListedFeed")
_HOLDS = several(whole(), "The numbers of the quotes, improvements or notices in it.")
FEED = told({**_OF_ONE, "holds": _HOLDS}, title="Feed")
MADE = thing({"title": _TITLE, "kind": _KIND, **_RULE}, ("title", "kind"))
CHANGE = thing({"title": _TITLE, **_RULE, "version": whole("What was read.")}, ("version",))
DELETED = told({"status": one_of(("deleted",))})


@pages.get("")
@call(PROGRAMME, {200: page_shape("feeds", LISTED)}, asks=AFTER)
def list_all() -> Answer:
    """Feeds that were made, by number, with how much hangs in each, and where."""
    with database().read() as reading:
        found, size = cut(query(), made_feeds(reading), lambda made: int(made.of.id))
        rows = feeds_told(reading, found)
    listed = [{name: each for name, each in row.items() if name != "holds"} for row in rows]
    return paged("feeds", listed, size)


@pages.post("")
@call(FEEDS_WRITE, {201: FEED}, takes=MADE)
def create() -> Answer:
    """Make one, which holds at once what its rule says."""
    said = body()
    draft = FeedDraft(said["title"], _rule(FeedRule(said["kind"]), said))
    made = feeds.make_feed(database(), draft, user_id=None, at=at(), by=by_program())
    return _one(made.id, 201)


@pages.get("/<int:feed_id>")
@call(PROGRAMME, {200: FEED}, errors=(404,))
def one(feed_id: int) -> Answer:
    """One of them, with what hangs in it, by number; none of the words."""
    return _one(feed_id, 200)


@pages.patch("/<int:feed_id>")
@call(FEEDS_WRITE, {200: FEED}, takes=CHANGE, errors=(404, 409))
def change(feed_id: int) -> Answer:
    """Change one; what is not named stays, and walls follow within a second. Its kind stays."""
    said = body()
    with database().read() as reading:
        found = feeds.load(reading, feed_id)
    draft = FeedDraft(said.get("title", found.of.title), _rule(found.rule, said))
    feeds.change_feed(
        database(), feed_id, draft, version=said["version"], user_id=None, at=at(),
        by=by_program(),
    )  # fmt: skip
    return _one(feed_id, 200)


@pages.delete("/<int:feed_id>")
@call(FEEDS_WRITE, {200: DELETED}, errors=(404,))
def delete(feed_id: int) -> Answer:
    """Take one out: playlists that name it pass it over. Again is harmless."""
    feeds.delete_feed(database(), feed_id, user_id=None, at=at(), by=by_program())
    return jsonify(status="deleted"), 200


@pages.post("/<int:feed_id>/restoration")
@call(FEEDS_WRITE, {200: FEED}, errors=(404, 422))
def restore(feed_id: int) -> Answer:
    """Take a deletion back."""
    feeds.restore_feed(database(), feed_id, user_id=None, at=at(), by=by_program())
    return _one(feed_id, 200)


def _rule(rule: FeedRule, said: Mapping[str, Any]) -> FeedRule:
    given: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in said.items()
        if name in _RULE
    }
    return replace(rule, **given)


def _one(feed_id: int, status: int) -> Answer:
    with database().read() as reading:
        (row,) = feeds_told(reading, [feeds.load(reading, feed_id)])
    return jsonify(row), status


def feeds_told(reading: Session, found: Sequence[Made]) -> list[dict[str, Any]]:
    """Each as FEED has it."""
    hung = hung_in(reading, [made.feed.id for made in found])
    places = hangs_on(reading, [made.name for made in found])
    return [
        {
            "id": made.of.id, "name": made.name, "title": made.of.title, "kind": made.rule.kind,
            "rule": {k: v for k, v in made.rule.to_json().items() if k != "kind"},
            "version": made.of.version, "hangs": len(hung[made.feed.id]),
            "playlists": [
                {"title": place.title, "screens": place.screens} for place in places[made.name]
            ],
            "holds": sorted(hung[made.feed.id]),
        }
        for made in found
    ]  # fmt: skip
