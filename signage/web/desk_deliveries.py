"""Deliveries: which walls have carried out a withdrawal, and which have seen a programme."""

import re
from collections.abc import Iterable, Sequence

from flask import Blueprint, get_template_attribute, render_template
from sqlalchemy import select
from sqlalchemy.orm import Session

from signage.actions.bodies import pieces_of_each
from signage.actions.programme import LEASE_HOURS
from signage.core.verbatim import Piece
from signage.errors import NotFound
from signage.models import Decision, Edition, Quote, Recall, Screen, User, Withdrawal
from signage.models.deliveries import (
    edition_deliveries,
    edition_lines,
    recall_deliveries,
    recall_lines,
)
from signage.models.queue import quotes_with_responses
from signage.web import forms
from signage.web.context import at, database
from signage.web.permit import require
from signage.web.wording import label_word

pages = Blueprint("deliveries", __name__, url_prefix="/desk/deliveries")
pages.before_request(require("look"))

PAGE = 25
SCREENS = 100
EXCERPT = 80


@pages.get("")
def recalls_page() -> str:
    """Words that were taken off the walls, the newest first, and how far that has come."""
    page = forms.page_number()
    with database().read() as session:
        found = session.scalars(
            select(Recall).order_by(Recall.id.desc()).offset((page - 1) * PAGE).limit(PAGE + 1)
        ).all()
        lines = _recall_lines(session, found[:PAGE])
    return render_template(
        "desk/deliveries.html", lines=lines, page=page, more=len(found) > PAGE, of="recalls"
    )


@pages.get("/<int:recall_id>")
def recall_page(recall_id: int) -> str:
    """One of them, screen by screen."""
    page = forms.page_number()
    with database().read() as session:
        recall = session.get(Recall, recall_id)
        if recall is None:
            raise NotFound
        (line,) = _recall_lines(session, [recall])
        screens = recall_lines(
            session, recall, at=at(), lease_hours=LEASE_HOURS, skip=(page - 1) * SCREENS,
            size=SCREENS + 1,
        )  # fmt: skip
    return render_template(
        "desk/delivery.html", line=line, screens=screens[:SCREENS], page=page,
        more=len(screens) > SCREENS, of="recalls",
    )  # fmt: skip


@pages.get("/<int:recall_id>/progress")
def progress(recall_id: int) -> dict[str, object]:
    """How far it has come, in a sentence, for pages that are open."""
    with database().read() as session:
        recall = session.get(Recall, recall_id)
        if recall is None:
            raise NotFound
        found = recall_deliveries(session, [recall], at=at(), lease_hours=LEASE_HOURS)
    delivery = found[recall_id]
    sentence = get_template_attribute("desk/delivered.html", "gone")(recall, delivery)
    # Only the template's own breaks: in French a narrow space belongs before a semicolon.
    return {
        "sentence": re.sub(r"[ \n]+", " ", str(sentence)).strip(),
        "complete": delivery.complete,
    }


@pages.get("/programmes")
def editions_page() -> str:
    """Changes of what walls are told besides their feeds, the newest first."""
    page = forms.page_number()
    with database().read() as session:
        found = session.scalars(
            select(Edition).order_by(Edition.id.desc()).offset((page - 1) * PAGE).limit(PAGE + 1)
        ).all()
        lines = _edition_lines(session, found[:PAGE])
    return render_template(
        "desk/deliveries.html", lines=lines, page=page, more=len(found) > PAGE, of="programmes"
    )


@pages.get("/programmes/<int:edition_id>")
def edition_page(edition_id: int) -> str:
    """One of them, screen by screen."""
    page = forms.page_number()
    with database().read() as session:
        edition = session.get(Edition, edition_id)
        if edition is None:
            raise NotFound
        (line,) = _edition_lines(session, [edition])
        screens = edition_lines(
            session, edition, at=at(), skip=(page - 1) * SCREENS, size=SCREENS + 1
        )
    return render_template(
        "desk/delivery.html", line=line, screens=screens[:SCREENS], page=page,
        more=len(screens) > SCREENS, of="programmes",
    )  # fmt: skip


def _recall_lines(session: Session, recalls: Sequence[Recall]) -> list[dict[str, object]]:
    deliveries = recall_deliveries(session, recalls, at=at(), lease_hours=LEASE_HOURS)
    words = _first_words(session, {recall.quote_id for recall in recalls if recall.quote_id})
    decided = _decided(session, recalls)
    return [
        {
            "recall": recall,
            "delivery": deliveries[recall.id],
            "words": words.get(recall.quote_id or 0, ""),
            "verdict": decided.get(recall.cause, ("", None))[0],
            "who": decided.get(recall.cause, ("", None))[1],
        }
        for recall in recalls
    ]


def _edition_lines(session: Session, editions: Sequence[Edition]) -> list[dict[str, object]]:
    deliveries = edition_deliveries(session, editions, at=at())
    screens = _names(session, Screen, (edition.screen_id for edition in editions))
    people = _names(session, User, (edition.user_id for edition in editions))
    return [
        {
            "edition": edition,
            "delivery": deliveries[edition.id],
            "screen": screens.get(edition.screen_id or 0, ""),
            "who": people.get(edition.user_id or 0),
        }
        for edition in editions
    ]


def _first_words(session: Session, ids: Iterable[int]) -> dict[int, str]:
    """Quote id → its first words as they hung: what was cut or masked stays so."""
    quotes: Sequence[Quote] = quotes_with_responses(session, sorted(ids))
    return {id_: _excerpt(pieces) for id_, pieces in pieces_of_each(session, quotes).items()}


def _excerpt(pieces: Iterable[Piece]) -> str:
    text = " ".join("".join(map(_as_hung, pieces)).split())
    if len(text) <= EXCERPT:
        return text
    return f"{text[:EXCERPT].rsplit(' ', 1)[0]}\N{NO-BREAK SPACE}…"


def _as_hung(piece: Piece) -> str:
    if piece.kind == "words":
        return piece.text
    return "[…]" if piece.label is None else f"[{label_word(piece.label)}]"


def _decided(session: Session, recalls: Iterable[Recall]) -> dict[str, tuple[str, str | None]]:
    """Cause → what was decided and by whom; an erasure and a correction are not among them."""
    causes = [recall.cause for recall in recalls]
    rows = session.execute(
        select(Decision, User.name)
        .outerjoin(User, User.id == Decision.user_id)
        .where(Decision.id.in_([int(cause[1:]) for cause in causes if cause.startswith("d")]))
    )
    found: dict[str, tuple[str, str | None]] = {
        f"d{decision.id}": (decision.verdict, name) for decision, name in rows
    }
    sweeps = session.execute(
        select(Withdrawal.id, User.name)
        .join(User, User.id == Withdrawal.user_id)
        .where(Withdrawal.id.in_([int(cause[1:]) for cause in causes if cause.startswith("w")]))
    )
    return found | {f"w{id_}": ("withdraw", name) for id_, name in sweeps}


def _names(
    session: Session, kind: type[Screen] | type[User], ids: Iterable[int | None]
) -> dict[int, str]:
    rows = session.execute(
        select(kind.id, kind.name).where(kind.id.in_({id_ for id_ in ids if id_}))
    )
    return dict(rows.all())
