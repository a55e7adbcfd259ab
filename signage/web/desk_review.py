"""Review: one quote at a time, decided by key or button."""

from dataclasses import dataclass

from flask import Blueprint, render_template
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from signage.actions import decide
from signage.actions.programme import programme_to_preview
from signage.actions.shortcuts import chosen_keys
from signage.core.shortcuts import are_off, in_force
from signage.errors import NotFound
from signage.models import Quote, Screen, preferences
from signage.models.desk_news import held, latest_decision
from signage.models.queue import QueueItem, mix_feeds, queue, quote_with_response
from signage.web import forms
from signage.web.ages import queue_age
from signage.web.context import at, database, me
from signage.web.desk_deciding import just_decided
from signage.web.permit import require
from signage.web.review_card import card, card_page

pages = Blueprint("review", __name__, url_prefix="/desk")
pages.before_request(require("moderate"))

QUEUE_SHOWN = 30
SCREENS_NAMED = 3
STATES = ("waiting", "set_aside")


@pages.get("/review")
def queue_page() -> str:
    """The queue and one quote of it: the one asked for, else the oldest that nobody looks at."""
    state, wanted = _state(), forms.whole("quote")
    with database().read() as session:
        items, chosen = _shown(session, state, wanted, forms.whole("first"))
        quote = quote_with_response(session, chosen.id) if chosen else None
        page = {
            "state": state,
            "age": queue_age(session),
            "newest": _newest(session),
            "since": latest_decision(session),
            "items": items,
            "holders": _holders(session),
            "first": items[0].id if items else 0,
            "earlier": _earlier(session, state, items[0].id) if items else None,
            "later": items[-1].id + 1 if len(items) == QUEUE_SHOWN else None,
            "left": _left(session, wanted, chosen.id if chosen else 0),
            "reach": _reach(session),
            "done": just_decided(session, forms.whole("done")),
            "preview": _preview(session) if quote else None,
            "others": queue(session, _other(state), start=0, size=1),
            **_keys(session),
            **(card(session, quote) if quote else {"quote": None}),
        }
        return render_template("desk/review.html", reasons=decide.REASONS, **page)


@pages.get("/quotes/<int:quote_id>/card")
def card_alone(quote_id: int) -> str:
    """One quote as the page puts it in place: loaded before it is asked for."""
    with database().read() as session:
        quote = quote_with_response(session, quote_id)
        if quote is None:
            raise NotFound
        return card_page(session, quote)


@pages.get("/review/lines")
def lines() -> str:
    """More lines of the queue, from a quote on."""
    state = _state()
    with database().read() as session:
        items = queue(session, state, start=forms.whole("start"), size=QUEUE_SHOWN)
        return render_template(
            "desk/review_lines.html", items=items, state=state, holders=_holders(session),
            first=items[0].id if items else 0, current=None,
            later=items[-1].id + 1 if len(items) == QUEUE_SHOWN else None,
        )  # fmt: skip


def _state() -> str:
    return forms.text("state") if forms.text("state") in STATES else "waiting"


def _keys(session: Session) -> dict[str, object]:
    chosen = chosen_keys(session, me().user_id)
    return {"keys": in_force(chosen), "keys_off": are_off(chosen)}


def _holders(session: Session) -> dict[int, str]:
    """Quote id → who else looks at it just now."""
    return {h.quote: h.by for h in held(session, at=at()) if h.user != me().user_id}


def _shown(
    session: Session, state: str, wanted: int, first: int
) -> tuple[list[QueueItem], QueueItem | None]:
    """The stretch of the queue on show, and the quote of it to look at.

    The stretch stays where it is while its quotes are looked through, so that no line moves under
    the hand.
    """
    if 0 < first <= wanted:
        items = queue(session, state, start=first, size=QUEUE_SHOWN)
        chosen = _free(session, [item for item in items if item.id >= wanted], wanted)
        if chosen:
            return items, chosen
    items = queue(session, state, start=wanted, size=QUEUE_SHOWN)
    if not items and wanted:
        items = queue(session, state, start=0, size=QUEUE_SHOWN)
    return items, _free(session, items, wanted)


def _free(session: Session, items: list[QueueItem], wanted: int) -> QueueItem | None:
    """The one asked for; else the first that nobody else looks at; else the first."""
    taken = _holders(session)
    asked = (item for item in items if item.id == wanted)
    free = (item for item in items if item.id not in taken)
    return next(asked, None) or next(free, None) or next(iter(items), None)


def _left(session: Session, wanted: int, shown: int) -> int | None:
    """The quote that was asked for, where another is shown in its place: it left the queue.

    After a decision, and where a stretch begins, what is asked for is only where to go on from.
    """
    asked = not forms.whole("done") and not forms.whole("first")
    if not asked or wanted in (0, shown):
        return None
    return session.scalar(select(Quote.id).where(Quote.id == wanted))


def _earlier(session: Session, state: str, than: int) -> int | None:
    """The quote just before the stretch on show."""
    return session.scalar(select(func.max(Quote.id)).where(Quote.state == state, Quote.id < than))


@dataclass(frozen=True, slots=True)
class Reach:
    """Where an approved quote will be seen. names: of the first screens; more: how many others."""

    screens: int
    names: tuple[str, ...]
    more: int


def _reach(session: Session) -> Reach | None:
    names = session.scalars(
        select(Screen.name).where(Screen.revoked_at.is_(None)).order_by(Screen.name)
    ).all()
    few = tuple(names[:SCREENS_NAMED])
    return Reach(len(names), few, len(names) - len(few)) if names else None


def _preview(session: Session) -> dict[str, object]:
    """What the preview takes from the wall, whichever quote it shows."""
    return {
        "programme": programme_to_preview(preferences(session)),
        "feeds": mix_feeds(session),
    }


def _newest(session: Session) -> int:
    return session.scalar(select(func.max(Quote.id))) or 0


def _other(state: str) -> str:
    return "set_aside" if state == "waiting" else "waiting"
