"""Notices: the company's own words on the walls, for a time."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload
from werkzeug.wrappers import Response

from signage.actions import notices
from signage.actions.notice_bodies import notice_body
from signage.actions.notice_draft import LOOKS, NoticeDraft
from signage.actions.programme import programme_to_preview
from signage.core.pictures import Redrawn, redraw
from signage.core.targets import Targets, read_targets, targets_of
from signage.errors import Conflict, Invalid, Problem
from signage.models import Notice, preferences
from signage.web import forms, stale
from signage.web.context import at, database, me, off_loop
from signage.web.permit import require
from signage.web.where import offered, targets_as_typed, typed_targets
from signage.words import N_, translate

pages = Blueprint("notices", __name__, url_prefix="/desk/notices")
pages.before_request(require("notices"))

ENDED = 20
USUAL = timedelta(hours=1)
"""How long a takeover hangs unless somebody says otherwise: it needs an end."""
TYPED = "%Y-%m-%dT%H:%M"
LABELS = {
    "headline": N_("Headline"),
    "words": N_("A few words"),
    "picture_tells": N_("What is to be seen on it"),
    "shows_from": N_("From"),
    "shows_until": N_("Until"),
    "takes_over": N_("Takes over every wall, for as long as it shows"),
}


@dataclass(frozen=True, slots=True)
class Given:
    """What stands in the form."""

    headline: str = ""
    words: str = ""
    shows_from: str = ""
    shows_until: str = ""
    takes_over: bool = False
    picture_tells: str = ""
    look: str = "notice"
    urgent: bool = False
    targets: Targets | None = None


@pages.get("")
def list_page() -> str:
    """Those that hang or are to hang, then the latest that ended."""
    with database().read() as session:
        now = session.scalars(
            _notices().where(Notice.ended_at.is_(None)).order_by(Notice.shows_from, Notice.id)
        ).all()
        ended = session.scalars(
            _notices()
            .where(Notice.ended_at.is_not(None))
            .order_by(Notice.ended_at.desc(), Notice.id.desc())
            .limit(ENDED)
        ).all()
    return render_template("desk/notices.html", notices=now, ended=ended, now=at())


@pages.get("/new")
def new_page() -> str:
    """An empty form; for a takeover, and of one screen, where the address says so."""
    screen_id = forms.number_in_address("screen")
    targets = targets_of((), [screen_id]) if screen_id else None
    over = screen_id is not None or "takes_over" in request.args
    with database().read() as session:
        zone = ZoneInfo(preferences(session).timezone)
    until = _typed(at() + USUAL, zone) if over else ""
    return _form(None, Given(takes_over=over, targets=targets, shows_until=until), ())


@pages.get("/<int:notice_id>")
def edit_page(notice_id: int) -> str:
    """One notice, to change."""
    with database().read() as session:
        zone = ZoneInfo(preferences(session).timezone)
        given = _given(notices.load(session, notice_id), zone)
    return _form(notice_id, given, ())


@pages.post("")
def create() -> Response | tuple[str, int]:
    """Write a new one."""
    return _save(None)


@pages.post("/<int:notice_id>")
def change(notice_id: int) -> Response | tuple[str, int]:
    """Change one; walls follow within a second."""
    return _save(notice_id)


@pages.post("/<int:notice_id>/end")
def end(notice_id: int) -> Response:
    """Take one off every wall."""
    notices.end_notice(database(), notice_id, user_id=me().user_id, at=at())
    flash(translate(N_("Taken off every wall.")))
    return redirect(url_for("notices.list_page"))


def _save(notice_id: int | None) -> Response | tuple[str, int]:
    try:
        notices.write_notice(
            database(), _draft(), user_id=me().user_id, at=at(), notice_id=notice_id,
            seen=stale.seen(),
        )  # fmt: skip
    except Invalid as invalid:
        return _form(notice_id, _as_typed(), invalid.problems, seen=stale.seen()), 422
    except Conflict:
        return _form(notice_id, _as_typed(), (), overtaken=True), 409
    flash(translate(N_("Saved.")))
    over = "takes_over" in request.form
    return redirect(url_for("takeovers.list_page" if over else "notices.list_page"))


def _draft() -> NoticeDraft:
    with database().read() as session:
        zone = ZoneInfo(preferences(session).timezone)
    return NoticeDraft(
        headline=forms.text("headline"), words=forms.text("words"),
        shows_from=forms.moment("shows_from", zone), shows_until=forms.moment("shows_until", zone),
        takes_over="takes_over" in request.form, picture=_picture(),
        no_picture="no_picture" in request.form, picture_tells=forms.text("picture_tells"),
        look=forms.text("look") or "notice", urgent="urgent" in request.form,
        targets=typed_targets(),
    )  # fmt: skip


def _picture() -> Redrawn | None:
    file = request.files.get("picture")
    return off_loop(redraw, file.read()) if file is not None and file.filename else None


def _as_typed() -> Given:
    return Given(
        headline=forms.text("headline"), words=forms.text("words"),
        shows_from=forms.text("shows_from"), shows_until=forms.text("shows_until"),
        takes_over="takes_over" in request.form, picture_tells=forms.text("picture_tells"),
        look=forms.text("look") or "notice", urgent="urgent" in request.form,
        targets=targets_as_typed(),
    )  # fmt: skip


def _given(found: Notice, zone: ZoneInfo) -> Given:
    return Given(
        headline=found.headline, words=found.words, shows_from=_typed(found.shows_from, zone),
        shows_until=_typed(found.shows_until, zone), takes_over=found.takes_over,
        picture_tells=found.picture_tells, look=found.look, urgent=found.urgent,
        targets=read_targets(found.targets),
    )  # fmt: skip


def _form(
    notice_id: int | None,
    given: Given,
    problems: Sequence[Problem],
    *,
    seen: str | None = None,
    overtaken: bool = False,
) -> str:
    with database().read() as session:
        found = notices.load(session, notice_id) if notice_id else None
        picture = found.picture if found else None
        saved = None
        if found and overtaken and found.ended_at is None:
            now = asdict(_given(found, ZoneInfo(preferences(session).timezone)))
            saved = stale.saved_meanwhile(LABELS, asdict(given), now)
        return render_template(
            "desk/notice.html",
            notice_id=notice_id, given=given, problems=problems, picture=picture,
            ended=found.ended_at if found else None, zone=preferences(session).timezone,
            preview=_preview(session, found), stale=saved, again=stale.file_was_sent(),
            seen=seen or (notices.notice_seen(found) if found else ""),
            looks=LOOKS, offered=offered(session, given.targets),
        )  # fmt: skip


def _preview(session: Session, found: Notice | None) -> dict[str, object]:
    """What the page draws with the player's own code."""
    body = notice_body(found) if found else {"id": "n0", "kind": "notice", "picture": None}
    return {"body": body, "programme": programme_to_preview(preferences(session))}


def _notices() -> Select[Notice]:
    return select(Notice).options(joinedload(Notice.picture))


def _typed(moment: datetime | None, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).strftime(TYPED) if moment else ""
