"""Screens: which there are and how they are, one by one, and the links that let them in."""

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from signage.actions import screens
from signage.actions.setup_of_screens import ScreenDraft, split_tags
from signage.errors import Conflict, Invalid
from signage.models import Screen, preferences, screen_map
from signage.models.group import groups
from signage.models.screens import STATES, Asked, by_group, by_site, count_states, found, sites
from signage.web import forms, stale
from signage.web.context import at, database, me, parts
from signage.web.looking_again import told_once
from signage.web.permit import require
from signage.web.probes import redis_advice
from signage.web.screen_lines import STARTS, STATE_WORDS, lines_of, states
from signage.web.screen_page import screen_form
from signage.web.shell import shell
from signage.words import N_, translate

PAGE = 50
NO_SITE = " "
"""In addresses: the screens without a site. No site is called that, as names are trimmed."""

pages = Blueprint("screens", __name__, url_prefix="/desk/screens")
pages.before_request(require("screens"))


@pages.get("")
def list_page() -> str:
    """Screens by site and name, those that are asked for; a link just made is shown once."""
    page, asked = forms.page_number(), _asked()
    with database().read() as reading:
        now = states(reading)
        listed = found(reading, asked, now, skip=(page - 1) * PAGE, size=PAGE + 1)
        lines = lines_of(reading, listed[:PAGE])
        counts, places = count_states(reading, now), sites(reading)
        told = {each.name: each for each in by_site(reading, now, {of.site for of in listed})}
        named = {group.id: group.name for group in groups(reading)}
    return render_template(
        "desk/screens.html", lines=lines, page=page, more=len(listed) > PAGE, asked=asked,
        counts_of=counts, site_counts=told, groups=named, sites=places,
        made=told_once("made_link"), redis_advice=redis_advice(parts()),
        starts=STARTS, states=STATE_WORDS, current=shell().version, query=_query(),
        no_site=NO_SITE,
    )  # fmt: skip


@pages.get("/sites")
def sites_page() -> str:
    """Every site, and every group, with how its screens are, and which they are."""
    with database().read() as reading:
        now = states(reading)
        named = {group.id: group.name for group in groups(reading)}
        places, parts_ = by_site(reading, now), by_group(reading, now, named)
        there = screen_map.marks(reading, now, places)
    return render_template(
        "desk/sites.html", sites=screen_map.sites_of(places, there),
        groups=screen_map.groups_of(parts_, there), states=STATE_WORDS, no_site=NO_SITE,
    )  # fmt: skip


@pages.get("/new")
def new_page() -> str:
    """A form with the company's own language and time zone filled in."""
    with database().read() as reading:
        chosen = preferences(reading)
    draft = ScreenDraft(name="", locale=chosen.language, timezone=chosen.timezone)
    return screen_form(None, draft, ())


@pages.get("/<int:screen_id>")
def edit_page(screen_id: int) -> str:
    """One screen: what it shows, how it is, and how it is set up."""
    return screen_form(screen_id, None, ())


@pages.post("")
def create() -> Response | tuple[str, int]:
    """A new screen and its link."""
    draft = ScreenDraft("")
    try:
        draft = _typed()
        screen_id, key = screens.add_screen(
            database(), parts().settings.secret_key, draft, user_id=me().user_id, at=at()
        )
    except Invalid as invalid:
        return screen_form(None, draft, invalid.problems), 422
    return _show_link(screen_id, key)


@pages.post("/<int:screen_id>")
def change(screen_id: int) -> Response | tuple[str, int]:
    """Set a screen up differently; it follows within a second."""
    draft = ScreenDraft("")
    try:
        draft = _typed()
        screens.change_screen(
            database(), screen_id, draft, at=at(), user_id=me().user_id, seen=stale.seen()
        )
    except Invalid as invalid:
        return screen_form(screen_id, draft, invalid.problems, seen=stale.seen()), 422
    except Conflict:
        return screen_form(screen_id, draft, (), overtaken=True), 409
    flash(translate(N_("Saved.")))
    return redirect(url_for("screens.edit_page", screen_id=screen_id))


@pages.post("/<int:screen_id>/link")
def link(screen_id: int) -> Response:
    """A new link; the old one ends."""
    secret_key = parts().settings.secret_key
    key = screens.renew_link(database(), secret_key, screen_id, at=at(), user_id=me().user_id)
    return _show_link(screen_id, key)


@pages.post("/<int:screen_id>/revocation")
def revocation(screen_id: int) -> Response:
    """End the screen's link."""
    screens.revoke_screen(database(), screen_id, at=at(), user_id=me().user_id)
    with database().read() as reading:
        name = reading.get_one(Screen, screen_id).name
    text = N_(
        "“{name}” is revoked and shows nothing of yours any more. It is kept under “Revoked”."
    )
    flash(translate(text).format(name=name))
    return redirect(url_for("screens.list_page"))


def _asked() -> Asked:
    group = forms.text("group", 20)
    state = forms.text("state", 20)
    return Asked(
        state=state if state in STATES else "",
        site="" if _is_nowhere() else request.args.get("site", "").strip()[:200] or None,
        group=int(group) if group.isascii() and group.isdecimal() and len(group) < 19 else None,
        tag=forms.text("tag", 40), words=forms.text("q", 80),
    )  # fmt: skip


def _is_nowhere() -> bool:
    return request.args.get("site") == NO_SITE


def _query() -> dict[str, str]:
    """What is asked for, for the addresses of other pages of it."""
    nowhere = {"site": NO_SITE} if _is_nowhere() else {}
    return nowhere | {
        name: value
        for name in ("state", "site", "group", "tag", "q")
        if (value := request.args.get(name, "").strip()[:200])
    }


def _show_link(screen_id: int, key: str) -> Response:
    session["made_link"] = {"screen": screen_id, "url": f"{parts().settings.url}/wall#{key}"}
    return redirect(url_for("screens.list_page"))


def _typed() -> ScreenDraft:
    return ScreenDraft(
        name=forms.text("name"), site=forms.text("site"), locale=forms.text("locale"),
        timezone=forms.text("timezone"), theme=forms.text("theme"),
        motion="motion" in request.form, diagonal_inch=forms.whole("diagonal_inch", 55),
        distance_m=forms.whole("distance_m", 4), night_from=forms.text("night_from"),
        night_to=forms.text("night_to"), night_percent=forms.whole("night_percent", 20),
        group_id=forms.whole("group_id") or None, tags=split_tags(forms.text("tags")),
        turned=forms.whole("turned"),
    )  # fmt: skip
