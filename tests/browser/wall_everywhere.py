"""Every scene in each of its states, in each of the seven languages: made-up content for walls."""

from collections.abc import Iterator
from typing import Any

from signage.actions.programme import wall_words
from signage.core.codes import modules_of
from signage.words import LANGUAGES
from tests.browser import wall_content as made
from tests.browser.wall_content import NOW, feed

Feeds = dict[str, dict[str, Any]]

DAY = 86_400_000
PANELS = {"wide": ((55, 5), (32, 2.5)), "small": ((10.1, 0.8), (15.6, 1.2))}
"""Diagonal in inches and distance in metres, of large screens and of small ones."""
FRESH = (
    {"state": "live", "since": None}, {"state": "as_of", "since": NOW - 3_600_000},
    {"state": "offline", "since": NOW - 5_400_000}, {"state": "offline", "since": NOW - 2 * DAY},
)  # fmt: skip

SHORT = {
    "en": "The app told me the hour, and it came at that hour.",
    "sv": "Appen sa klockslaget och då kom det. Åh, så skönt!",
    "da": "Appen sagde et tidspunkt, og så kom det. Rød grød næste gang?",
    "nb": "Appen sa når det kom, og da kom det. Så kjekt å få det på døra!",
    "fi": "Sovellus kertoi kellonajan, ja silloin se myös tuli. Älyttömän hyvä!",
    "de": "Die App nannte die Uhrzeit, und genau dann kam es auch. Großartig!",
    "fr": "L’appli donnait l’heure, et c’est arrivé à l’heure dite. Bravo !",
}
LONG = {
    "en": made.LONG,
    "sv": (
        "Leveransförseningsmeddelandet kom i tid, men kundtjänstmedarbetaren visste inget om "
        "hemmonteringen. Jag väntade fyrtiosju minuter i telefon och kopplades fel två gånger. "
        "Den tredje var fantastisk: hon ringde lagret och ordnade en bil samma eftermiddag. "
    ),
    "da": (
        "Leveringsforsinkelsesbeskeden kom i tide, men kundeservicemedarbejderen vidste intet om "
        "hjemmemonteringen. Jeg ventede syvogfyrre minutter i telefonen og blev stillet forkert "
        "om to gange. Den tredje var fantastisk og skaffede en bil samme eftermiddag. "
    ),
    "nb": (
        "Leveringsforsinkelsesmeldingen kom i tide, men kundebehandleren visste ingenting om "
        "hjemmemonteringen. Jeg ventet i førtisju minutter på telefonen og ble satt feil over "
        "to ganger. Den tredje var fantastisk og skaffet en bil samme ettermiddag. "
    ),
    "fi": (
        "Toimituksenviivästymisilmoitus tuli ajoissa, mutta asiakaspalveluhenkilöstö ei tiennyt "
        "kotiinasennuksesta mitään. Odotin puhelimessa neljäkymmentäseitsemän minuuttia ja minut "
        "yhdistettiin kahdesti väärään paikkaan. Kolmas oli mahtava ja järjesti auton. "
    ),
    "de": (
        "Die Lieferverzögerungsbenachrichtigung kam rechtzeitig, aber der Kundendienstmitarbeiter "
        "wusste nichts von der Selbstaufbauanleitung. Siebenundvierzig Minuten hing ich am "
        "Telefon und wurde zweimal falsch verbunden. Die Dritte war großartig und half sofort. "
    ),
    "fr": (
        "L’avis de retard est bien arrivé à temps, mais le conseiller ne savait rien du montage à "
        "domicile. J’ai attendu quarante-sept minutes au téléphone et l’on m’a mal orienté deux "
        "fois. La troisième personne a été formidable : elle a trouvé un camion l’après-midi. "
    ),
}
PLACES = {
    "en": ("Customer service by telephone", "Assembly at home"),
    "sv": ("Kundtjänstsamtal per telefon", "Hemmontering"),
    "da": ("Kundeservicehenvendelser", "Montering i hjemmet"),
    "nb": ("Kundeservicehenvendelser", "Hjemmemontering"),
    "fi": ("Asiakaspalveluyhteydenotot", "Kotiinasennus"),
    "de": ("Kundendienstbenachrichtigung", "Selbstaufbauanleitung"),
    "fr": ("Service après-vente à distance", "Montage à domicile"),
}
LONGEST = "Rücksendungsbearbeitung und Auftragsbestätigungen im Geschäft"
"""As long a name as a touchpoint may have."""
ABOUT = [LONGEST, "Kundendienstbenachrichtigung am Telefon", "Selbstaufbauanleitung zu Hause"]
FRAME = {
    "title": "What customers say in all our shops and stores in the north"[:60],
    "screen": {"id": "s1", "name": "Hall", "site": f"Head office, building C, {LONGEST}"[:80]},
}  # fmt: skip
"""As long as titles and sites may be."""


def cases(language: str) -> Iterator[tuple[str, Feeds]]:
    """Scene and state, and the feeds that make it hang."""
    yield from _quotes(language)
    yield from _improvements(language)
    yield from _scores(language)
    yield from _places(language)
    yield from _notices(language)
    yield "empty", {}
    yield "lapsed", {"quotes": feed("quotes", made.quote(SHORT[language]))}


def _quotes(language: str) -> Iterator[tuple[str, Feeds]]:
    short, long, place = SHORT[language], LONG[language], PLACES[language][0]
    said = {"language": language, "touchpoint": place}
    masked = [
        {"kind": "mask", "label": "phone"}, *made.words(f" {short} "), {"kind": "cut"},
    ]  # fmt: skip
    one = {
        "short": made.quote(short, **said), "emoji": made.quote("Åäöæøß! 👍🏽 😀", **said),
        "long": made.quote(long * 3, also=12, **said), "one": made.quote("OK", **said),
        "masked": made.quote("", pieces=masked, also=1, **said),
        "leftward": made.quote("التوصيل كان سريعاً. شكراً لكم.", language="ar"),
    }  # fmt: skip
    for state, quote in one.items():
        yield f"quote {state}", {"quotes": feed("quotes", quote), "nps": feed("metric", _nps())}
    for n in (3, 4, 7):
        several = [
            quote | {"pieces": made.words(short), "language": language} if i % 2 else quote
            for i, quote in enumerate(made.short_quotes(n))
        ]
        yield f"mosaic {n}", {"quotes": feed("quotes", *several)}
    quotes = [made.quote(short, id=f"q{n}", **said) for n in range(8)]
    yield "mix both", {
        "mix": feed("metric", made.mix()), "nps": feed("metric", _nps()),
        "quotes": feed("quotes", *quotes),
    }  # fmt: skip
    yield "mix old", {
        "mix": feed("metric", made.mix()), "nps": feed("metric", _nps(as_of=NOW - 9 * DAY)),
        "quotes": feed("quotes", *quotes),
    }  # fmt: skip
    yield "mix none", {"mix": feed("metric", made.mix())}


def _improvements(language: str) -> Iterator[tuple[str, Feeds]]:
    short, long, (place, other) = SHORT[language], LONG[language], PLACES[language]
    said = made.quote(short, score=6, band="detractor", language=language) | {"more": 41}
    both = made.improvement(short, None, touchpoint=place) | {"said": said}
    each = {
        "both": both, "alone": made.improvement(short, None, touchpoint=other),
        "long": both | {"did": long, "said": said | {"pieces": made.words(long * 2)}},
        "chance": both | {"said": None, "effect": both["effect"] | {"direction": "none"}},
        "later": both | {"effect": None, "measured_again_on": "2026-05-03"},
    }  # fmt: skip
    for state, item in each.items():
        yield f"improvement {state}", {"improvements": feed("improvements", item)}


def _nps(**changes: object) -> dict[str, Any]:
    return made.metric(question="", **changes)


def _scores(language: str) -> Iterator[tuple[str, Feeds]]:
    few: dict[str, Any] = {"enough": False, "score": None, "n": 12, "trend": []}
    steady = {"difference": 0, "direction": "none", "against_days": 90, "p": 0.6}
    down = {"difference": -24, "direction": "down", "against_days": 365, "p": 0.001}
    labels = [
        {"day": "2026-02-03", "label": SHORT[language]},
        {"day": "2026-02-10", "label": PLACES[language][0]},
    ]
    each = {
        "nps now": _nps(improvements=labels), "nps few": _nps(**few),
        "nps old": _nps(as_of=NOW - 9 * DAY, change=down, score=-100, n=1_284_302),
        "nps new": _nps(change=None, trend=[]), "nps steady": _nps(change=steady),
        "nps uneven": _nps(counts={"promoter": 1270, "passive": 8, "detractor": 6}),
        "nps about": _nps(about=ABOUT),
        "csat now": made.csat(improvements=labels), "csat few": made.csat(**few),
        "csat old": made.csat(as_of=NOW - 9 * DAY, change=down),
        "ces now": made.ces(improvements=labels), "ces few": made.ces(**few),
        "ces old": made.ces(as_of=NOW - 9 * DAY, change=down | {"difference": -1.2}),
    }  # fmt: skip
    for name, item in each.items():
        yield name, {name.split()[0]: feed("metric", item)}


def _places(language: str) -> Iterator[tuple[str, Feeds]]:
    usual = made.touchpoints()
    points = [dict(point) for point in usual["points"]]
    points[3]["name"], points[1]["name"] = PLACES[language]
    longest = [point | {"name": f"{LONGEST[:-1]}{i}"} for i, point in enumerate(points)]
    quiet = [point | {"standing": None} for point in points]
    each = {
        "way": points, "long": longest, "few": points[-1:], "quiet": quiet, "two": points[2:4],
    }  # fmt: skip
    items = {state: usual | {"points": shown} for state, shown in each.items()}
    items |= {"old": usual | {"as_of": NOW - 9 * DAY}, "about": usual | {"about": ABOUT}}
    for state, item in items.items():
        yield f"touchpoints {state}", {"touchpoints": feed("touchpoints", item)}


def _notices(language: str) -> Iterator[tuple[str, Feeds]]:
    short, long = SHORT[language], LONG[language]
    picture = {"url": "/static/wall/icon.svg", "width": 800, "height": 600, "tells": ""}
    each = {
        "notice short": made.notice(PLACES[language][1]),
        "notice text": made.notice(short, long[:160]),
        "notice long": made.notice(LONGEST[:60], f"{long} {long}"[:280]),
        "notice picture": made.notice(short, long[:160], picture=picture),
        "notice over": made.notice(short, long[:160], takes_over=True, until=NOW + DAY),
        "notice urgent": made.notice(
            short, long[:160], takes_over=True, urgent=True, until=NOW + DAY
        ),
        "celebration short": made.celebration(PLACES[language][1]),
        "celebration text": made.celebration(short, long[:160]),
        "celebration long": made.celebration(LONGEST[:60], f"{long} {long}"[:280]),
        "ask short": made.ask(),
        "ask long": made.ask(headline=LONGEST[:60], address="example.com/" + "answers/" * 8),
    }
    for name, item in each.items():
        yield name, {"notices": feed("notices", item)}


def pictures(size: int, panels: tuple[tuple[float, float], ...]) -> list[Any]:
    """What one size of screen hangs: each scene in each language and theme, in two of its states or
    half of them: they take turns, so that three sizes have hung them all in each language. Title
    and site, freshness, diagonal and distance go round on a beat of their own."""
    hung: list[Any] = []
    for turn, language in enumerate(LANGUAGES):
        states: dict[str, list[tuple[str, Feeds]]] = {}
        for name, feeds in cases(language):
            states.setdefault(name.split()[0], []).append((name, feeds))
        for several in states.values():
            for beat, (name, feeds) in enumerate(_turns(several, turn + size)):
                hung.append(_hung(name, feeds, language, len(hung), beat + turn + size, panels))
        hung += _unlinked(language)
    return hung


def _turns(states: list[Any], first: int) -> list[Any]:
    step = 2 if len(states) > 2 else 1
    return [
        states[(first + step * n) % len(states)] for n in range(max(2, len(states) // 2))
    ]  # fmt: skip


def _hung(
    name: str, feeds: Feeds, language: str, place: int, beat: int, panels: tuple[Any, ...]
) -> dict[str, Any]:
    scene = name.split(maxsplit=1)[0]
    inch, metres = panels[place // 3 % 2]
    programme = made.programme(
        "quote" if scene == "lapsed" else scene, next(iter(feeds), "quotes"), locale=language,
        words=_words(language), theme=("ink", "paper")[beat % 2], diagonal_inch=inch,
        distance_m=metres, **(FRAME if place % 5 == 0 else {}),
    ) | ({"playlist": []} if scene == "empty" else {})  # fmt: skip
    contact = NOW - 4 * DAY if scene == "lapsed" else NOW
    fresh = FRESH[place % len(FRESH)]
    return _picture(f"{name} {language}", programme, feeds, fresh=fresh, contact=contact)


CODE = {
    "id": "pairing", "kind": "pairing", "code": "MWWM-XWMW", "address": "signage.example.com/pair",
    "modules": modules_of("https://signage.example.com/pair?code=MWWMXWMW"),
}  # fmt: skip
"""As wide as codes get."""


def _unlinked(language: str) -> list[dict[str, Any]]:
    """What stands there before a programme has come: in the page's language."""
    words = {"locale": language, "words": _words(language)}
    return [
        _picture(f"{scene} {language}", None, {}, link=link, code=CODE, **words)
        for scene, link in (("pairing", "pairing"), ("revoked", "revoked"), ("waiting", "linked"))
    ]


def _picture(
    name: str, programme: dict[str, Any] | None, feeds: Feeds, **more: object
) -> dict[str, Any]:
    return {"name": name, "programme": programme, "feeds": feeds, "now": NOW} | more


def _words(language: str) -> dict[str, str]:
    return dict(wall_words(language))
