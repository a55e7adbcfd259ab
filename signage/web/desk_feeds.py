"""Feeds that are made at the desk: what walls are told, by kind, filters, mix, order and size."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from signage.actions import feeds
from signage.actions.bodies import pieces_of_each
from signage.actions.feed_places import hangs_on
from signage.actions.feed_preview import Held, held_by
from signage.core.feed_rules import KINDS, MEANT, FeedRule, Kind
from signage.core.rules import BAND_NAMES
from signage.errors import Invalid, NotFound, Problem
from signage.models import MadeFeed, Touchpoint
from signage.models.feed_rule import Made, hung_in, made_feeds
from signage.models.found import languages
from signage.models.tag import all_tags
from signage.models.tallies import segments
from signage.web import feed_words, forms
from signage.web.context import at, database, me
from signage.web.feed_form import LISTS, Given, draft_of, filled, kind_asked, typed
from signage.web.permit import allow, require
from signage.words import N_, translate

pages = Blueprint("feeds", __name__, url_prefix="/desk/screens/feeds")
pages.before_request(require("screens"))

Answer = Response | str | tuple[str, int]


@pages.get("")
def list_page() -> str:
    """Every feed that was made, with what it lets in, how much it holds, and where it hangs."""
    with database().read() as session:
        made = made_feeds(session)
        hung = hung_in(session, [each.feed.id for each in made])
        touchpoints, tags = _touchpoints(session), _tags(session)
        places = hangs_on(session, [each.name for each in made])
        lines = [
            {
                "made": each,
                "when": feed_words.rule_lines(each.rule, touchpoints, tags),
                "n": len(hung[each.feed.id]),
                "places": places[each.name],
            }
            for each in made
        ]
    return render_template("desk/feeds.html", lines=lines, words=feed_words)


@pages.get("/new")
@allow("feeds")
def new_page() -> str:
    """The kinds to choose from, or an empty form of one."""
    kind = kind_asked()
    if kind is None:
        return render_template("desk/feed_kinds.html", kinds=KINDS, words=feed_words)
    return _form(None, kind, filled("", FeedRule(kind)), ())


@pages.post("")
@allow("feeds")
def create() -> Answer:
    """Make a feed, or only show what it would hold."""
    kind, given = kind_asked(), typed()
    if kind is None:
        raise NotFound
    if forms.text("and") == "look":
        return _form(None, kind, given, ())
    try:
        made = feeds.make_feed(database(), draft_of(given, kind), user_id=me().user_id, at=at())
    except Invalid as invalid:
        return _form(None, kind, given, invalid.problems), 422
    return _saved(made)


@pages.post("/preview")
@allow("feeds")
def preview() -> str:
    """What the draft in the form would hold: a part of its page."""
    kind = kind_asked()
    if kind is None:
        raise NotFound
    with database().read() as session:
        return render_template("desk/feed_held.html", **_held(session, kind, typed(), None))


@pages.get("/<int:made_id>")
@allow("feeds")
def edit_page(made_id: int) -> str:
    """One feed, to change."""
    with database().read() as session:
        found = feeds.load(session, made_id)
    return _form(found, found.rule.kind, filled(found.of.title, found.rule), ())


@pages.post("/<int:made_id>")
@allow("feeds")
def change(made_id: int) -> Answer:
    """Change a feed; walls follow within a second."""
    with database().read() as session:
        found = feeds.load(session, made_id)
    kind, given = found.rule.kind, typed()
    if forms.text("and") == "look":
        return _form(found, kind, given, ())
    try:
        changed = feeds.change_feed(
            database(), made_id, draft_of(given, kind), version=forms.whole("version"),
            user_id=me().user_id, at=at(),
        )  # fmt: skip
    except Invalid as invalid:
        return _form(found, kind, given, invalid.problems), 422
    return _saved(changed)


@pages.get("/<int:made_id>/deletion")
@allow("feeds")
def deletion_page(made_id: int) -> str:
    """What a deletion changes, or the way back from one."""
    with database().read() as session:
        found = feeds.any_feed(session, made_id)
        n = len(hung_in(session, [found.feed.id])[found.feed.id])
        places = hangs_on(session, [found.name])[found.name]
    return render_template("desk/feed_deletion.html", made=found, n=n, places=places)


@pages.post("/<int:made_id>/deletion")
@allow("feeds")
def deletion(made_id: int) -> Response:
    """Take it out; the page that follows offers to take that back."""
    feeds.delete_feed(database(), made_id, user_id=me().user_id, at=at())
    return redirect(url_for("feeds.deletion_page", made_id=made_id))


@pages.post("/<int:made_id>/restoration")
@allow("feeds")
def restoration(made_id: int) -> Response:
    """Take a deletion back."""
    restored = feeds.restore_feed(database(), made_id, user_id=me().user_id, at=at())
    return _saved(restored)


def _saved(made: MadeFeed) -> Response:
    flash(translate(N_("Saved. What hangs follows at once.")))
    return redirect(url_for("feeds.list_page", moved=made.id))


def _form(found: Made | None, kind: Kind, given: Given, problems: Sequence[Problem]) -> str:
    with database().read() as session:
        choices = _choices(session, given)
        held = _held(session, kind, given, found)
    return render_template(
        "desk/feed.html", made=found, kind=kind, given=given, problems=problems, choices=choices,
        meant=MEANT[kind], words=feed_words, bands=BAND_NAMES, **held,
    )  # fmt: skip


def _held(session: Session, kind: Kind, given: Given, found: Made | None) -> dict[str, Any]:
    """What the draft holds; nothing of one that cannot be read."""
    name = forms.text("name", 32) if found is None else found.name
    held: Held | None = None
    try:
        draft = feeds.checked(session, draft_of({**given, "title": given["title"] or "-"}, kind))
        held = held_by(session, draft.rule, name, at())
    except Invalid:
        pass  # the form says what is wrong, once it is sent
    quotes = held.first if held and kind == "quotes" else []
    return {
        "held": held, "pieces": pieces_of_each(session, quotes) if quotes else {},
        "places": hangs_on(session, [name])[name],
        "is_new": not name,
    }  # fmt: skip


def _choices(session: Session, given: Given) -> dict[str, dict[str, str]]:
    found = {
        "touchpoints": {str(id_): name for id_, name in _touchpoints(session).items()},
        "segments": {name: name for name in segments(session)},
        "tags": _tags(session),
        "languages": {code: code for code in languages(session)},
    }
    for name in LISTS:  # what the feed asks for is shown, also where it is gone
        if name in found:
            found[name] |= {each: each for each in given[name] if each not in found[name]}
    return found


def _tags(session: Session) -> dict[str, str]:
    return {tag.key: tag.name for tag in all_tags(session)}


def _touchpoints(session: Session) -> dict[int, str]:
    rows = session.execute(select(Touchpoint.id, Touchpoint.name).order_by(Touchpoint.position))
    return dict(rows.all())
