"""Groups of screens for other programs."""

from dataclasses import asdict

from flask import jsonify

from signage.actions import groups
from signage.core.scopes import SCREENS, SCREENS_WRITE
from signage.core.shapes import one_of, text, told, whole
from signage.errors import NotFound
from signage.models.group import sized_groups
from signage.web.calls import Answer, body, by_program, call, program_pages, query
from signage.web.context import at, database
from signage.web.paging import AFTER, cut, page_shape, paged

pages = program_pages("api_groups", "/groups")

NAMED = told({"name": text(most=groups.LONGEST)})
GROUP = told({"id": whole(), "name": text(), "screens": whole("How many it has.")}, title="Group")
DELETED = told({"status": one_of(("deleted",))})


@pages.get("")
@call(SCREENS, {200: page_shape("groups", GROUP)}, asks=AFTER)
def list_all() -> Answer:
    """Groups by number, with how many screens each has."""
    with database().read() as reading:
        found, size = cut(query(), sized_groups(reading), lambda group: int(group.id))
    return paged("groups", [asdict(group) for group in found], size)


@pages.post("")
@call(SCREENS_WRITE, {201: GROUP}, takes=NAMED)
def create() -> Answer:
    """A new group, without screens."""
    made = groups.add_group(database(), body()["name"], at=at(), by=by_program())
    return _told(made, 201)


@pages.get("/<int:group_id>")
@call(SCREENS, {200: GROUP}, errors=(404,))
def one(group_id: int) -> Answer:
    """One group."""
    return _told(group_id, 200)


@pages.patch("/<int:group_id>")
@call(SCREENS_WRITE, {200: GROUP}, takes=NAMED, errors=(404,))
def rename(group_id: int) -> Answer:
    """Another name."""
    groups.rename_group(database(), group_id, body()["name"], at=at(), by=by_program())
    return _told(group_id, 200)


@pages.delete("/<int:group_id>")
@call(SCREENS_WRITE, {200: DELETED}, errors=(404,))
def delete(group_id: int) -> Answer:
    """Give a group up: its screens are in no group."""
    groups.delete_group(database(), group_id, at=at(), by=by_program())
    return jsonify(status="deleted"), 200


def _told(group_id: int, status: int) -> Answer:
    with database().read() as reading:
        found = next((each for each in sized_groups(reading) if each.id == group_id), None)
    if found is None:
        raise NotFound
    return jsonify(asdict(found)), status
