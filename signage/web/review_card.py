"""One quote as the review page shows it: in the page, and alone for the page to put in place."""

import json
from dataclasses import asdict

from flask import render_template
from sqlalchemy.orm import Session

from signage.actions.bodies import latest_revision, quote_body
from signage.actions.consent import lacks_consent
from signage.actions.shortcuts import chosen_keys
from signage.core.attribution import choices
from signage.core.shortcuts import in_force
from signage.core.verbatim import LABELS
from signage.models import Quote, preferences
from signage.models.desk_news import Decided, held, last_decision
from signage.models.duplicates import said_alike
from signage.models.ruleset import rulings_of
from signage.models.tag import all_tags, tags_of
from signage.web.context import at, me
from signage.web.review_findings import found_in

OPEN = ("waiting", "set_aside")


def card(session: Session, quote: Quote) -> dict[str, object]:
    """What templates/desk/review_card.html is filled with."""
    response, revision = quote.response, latest_revision(session, quote)
    mine, lacks = me().user_id, lacks_consent(quote, preferences(session))
    return {
        "quote": quote,
        "spans": json.dumps(revision.to_json()),
        "who": revision.who,
        "whos": choices(response.consent, response.name, response.role),
        "lacks_consent": lacks,
        "rulings": rulings_of(session, [quote.id]).get(quote.id, []),
        "tags": tags_of(session, [quote.id]).get(quote.id, []),
        "all_tags": all_tags(session),
        "holder": next((h.by for h in held(session, at=at(), of=[quote.id]) if h.user != mine), ""),
        "is_open": quote.state in OPEN,
        "decided": last_decision(session, quote.id) if quote.state not in OPEN else None,
        "labels": LABELS,
        "alike": len(said_alike(session, quote)) if quote.state in OPEN else 0,
        "found": found_in(session, quote) if quote.state in OPEN else None,
        "keys": in_force(chosen_keys(session, mine)),
        "facts": {
            "quote": quote.id,
            "revision": quote.revision,
            "state": quote.state,
            "open": quote.state in OPEN,
            "approvable": quote.state in OPEN and not lacks,
            "comment": response.comment,
            "body": quote_body(session, quote),
        },
    }


def card_page(session: Session, quote: Quote) -> str:
    """The card alone."""
    return render_template("desk/review_card.html", **card(session, quote))


def decided_body(decided: Decided | None) -> dict[str, object] | None:
    """A decision as the page's script reads it."""
    return None if decided is None else {**asdict(decided), "mine": decided.user == me().user_id}
