"""Playlists: scenes in order. All of it is a draft until it is published."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from signage.actions import plans
from signage.actions.plans import BUILT_IN, feed_shows
from signage.core import planning
from signage.core.plan import SCENES, Entry, Plan, Playlist
from signage.errors import Invalid, Problem
from signage.models.feed_titles import feed_titles, feeds_there
from signage.models.plan import PlanDraft, draft_plan, live_plan
from signage.web import forms
from signage.web.context import at, database, me
from signage.web.permit import require
from signage.web.slot_words import scene_word
from signage.words import N_, translate

pages = Blueprint("playlists", __name__, url_prefix="/desk/screens/playlists")
pages.before_request(require("screens"))

OPTIONS = ("count", "every", "offset", "dwell")
"""Fields of a scene's options."""

Answer = Response | tuple[str, int]


@pages.get("")
def list_page() -> str:
    """Every playlist, and a form for a new one."""
    return _list(())


@pages.post("")
def create() -> Answer:
    """A new playlist."""
    try:
        made = plans.add_playlist(
            database(), forms.text("name"), like=forms.text("like"), at=at(), user_id=me().user_id
        )
    except Invalid as invalid:
        return _list(invalid.problems), 422
    return redirect(url_for("playlists.playlist_page", playlist_id=made))


@pages.get("/<int:playlist_id>")
def playlist_page(playlist_id: int) -> str:
    """One playlist: its scenes in order."""
    return _playlist(playlist_id, ())


@pages.post("/<int:playlist_id>")
def rename(playlist_id: int) -> Answer:
    """Another name."""
    return _revised(
        playlist_id,
        lambda plan: planning.rename_playlist(plan, str(playlist_id), forms.text("name")),
    )


@pages.post("/<int:playlist_id>/deletion")
def deletion(playlist_id: int) -> Answer:
    """Away with it, where no group shows it."""
    try:
        plans.revise(
            database(),
            lambda _, plan: planning.delete_playlist(plan, str(playlist_id)),
            at=at(), user_id=me().user_id,
        )  # fmt: skip
    except Invalid as invalid:
        return _playlist(playlist_id, invalid.problems), 422
    flash(translate(N_("The playlist is deleted from the draft.")))
    return redirect(url_for("playlists.list_page"))


@pages.post("/<int:playlist_id>/scenes")
def scene(playlist_id: int) -> Answer:
    """One more scene, or one with other options."""
    with database().read() as session:
        planning.playlist(draft_plan(session), str(playlist_id))
    try:
        place = forms.whole("place", -1)
        plans.set_entry(
            database(), str(playlist_id), None if place < 0 else place, _typed(),
            seen=forms.text("seen"), at=at(), user_id=me().user_id,
        )  # fmt: skip
    except Invalid as invalid:
        return _playlist(playlist_id, *_of_scene(invalid.problems)), 422
    return _back(playlist_id)


@pages.post("/<int:playlist_id>/order")
def order(playlist_id: int) -> Answer:
    """A scene earlier, later, in another place, or away."""
    seen, id_ = forms.text("seen"), str(playlist_id)

    def change(plan: Plan) -> Plan:
        if "remove" in request.form:
            return planning.remove_entry(plan, id_, forms.whole("remove"), seen=seen)
        for way, by in (("up", -1), ("down", 1)):
            if way in request.form:
                place = forms.whole(way)
                return planning.move_entry(plan, id_, place, place + by, seen=seen)
        return planning.move_entry(plan, id_, forms.whole("from"), forms.whole("to"), seen=seen)

    return _revised(playlist_id, change)


def _revised(playlist_id: int, change: Callable[[Plan], Plan]) -> Answer:
    try:
        plans.revise(database(), lambda _, plan: change(plan), at=at(), user_id=me().user_id)
    except Invalid as invalid:
        return _playlist(playlist_id, invalid.problems), 422
    return _back(playlist_id)


def _back(playlist_id: int) -> Response:
    way = next((way for way in ("up", "down") if way in request.form), None)
    moved = max(0, forms.whole(way) + (-1 if way == "up" else 1)) if way else None
    return redirect(
        url_for("playlists.playlist_page", playlist_id=playlist_id, moved=moved, way=way)
    )


def _typed() -> Entry:
    scene, _, feed = forms.text("what", 80).partition("/")
    made = Entry(scene, feed, forms.whole("count", 1), forms.whole("every", 1))
    dwell = forms.whole("dwell")
    made = replace(made, dwell=dwell or None)
    # So that what comes in every second round does not all come in the same one.
    offset = (forms.whole("offset", 1) - 1) % made.every if made.every > 0 else 0
    return replace(made, offset=offset)


def _of_scene(problems: Sequence[Problem]) -> tuple[list[Problem], dict[str, str]]:
    """What is wrong, at the fields of the form that was sent; and what was typed there."""
    place = forms.text("place", 9)
    form = place if place.isdecimal() else "new"
    typed = {name: forms.text(name, 80) for name in ("what", *OPTIONS)}
    told = [
        replace(each, field=f"{each.field}-{form}") if each.field in OPTIONS else each
        for each in problems
    ]
    return told, {"form": form, **typed}


def _list(problems: Sequence[Problem]) -> str:
    with database().read() as session:
        plan, live = draft_plan(session), live_plan(session)
        draft = session.get(PlanDraft, 1)
        there = {feed.name for feed in feeds_there(session)}
    shown = {id_ for week in plan.groups.values() for id_ in week.playlists}
    return render_template(
        "desk/playlists.html", plan=plan, live=live, draft=draft, shown=shown, problems=problems,
        built_in=BUILT_IN, gone=lambda playlist: _gone(playlist, there),
        typed=forms.text("name") if problems else "",
    )  # fmt: skip


def _playlist(
    playlist_id: int, problems: Sequence[Problem], scene_typed: Mapping[str, str] | None = None
) -> str:
    with database().read() as session:
        plan = draft_plan(session)
        playlist = planning.playlist(plan, str(playlist_id))
        feeds, titles = feeds_there(session), feed_titles(session)
        draft = session.get(PlanDraft, 1)
    choices = {
        f"{scene}/{feed.name}": scene_word(Entry(scene, feed.name), titles)
        for feed in feeds
        for scene in SCENES
        if feed_shows(feed, scene)
    }
    lines = [
        {"entry": entry, "what": scene_word(entry, titles),
         "gone": entry.feed not in {feed.name for feed in feeds}}
        for entry in playlist.entries
    ]  # fmt: skip
    return render_template(
        "desk/playlist.html", playlist=playlist, lines=lines, choices=choices, draft=draft,
        problems=problems, typed=request.form.get("name", playlist.name),
        moved=forms.whole("moved", -1), way=forms.text("way"),
        scene_typed=scene_typed or {},
    )  # fmt: skip


def _gone(playlist: Playlist, there: set[str]) -> int:
    return sum(entry.feed not in there for entry in playlist.entries)
