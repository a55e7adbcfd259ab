"""What a customer agreed to is never exceeded."""

from signage.core.attribution import allowed
from signage.core.verbatim import Revision
from signage.errors import Invalid, Problem
from signage.models import Preferences, Quote
from signage.words import N_

NO_CONSENT = N_(
    "It is not known whether this customer agreed to be quoted, and by your settings such comments"
    " do not hang at all. Reject it, or send the consent in with the answer."
)


def check_consent(quote: Quote, revision: Revision, chosen: Preferences) -> None:
    """Raise Invalid unless the quote may be shown, named as the revision says."""
    if lacks_consent(quote, chosen):
        raise Invalid([Problem("no-consent", NO_CONSENT, "consent")])
    check_who(quote, revision)


def lacks_consent(quote: Quote, chosen: Preferences) -> bool:
    """Whether nothing is known of the customer's consent, and that rules the quote out."""
    return quote.response.consent == "unknown" and chosen.without_consent == "refuse"


def check_who(quote: Quote, revision: Revision) -> None:
    """Raise Invalid where a revision names the customer further than the consent goes."""
    if revision.who is not None and revision.who not in allowed(quote.response.consent):
        text = N_("The customer did not agree to be named like that. Choose another way.")
        raise Invalid([Problem("above-consent", text, "who")])
