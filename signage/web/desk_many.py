"""Many at once: withdrawing all that somebody said, and those that say the same."""

from flask import Blueprint, flash, get_template_attribute, redirect, render_template, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from signage.actions import duplicates, sweep
from signage.actions.bodies import pieces_of_each
from signage.actions.decide import REASONS
from signage.actions.programme import LEASE_HOURS
from signage.core.likeness import words_of
from signage.errors import Invalid, NotFound
from signage.models import Quote, Recall, Withdrawal
from signage.models.deliveries import recall_deliveries
from signage.models.duplicates import MOST, merged_into, said_alike, speaker_of
from signage.models.queue import quote_with_response, quotes_with_responses
from signage.web import forms
from signage.web.context import at, database, me
from signage.web.permit import require
from signage.words import N_, translate

pages = Blueprint("many", __name__, url_prefix="/desk")
pages.before_request(require("moderate"))  # it shows words that do not hang, and who said them

SHOWN = 50


@pages.get("/withdrawals/new")
def new_sweep() -> str:
    """How many quotes it would be, before anything is done."""
    scope, value = forms.text("scope", 20), forms.text("value", 200)
    if scope not in sweep.SCOPES or not value:
        raise Invalid([sweep.NOBODY])
    with database().read() as session:
        found = sweep.count_swept(session, scope, value)
    return render_template(
        "desk/sweep_new.html", scope=scope, value=value, found=found, reasons=REASONS
    )


@pages.post("/withdrawals")
def begin_sweep() -> Response:
    """Withdraw them, if there are as many as were shown."""
    begun = sweep.sweep(
        database(), scope=forms.text("scope", 20), value=forms.text("value", 200),
        reason=forms.text("reason"), expected=forms.whole("expected"), user_id=me().user_id,
        at=at(),
    )  # fmt: skip
    return redirect(url_for("many.sweep_page", withdrawal_id=begun.id))


@pages.get("/withdrawals/<int:withdrawal_id>")
def sweep_page(withdrawal_id: int) -> str:
    """How far it has come, and from which walls the words are gone."""
    with database().read() as session:
        begun, batches = _sweep(session, withdrawal_id)
    return render_template(
        "desk/sweep.html", begun=begun, batches=batches, reason=REASONS.get(begun.reason, "")
    )


@pages.get("/withdrawals/<int:withdrawal_id>/progress")
def sweep_progress(withdrawal_id: int) -> dict[str, object]:
    """How far it has come, in a sentence, for pages that are open."""
    with database().read() as session:
        begun, _ = _sweep(session, withdrawal_id)
    sentence = get_template_attribute("desk/delivered.html", "swept")(begun)
    return {"sentence": " ".join(str(sentence).split()), "complete": begun.ended_at is not None}


@pages.get("/quotes/<int:quote_id>/alike")
def alike_page(quote_id: int) -> str:
    """Others that say the same as a quote, and those for whom it speaks already."""
    with database().read() as session:
        quote = quote_with_response(session, quote_id)
        if quote is None:
            raise NotFound
        found = said_alike(session, quote)
        alike = quotes_with_responses(session, found[:SHOWN])
        merged = quotes_with_responses(session, merged_into(session, quote_id, SHOWN))
        pieces = pieces_of_each(session, [quote, *alike, *merged])
        speaker = speaker_of(session, quote_id) if quote.state == "merged" else None
        just_so = _in_the_same_words(quote, alike)
    return render_template(
        "desk/alike.html", quote=quote, alike=alike, merged=merged, pieces=pieces, speaker=speaker,
        n=len(found), most=MOST, may_merge=quote.state in duplicates.SPEAKING, just_so=just_so,
    )  # fmt: skip


@pages.post("/quotes/<int:quote_id>/merging")
def merging(quote_id: int) -> Response:
    """Have this quote speak for the ones that were chosen."""
    members = forms.wholes("members")
    duplicates.merge(database(), quote_id, members, user_id=me().user_id, at=at())
    flash(translate(N_("Merged. The wall says how many said the same.")))
    return redirect(url_for("many.alike_page", quote_id=quote_id))


@pages.post("/quotes/<int:quote_id>/parting")
def parting(quote_id: int) -> Response:
    """Let a quote speak for itself again."""
    with database().read() as session:
        speaker = speaker_of(session, quote_id)
    duplicates.part(database(), quote_id, user_id=me().user_id, at=at())
    flash(translate(N_("It speaks for itself again, and waits in the queue.")))
    shown = speaker.id if speaker else quote_id
    return redirect(url_for("many.alike_page", quote_id=shown))


def _in_the_same_words(quote: Quote, others: list[Quote]) -> set[int]:
    """Those that say it word for word: only of them a machine knows that they say the same."""
    words = words_of(quote.response.comment or "")
    return {each.id for each in others if words_of(each.response.comment or "") == words}


def _sweep(session: Session, withdrawal_id: int) -> tuple[Withdrawal, list[dict[str, object]]]:
    begun = session.get(Withdrawal, withdrawal_id)
    if begun is None:
        raise NotFound
    recalls = session.scalars(
        select(Recall).where(Recall.cause == begun.cause).order_by(Recall.id).limit(SHOWN)
    ).all()
    found = recall_deliveries(session, recalls, at=at(), lease_hours=LEASE_HOURS)
    return begun, [{"recall": each, "delivery": found[each.id]} for each in recalls]
