"""Erasing an answer, for a customer who asks for it."""

from collections import Counter
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from signage.actions.afterwards import log_committed
from signage.actions.audit import note
from signage.actions.duplicates import part_all, tell_speakers
from signage.actions.hang import take_down
from signage.actions.receipts import recall
from signage.actions.screenshots import drop_screenshots
from signage.actions.tally import count, mark_stale, tally_key
from signage.actions.words import note_erased
from signage.models import Database, ItemPlay, Quote, SurveyResponse, Withdrawal


def erase(
    database: Database,
    source: str,
    external_id: str,
    *,
    at: datetime,
    token_id: int | None = None,
) -> bool:
    """Erase an answer, its payloads, its quote and its count; its words leave every wall."""
    with database.write() as session:
        response = session.scalars(
            select(SurveyResponse).where(
                SurveyResponse.source == source, SurveyResponse.external_id == external_id
            )
        ).one_or_none()
        if response is None:
            return False
        cause = f"r{response.id}"
        quote = session.scalars(select(Quote).where(Quote.response_id == response.id)).one_or_none()
        if quote is not None:
            hung = quote.state == "published"
            quote.state = "erased"  # so that no improvement quotes it any more
            part_all(session, quote.id, at)
            parts = take_down(session, quote.id, at, cause=cause)
            if hung:
                recall(session, quote, parts, cause=cause, at=at)
            drop_screenshots(session, at)
            tell_speakers(session, [quote.id], at, cause=cause)
            session.execute(delete(ItemPlay).where(ItemPlay.item == f"q{quote.id}"))
        if key := tally_key(response, response.touchpoint_id):
            count(session, Counter({key: -1}))
            mark_stale(session, {key.metric})
        log_committed(session, "decided", cause=cause, verdict="erase")
        by = f"token {token_id}" if token_id else ""
        note(session, "erased", user_id=None, about=f"answer {response.id}", detail=by, at=at)
        session.flush()
        note_erased(session, at)
        _forget_respondent(session, response)
        session.execute(delete(SurveyResponse).where(SurveyResponse.id == response.id))
    database.empty_log()
    return True


def _forget_respondent(session: Session, response: SurveyResponse) -> None:
    """With somebody's last answer goes their name from the withdrawals of all that they said."""
    who = response.respondent
    named = (Withdrawal.scope == "respondent", Withdrawal.value == who)
    if who is None or session.scalar(select(Withdrawal.id).where(*named).limit(1)) is None:
        return
    theirs = select(SurveyResponse.id).where(SurveyResponse.respondent == who)
    if session.scalar(theirs.where(SurveyResponse.id != response.id).limit(1)) is None:
        session.execute(update(Withdrawal).where(*named).values(value=""))
