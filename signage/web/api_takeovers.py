"""Takeovers for other programs: POST, GET and DELETE /api/v1/takeovers."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from flask import g, jsonify

from signage.actions import notices, takeovers
from signage.actions.notice_draft import LOOKS, NoticeDraft
from signage.core.scopes import TAKEOVERS
from signage.core.shapes import flag, moment, nothing_or, one_of, several, text, thing, told, whole
from signage.core.targets import MOST, Targets, read_targets, targets_of
from signage.errors import Conflict, Invalid, NotFound, Problem
from signage.models import Notice, PreparedText
from signage.models.notice import open_takeovers
from signage.web.calls import Answer, body, by_program, call, iso, program_pages
from signage.web.context import at, database
from signage.web.ready_shapes import TARGETS, told_where
from signage.words import N_

pages = program_pages("api_takeovers", "/takeovers")

LONGEST_KEY = 100
TAKES = thing({name: nothing_or(shape) for name, shape in {
    "headline": text(most=80),
    "words": text(most=280),
    "look": one_of(tuple(LOOKS), "notice if missing."),
    "urgent": flag("Before all else, on every wall, not dimmed by night."),
    "prepared": whole("The id of a text that is kept ready, instead of all but from and key."),
    "from": moment("Now if missing."),
    "until": moment("Its end, at which walls go back by themselves; or minutes."),
    "minutes": whole("How long, instead of until.", 1, takeovers.MOST_MINUTES),
    "groups": several(whole("0: the screens in no group."), most=MOST),
    "screens": several(whole(), most=MOST),
    "key": text("Your own name for it: the same again hangs nothing twice.", LONGEST_KEY),
}.items()})  # fmt: skip
_OF_ONE = {
    "id": whole(), "headline": text(), "look": one_of(tuple(LOOKS)), "urgent": flag(),
    "from": moment(), "until": nothing_or(moment()), "on": flag("Whether it hangs now."),
    "for": TARGETS,
}  # fmt: skip
TAKEOVER = told(_OF_ONE, title="Takeover")
HUNG = told({**_OF_ONE, "reaches": whole("How many screens are meant.")}, title="HungTakeover")


@pages.get("")
@call(TAKEOVERS, {200: told({"takeovers": several(TAKEOVER)})})
def list_all() -> Answer:
    """Those that are on or to come, the earliest first."""
    with database().read() as session:
        each = [takeover_told(notice, at()) for notice in open_takeovers(session, at())]
    return jsonify(takeovers=each), 200


@pages.post("")
@call(TAKEOVERS, {201: HUNG, 200: HUNG}, takes=TAKES, most="60/minute")
def create() -> Answer:
    """Take walls over, now or from a time on. The same `key` again hangs nothing twice."""
    said = body()
    draft = _draft(said)
    key = f"{g.token_id} {said['key']}" if said.get("key") else None
    notice, new = takeovers.take_over(
        database(), draft, user_id=None, at=at(), by=by_program(), sent_key=key
    )
    with database().read() as session:
        reached = len(takeovers.reach(session, draft.targets))
    return jsonify(**takeover_told(notice, at()), reaches=reached), 201 if new else 200


@pages.delete("/<int:notice_id>")
@call(TAKEOVERS, {200: told({"status": one_of(("ended",))})}, errors=(404,))
def end(notice_id: int) -> Answer:
    """End one now. Ending what has ended changes nothing."""
    with database().read() as session:
        known = session.get(Notice, notice_id)
        if known is None or not known.takes_over:
            raise NotFound
    with suppress(Conflict):
        notices.end_notice(database(), notice_id, user_id=None, at=at(), by=by_program())
    return jsonify(status="ended"), 200


def _draft(said: Mapping[str, Any]) -> NoticeDraft:
    begin, minutes = said.get("from") or at(), said.get("minutes")
    if said.get("prepared") is not None:
        return _prepared(said, begin)
    return NoticeDraft(
        said.get("headline") or "", said.get("words") or "", begin,
        said.get("until") if minutes is None else begin + timedelta(minutes=minutes),
        takes_over=True, look=said.get("look") or "notice", urgent=bool(said.get("urgent")),
        targets=_targets(said),
    )  # fmt: skip


def _prepared(said: Mapping[str, Any], begin: datetime) -> NoticeDraft:
    others = [name for name in TAKES["properties"] if said.get(name) is not None]
    double = [name for name in others if name not in {"prepared", "from", "key"}]
    if double:
        told_already = N_("The prepared text says this already.")
        raise Invalid([Problem("wrong-type", told_already, name) for name in double])
    with database().read() as session:
        ready = session.get(PreparedText, said["prepared"])
        if ready is None:
            raise Invalid([Problem("unknown", N_("There is no such text."), "prepared")])
        return takeovers.draft_of(session, ready, begin, look=ready.look, urgent=ready.urgent)


def _targets(said: Mapping[str, Any]) -> Targets | None:
    groups, screens = said.get("groups"), said.get("screens")
    if groups is None and screens is None:
        return None
    return targets_of(groups or (), screens or ())


def takeover_told(notice: Notice, now: datetime) -> Mapping[str, Any]:
    """As TAKEOVER has it."""
    until = notice.shows_until
    return {
        "id": notice.id,
        "headline": notice.headline,
        "look": notice.look,
        "urgent": notice.urgent,
        "from": iso(notice.shows_from),
        "until": iso(until) if until else None,
        "on": notice.ended_at is None and notice.shows_from <= now,
        "for": told_where(read_targets(notice.targets)),
    }
