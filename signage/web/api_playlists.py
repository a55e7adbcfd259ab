"""Playlists for other programs: all of it is a draft until it is published."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from flask import jsonify

from signage.actions import plans
from signage.actions.plans import BUILT_IN, LEAST_DWELL, LONGEST_DWELL, MOST_COUNT, MOST_EVERY
from signage.actions.whole_plans import set_playlist
from signage.core import planning
from signage.core.plan import SCENES, Entry, Plan, Playlist
from signage.core.scopes import PROGRAMME, PROGRAMME_WRITE
from signage.core.shapes import nothing_or, one_of, several, text, thing, told, whole
from signage.models.plan import draft_plan, live_plan
from signage.web.calls import Answer, body, by_program, call, program_pages, query
from signage.web.context import at, database
from signage.web.paging import AFTER, cut, page_shape, paged

pages = program_pages("api_playlists", "/playlists")

OF = {"of": one_of(("draft", "live"), "As it is drafted (else this), or as it hangs.")}
_SCENE = {
    "scene": one_of(tuple(SCENES)),
    "feed": text("quotes, improvements, notices, nps, csat, ces, touchpoints, mix; or as f12.", 80),
    "count": whole("So many at a time.", 1, MOST_COUNT),
    "every": whole("In each round, in each second, and so on.", 1, MOST_EVERY),
    "offset": whole("The first round in which it comes, from 0.", 0, MOST_EVERY),
    "dwell": nothing_or(whole("Seconds; null: as long as reading takes.",
                              LEAST_DWELL, LONGEST_DWELL)),
}  # fmt: skip
SCENE = thing(_SCENE, ("scene", "feed"), title="NewScene")
TOLD_SCENE = told(_SCENE, title="Scene")
PLAYLIST = told(
    {
        "id": whole(), "name": text(), "scenes": several(TOLD_SCENE),
        "revision": text("Changes with anything in it."),
    },
    title="Playlist",
)  # fmt: skip
_NAME = text(most=planning.LONGEST_NAME)
MADE = thing({"name": _NAME, "like": text(f"{BUILT_IN}, or another's id.", 20)}, ("name",))
CHANGE = thing({
    "name": _NAME, "scenes": several(SCENE, most=planning.MOST_ENTRIES),
    "revision": text("What was read, to change nothing else.", 40),
})  # fmt: skip
DELETED = told({"status": one_of(("deleted",))})


@pages.get("")
@call(PROGRAMME, {200: page_shape("playlists", PLAYLIST)}, asks={**OF, **AFTER})
def list_all() -> Answer:
    """Playlists by number."""
    said = query()
    found, size = cut(said, plan_asked(said).playlists.values(), lambda each: int(each.id))
    return paged("playlists", [playlist_told(each) for each in found], size)


@pages.post("")
@call(PROGRAMME_WRITE, {201: PLAYLIST}, takes=MADE, errors=(404,))
def create() -> Answer:
    """A new playlist: empty, or like another one, or like the one that comes with the product."""
    said = body()
    made = plans.add_playlist(
        database(), said["name"], like=said.get("like", ""), at=at(), by=by_program()
    )
    return _one(made, 201)


@pages.get("/<int:playlist_id>")
@call(PROGRAMME, {200: PLAYLIST}, asks=OF, errors=(404,))
def one(playlist_id: int) -> Answer:
    """One playlist: its scenes in order."""
    found = planning.playlist(plan_asked(query()), str(playlist_id))
    return jsonify(playlist_told(found)), 200


@pages.patch("/<int:playlist_id>")
@call(PROGRAMME_WRITE, {200: PLAYLIST}, takes=CHANGE, errors=(404, 409))
def change(playlist_id: int) -> Answer:
    """Another name, or all its scenes anew; what is not named stays."""
    said = body()
    set_playlist(
        database(), str(playlist_id), name=said.get("name"),
        entries=entries_said(said["scenes"]) if "scenes" in said else None,
        seen=said.get("revision"), at=at(), by=by_program(),
    )  # fmt: skip
    return _one(str(playlist_id), 200)


@pages.delete("/<int:playlist_id>")
@call(PROGRAMME_WRITE, {200: DELETED}, errors=(404, 422))
def delete(playlist_id: int) -> Answer:
    """Delete one that no group shows."""
    plans.revise(
        database(), lambda _, plan: planning.delete_playlist(plan, str(playlist_id)), at=at(),
        by=by_program(),
    )  # fmt: skip
    return jsonify(status="deleted"), 200


def plan_asked(said: Mapping[str, Any]) -> Plan:
    """The draft, or what hangs."""
    with database().read() as reading:
        return live_plan(reading) if said.get("of") == "live" else draft_plan(reading)


def told_scenes(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """Scenes as they are sent."""
    return [{name: getattr(entry, name) for name in _SCENE} for entry in entries]


def entries_said(scenes: Sequence[Mapping[str, Any]]) -> list[Entry]:
    """Scenes that were said by SCENE."""
    found = [
        Entry(
            each["scene"], each["feed"], each.get("count", 1), each.get("every", 1),
            each.get("offset", 0), each.get("dwell"),
        )
        for each in scenes
    ]  # fmt: skip
    return [replace(each, offset=each.offset % each.every) for each in found]


def _one(playlist_id: str, status: int) -> Answer:
    return jsonify(playlist_told(planning.playlist(plan_asked({}), playlist_id))), status


def playlist_told(of: Playlist) -> dict[str, Any]:
    """As PLAYLIST has it."""
    return {
        "id": int(of.id), "name": of.name, "scenes": told_scenes(of.entries),
        "revision": of.digest,
    }  # fmt: skip
