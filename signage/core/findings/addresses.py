"""Postal addresses as seven languages write them: street and number, code and place."""

from collections.abc import Iterator

import regex

from signage.core.findings.finding import Comment, Finding, Level
from signage.words import N_

_EDGE = r"(?<![\p{L}\p{N}])"
_NAME = r"\p{Lu}[\p{L}\p{M}’'.\-]{0,30}+"
_NUMBER = r"[0-9]{1,4}[ ]?[a-zA-Z]?(?![\p{L}\p{N}])(?!:\d|[.,]\d)"
_UNITS = (
    r"(?![ ]?(?:min|minut|tim|timm|h\b|år|dag|km|m\b|mil|kr|kronor|kroner|euro|€|%|gång|gange|gang"
    r"|ganger|fois|times|mal\b|x\b|st\b|stk|Uhr|kl|pm|am))"
)
_ENDED = (
    "gatan|gata|gatu|vägen|väg|gränd|gränden|torget|torg|stigen|stig|allén|allé|alle|backen|esplanaden"
    "|gade|gaden|vej|vejen|vænget|vænge|stræde|strædet|torv|plads|pladsen|boulevard|bakken"
    "|veien|vei|vegen|veg|gate|gaten|plass|plassen|bakke|svingen|tunet"
    "|straße|strasse|str\\.|weg|platz|gasse|ufer|damm|chaussee|ring|steig"
    "|katu|tie|polku|kuja|kaari|tori|ranta|väylä|penger|rinne|raitti|straat|laan|gracht|plein"
)
# Endings that other words have too count only behind a longer stem.
_ONE_WORD = regex.compile(
    rf"{_EDGE}(?:{_NAME}[ ]){{0,2}}\p{{Lu}}[\p{{L}}\-]{{2,30}}?(?:{_ENDED})[ ]{_NUMBER}{_UNITS}"
)
_TWO_WORDS = regex.compile(
    rf"{_EDGE}{_NAME}[ ](?:gatan|gata|vägen|väg|gränd|torg|allé|gade|vej|plads|torv|vei|veien|gate"
    rf"|plass|Straße|Strasse|Str\.|Weg|Platz|Allee|Ufer|katu|tie|polku)[ ]{_NUMBER}{_UNITS}"
)
_FRENCH = regex.compile(
    rf"(?i:{_EDGE}[0-9]{{1,4}}(?:[ ]?(?:bis|ter|quater))?,?[ ](?:rue|avenue|av\.|boulevard|bd\.?"
    r"|place|chemin|impasse|allée|allées|quai|route|cours|square|passage|faubourg|sentier)[ ])"
    rf"(?:(?i:de[ ]la|de[ ]l['’]|de|des|du|d['’]|la|le|les|l['’])[ ]?)?"
    rf"(?:{_NAME}|[0-9]{{1,2}})(?:[ \-](?:(?:de|du|des|la|le|et)[ ])?{_NAME}){{0,3}}"
)
_ENGLISH = regex.compile(
    rf"{_EDGE}[0-9]{{1,6}}[a-zA-Z]?,?[ ](?:{_NAME}[ ]){{1,3}}(?:Street|St|Road|Rd|Avenue|Ave|Lane"
    r"|Ln|Drive|Dr|Court|Ct|Square|Sq|Place|Pl|Boulevard|Blvd|Way|Close|Crescent|Cres|Terrace|Gardens"
    r"|Highway|Hwy|Grove|Mews|Row|Hill|Parade|Parkway|Pkwy|Circle|Cir|Trail|Walk)(?![\p{L}])\.?"
)
_BOX = regex.compile(
    rf"{_EDGE}(?:P\.?[ ]?O\.?[ ]?Box|PSC|Box|Postboks|Postbox|Postfach|PL|BP|B\.P\."
    r"|Boîte[ ]postale)"
    r"[ ][0-9]{1,6}(?![\p{L}\p{N}])"
)
_FLAT = regex.compile(
    rf"(?i){_EDGE}(?:lgh|lägenhet|apt\.?|apartment|suite|flat|unit|leilighet|lejlighed|wohnung"
    r"|appartement|appt\.?|asunto|as\.)[ ](?:nr\.?[ ]?)?[0-9]{1,4}[a-z]?(?![\p{L}\p{N}])"
)
_CODED = regex.compile(
    rf"{_EDGE}(?:(?:SE|S|D|DE|F|FR|FI|FIN|DK|NO|N)-[0-9]{{3}}[ ]?[0-9]{{1,2}}|[0-9]{{5}}"
    r"|[0-9]{3}[ ][0-9]{2})"
    rf"[ ](?!(?:Kr|Euro|Mark|Kilometer|Uhr|SEK|EUR)\b){_NAME}(?![\p{{L}}])"
)
_FOUR = regex.compile(
    r"(?:,|\n)[ ]?([0-9]{4}[ ]\p{Lu}[\p{L}]{2,}(?:[ ][A-ZÆØÅ]{1,2})?)(?![\p{L}\p{N}])"
)
_BRITISH = regex.compile(
    rf"{_EDGE}[A-Z]{{1,2}}[0-9][A-Z0-9]?[ ][0-9][ABD-HJLNP-UW-Z]{{2}}(?![\p{{L}}\p{{N}}])"
)

_STREET = N_("This reads like a street and its number.")
_PLACE = N_("This reads like a postcode and its place.")
_PATTERNS: tuple[tuple["regex.Pattern[str]", Level, str], ...] = (
    (_ONE_WORD, "high", _STREET), (_TWO_WORDS, "high", _STREET), (_FRENCH, "high", _STREET),
    (_ENGLISH, "high", _STREET), (_CODED, "medium", _PLACE), (_BRITISH, "medium", _PLACE),
    (_BOX, "medium", N_("This reads like a post office box.")),
    (_FLAT, "low", N_("This reads like the number of a flat.")),
)  # fmt: skip


def addresses(comment: Comment) -> Iterator[Finding]:
    """Storgatan 5, 12 rue de la Paix, 221B Baker Street, 114 55 Stockholm."""
    if not comment.digits:
        return
    for pattern, level, reason in _PATTERNS:
        for match in pattern.finditer(comment.numeric):
            yield Finding(*match.span(), "address", level, reason)
    for match in _FOUR.finditer(comment.numeric):
        yield Finding(*match.span(1), "address", "low", _PLACE)
