"""Groups of screens."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from signage.actions import groups
from signage.errors import Invalid, NotFound, Problem
from signage.models import Group, Screen
from signage.models.group import sized_groups, without_group
from signage.web import forms
from signage.web.context import at, database, me
from signage.web.permit import require
from signage.words import N_, translate

pages = Blueprint("groups", __name__, url_prefix="/desk/screens/groups")
pages.before_request(require("screens"))

PAGE = 50

Answer = Response | tuple[str, int]


@pages.get("")
def list_page() -> str:
    """Every group with how many screens it has, and a form for a new one."""
    return _list(())


@pages.post("")
def create() -> Answer:
    """A new group."""
    try:
        groups.add_group(database(), forms.text("name"), at=at(), user_id=me().user_id)
    except Invalid as invalid:
        return _list(invalid.problems), 422
    return _back(N_("The group is made."))


@pages.get("/<int:group_id>")
def group_page(group_id: int) -> str:
    """One of them: its name, its screens, and the way out."""
    return _group(group_id, ())


@pages.post("/<int:group_id>")
def rename(group_id: int) -> Answer:
    """Another name."""
    try:
        groups.rename_group(database(), group_id, forms.text("name"), at=at(), user_id=me().user_id)
    except Invalid as invalid:
        return _group(group_id, invalid.problems), 422
    return _back(N_("Saved."))


@pages.post("/<int:group_id>/deletion")
def deletion(group_id: int) -> Response:
    """Give the group up."""
    groups.delete_group(database(), group_id, at=at(), user_id=me().user_id)
    return _back(N_("The group is deleted. Its screens are in no group now."))


def _back(said: str) -> Response:
    flash(translate(said))
    return redirect(url_for("groups.list_page"))


def _list(problems: Sequence[Problem]) -> str:
    with database().read() as reading:
        found, alone = sized_groups(reading), without_group(reading)
    typed = forms.text("name") if problems else ""
    return render_template(
        "desk/groups.html", groups=found, alone=alone, typed=typed, problems=problems
    )


def _group(group_id: int, problems: Sequence[Problem]) -> str:
    page = forms.page_number()
    with database().read() as reading:
        group = reading.get(Group, group_id)
        if group is None:
            raise NotFound
        found = reading.scalars(
            select(Screen)
            .where(Screen.group_id == group_id)
            .order_by(Screen.site, Screen.name, Screen.id)
            .offset((page - 1) * PAGE)
            .limit(PAGE + 1)
        ).all()
    return render_template(
        "desk/group.html", group=group, screens=found[:PAGE], page=page, more=len(found) > PAGE,
        typed=forms.text("name") if problems else group.name, problems=problems,
    )  # fmt: skip
