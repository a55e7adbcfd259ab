"""Takeovers for other programs: POST, GET and DELETE /api/v1/takeovers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Blueprint, Response, g, jsonify, request
from sqlalchemy import select

from signage.actions import notices, takeovers
from signage.actions.notice_draft import NoticeDraft
from signage.core.roles import PROGRAM
from signage.core.scopes import TAKEOVERS
from signage.core.targets import Targets, read_targets, targets_of
from signage.errors import Conflict, Invalid, NotFound, Problem
from signage.models import Notice, PreparedText
from signage.web.bearer import require_token, scope
from signage.web.context import at, database
from signage.web.json_fields import Fields, read_fields
from signage.web.mistakes import problem_details
from signage.web.permit import require
from signage.web.security import csrf, limiter
from signage.words import N_, translate

pages = Blueprint("api_takeovers", __name__, url_prefix="/api/v1/takeovers")
pages.before_request(require(PROGRAM))
pages.before_request(require_token)
csrf.exempt(pages)

Answer = tuple[Response, int]
KNOWN = frozenset({
    "headline", "words", "look", "urgent", "prepared", "from", "until", "minutes", "groups",
    "screens", "key",
})  # fmt: skip
LARGEST_BODY = 64 * 1024
LONGEST_KEY = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """A takeover as a program asks for it."""

    draft: NoticeDraft
    key: str | None


@pages.get("")
@scope(TAKEOVERS)
def list_all() -> Answer:
    """Those that are on or to come, the earliest first."""
    with database().read() as session:
        found = session.scalars(
            select(Notice)
            .where(Notice.takes_over.is_(True), Notice.ended_at.is_(None))
            .where(Notice.shows_until > at())
            .order_by(Notice.shows_from, Notice.id)
        ).all()
        told = [_told(notice) for notice in found]
    return jsonify(takeovers=told), 200


@pages.post("")
@scope(TAKEOVERS)
@limiter.limit("60/minute", key_func=lambda: str(g.get("token_id", "")))
def create() -> Answer:
    """Take walls over, now or from a time on. The same `key` again hangs nothing twice."""
    request.max_content_length = LARGEST_BODY
    try:
        asked = _asked(read_fields(KNOWN))
        key = None if asked.key is None else f"{g.token_id} {asked.key}"
        by = f"token {g.token_id}"
        notice, new = takeovers.take_over(
            database(), asked.draft, user_id=None, at=at(), by=by, sent_key=key
        )
    except Invalid as invalid:
        return _refused(invalid)
    with database().read() as session:
        reached = len(takeovers.reach(session, asked.draft.targets))
    return jsonify(**_told(notice), reaches=reached), 201 if new else 200


@pages.delete("/<int:notice_id>")
@scope(TAKEOVERS)
def end(notice_id: int) -> Answer:
    """End one now. Ending what has ended changes nothing."""
    with database().read() as session:
        known = session.get(Notice, notice_id)
        if known is None or not known.takes_over:
            raise NotFound
    try:
        by = f"token {g.token_id}"
        notices.end_notice(database(), notice_id, user_id=None, at=at(), by=by)
    except Conflict:
        pass
    return jsonify(status="ended"), 200


def _asked(fields: Fields) -> Asked:
    targets = _targets(fields)
    shows_from = fields.moment("from") or at()
    prepared = fields.whole("prepared")
    if prepared is not None:
        draft = _prepared(prepared, fields, shows_from)
    else:
        minutes = fields.whole("minutes")
        draft = NoticeDraft(
            fields.text("headline") or "", fields.text("words") or "", shows_from,
            fields.moment("until") if minutes is None else _after(shows_from, minutes),
            takes_over=True, look=fields.text("look") or "notice",
            urgent=fields.flag("urgent"), targets=targets,
        )  # fmt: skip
    key = fields.text("key", LONGEST_KEY) or None
    fields.check()
    return Asked(draft, key)


def _prepared(text_id: int, fields: Fields, shows_from: datetime) -> NoticeDraft:
    with database().read() as session:
        text = session.get(PreparedText, text_id)
        if text is None:
            raise Invalid([Problem("unknown", N_("There is no such text."), "prepared")])
        draft = takeovers.draft_of(text, shows_from, look=text.look, urgent=text.urgent)
    for name in ("headline", "words", "look", "urgent", "until", "minutes", "groups", "screens"):
        fields.refuse(name, N_("The prepared text says this already."))
    return draft


def _targets(fields: Fields) -> Targets | None:
    groups, screens = fields.numbers("groups"), fields.numbers("screens")
    if groups is None and screens is None:
        return None
    return targets_of(groups or (), screens or ())


def _after(moment: datetime, minutes: int) -> datetime:
    if not 1 <= minutes <= takeovers.MOST_MINUTES:
        text, most = N_("From 1 to {most} minutes."), {"most": takeovers.MOST_MINUTES}
        raise Invalid([Problem("out-of-range", text, "minutes", most)])
    return moment + timedelta(minutes=minutes)


def _told(notice: Notice) -> Mapping[str, Any]:
    until, targets = notice.shows_until, read_targets(notice.targets)
    return {
        "id": notice.id,
        "headline": notice.headline,
        "look": notice.look,
        "urgent": notice.urgent,
        "from": _iso(notice.shows_from),
        "until": _iso(until) if until else None,
        "on": notice.ended_at is None and notice.shows_from <= at(),
        "for": None if targets is None else targets.as_json(),
    }


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _refused(invalid: Invalid) -> Answer:
    problems = [
        {"type": f"about:problem/{each.code}", "title": each.message(), "field": each.field}
        for each in invalid.problems
    ]
    title = translate(N_("Something needs mending"))
    return problem_details(422, "invalid", title, problems=problems)
