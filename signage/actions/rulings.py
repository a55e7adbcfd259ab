"""Keeping what rules said of a quote, and what follows of it without a decision."""

import re
from contextlib import suppress
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from signage.actions.tags import put_tag
from signage.core.rules import HIDDEN, Facts, Judgement, Said
from signage.errors import Invalid
from signage.models import Quote, Ruling


def keep_rulings(session: Session, quote: Quote, judgement: Judgement, at: datetime) -> None:
    """Keep what was said in the place of what was said before; tags are put on, and the limit is
    the one of this passage."""
    session.execute(delete(Ruling).where(Ruling.quote_id == quote.id))
    session.add_all(
        Ruling(
            quote_id=quote.id, rule_id=said.rule_id, revision=quote.revision, did=said.did,
            verdict=said.verdict, why=said.why, words=[list(span) for span in said.words],
            made_at=at,
        )
        for said in judgement.said
    )  # fmt: skip
    for name in judgement.tags:
        with suppress(Invalid):  # it has as many as it can have
            put_tag(session, quote.id, name, user_id=None, at=at)
    quote.feeds = None if judgement.feeds is None else list(judgement.feeds)
    session.flush()


def words_of(facts: Facts, said: Said) -> list[str]:
    """The customer's words behind a ruling; what was cut or masked is not told."""
    told = (_TOLD.sub("[…]", facts.text[start:end]) for start, end in said.words)
    return list(dict.fromkeys(told))


_TOLD = re.compile(f"{HIDDEN}+")
