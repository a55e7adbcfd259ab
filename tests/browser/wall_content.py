"""Made-up content for walls: what the server would send (docs/protocol.md)."""

from typing import Any

NOW = 1_776_152_520_000  # 14 April 2026, 09:42 in Stockholm
FRESH = NOW - 4000

LONG = (
    "Ordered three pallets of tiles and got two. I then waited forty-seven minutes on the phone "
    "and was put through to the wrong desk twice. The third person was wonderful: she called the "
    "warehouse, had an extra van sent the same afternoon and rang me in the evening to hear "
    "whether everything had come. You do not forget such a thing. But why should one need luck? "
)
COMPOUND = "Die Lieferverzögerungsbenachrichtigung der Kundendienstmitarbeiterin kam rechtzeitig."


def programme(scene: str, feed: str, **changes: object) -> dict[str, Any]:
    """A programme that shows one scene."""
    return {
        "protocol": 1, "version": "1", "screen": {"id": "s1", "name": "Hall", "site": "Solna"},
        "title": "Customer voices", "locale": "en", "timezone": "Europe/Stockholm", "theme": "ink",
        "motion": False, "diagonal_inch": 55, "distance_m": 5, "lease_hours": 72,
        "playlist": [{"scene": scene, "feed": feed, "count": 1}], "words": {},
    } | changes  # fmt: skip


def words(text: str) -> list[dict[str, str]]:
    """A text as the only piece."""
    return [{"kind": "words", "text": text}]


def quote(text: str, **changes: object) -> dict[str, Any]:
    """A quote published a moment ago."""
    return {
        "id": "q1", "kind": "quote", "pieces": words(text), "language": "en", "metric": "nps",
        "score": 9, "scale": [0, 10], "band": "promoter",
        "who": {"kind": "role", "text": "Buyer"}, "touchpoint": "Delivery",
        "answered_on": "2026-04-13", "published_at": FRESH, "words": len(text.split()),
    } | changes  # fmt: skip


def improvement(did: str, said: str | None, **changes: object) -> dict[str, Any]:
    """An improvement with the words behind it and its effect."""
    effect = {
        "metric": "nps", "before": {"score": -4, "n": 412}, "after": {"score": 17, "n": 530},
        "direction": "up", "days": 90, "days_after": 90,
    }  # fmt: skip
    behind = None if said is None else quote(said, score=6, band="detractor") | {"more": 41}
    return {
        "id": "i1", "kind": "improvement", "did": did, "label": "New pages", "by": "The web team",
        "done_on": "2026-02-03", "touchpoint": "Website", "said": behind, "effect": effect,
        "measured_again_on": None, "published_at": FRESH, "words": len(f"{did} {said}".split()),
    } | changes  # fmt: skip


def metric(**changes: object) -> dict[str, Any]:
    """A score with a trend of thirteen weeks."""
    trend = [
        {"day": f"2026-{1 + week // 4:02}-{1 + 7 * (week % 4):02}", "n": 900}
        | {"score": 15 + week, "low": 9 + week, "high": 21 + week}
        for week in range(13)
    ]
    return {
        "id": "nps", "kind": "nps", "question": "Would they recommend us?", "window_days": 90,
        "as_of": NOW, "enough": True, "n": 1284, "minimum": 30, "score": 27, "low": 22, "high": 32,
        "counts": {"promoter": 693, "passive": 244, "detractor": 347}, "trend": trend,
        "target": {"score": 30, "by": "2026-07-01"},
        "change": {"difference": 8, "direction": "up", "against_days": 90, "p": 0.004},
        "improvements": [
            {"day": "2026-02-03", "label": "the new website"},
            {"day": "2026-02-10", "label": "a word before each delivery"},
        ],
    } | changes  # fmt: skip


def csat(**changes: object) -> dict[str, Any]:
    """Satisfaction: a share of good answers, in per cent."""
    trend = [point | {"score": 81, "low": 78, "high": 84} for point in metric()["trend"]]
    return metric(
        id="csat", kind="csat", question="", score=81, low=78, high=84, mean=4.2, share=81, n=940,
        counts={"satisfied": 761, "neutral": 103, "dissatisfied": 76}, trend=trend, target=None,
        change={"difference": 3, "direction": "up", "against_days": 90, "p": 0.02},
    ) | changes  # fmt: skip


def ces(**changes: object) -> dict[str, Any]:
    """Effort: a mean of 1 to 7."""
    trend = [point | {"score": 5.3, "low": 5.1, "high": 5.5} for point in metric()["trend"]]
    return metric(
        id="ces", kind="ces", question="", score=5.3, low=5.1, high=5.5, mean=5.3, share=74, n=412,
        counts={"easy": 305, "neutral": 60, "hard": 47}, trend=trend, target=None,
        change={"difference": -0.2, "direction": "none", "against_days": 90, "p": 0.3},
    ) | changes  # fmt: skip


STOPS = (
    ("Website", 34, 29, 39, None), ("Showroom", 58, 51, 65, "truth"),
    ("Ordering", 31, 24, 38, None),
    ("Delivery", -8, -15, -1, "pain"), ("Assembly at home", 22, 9, 35, None),
    ("Customer service", 27, 21, 33, None), ("Invoice", 30, 20, 40, None),
)  # fmt: skip


def touchpoints(**changes: object) -> dict[str, Any]:
    """Seven places on a customer's way, and one that few have told about."""
    points = [
        {"name": name, "n": 200, "score": score, "low": low, "high": high, "standing": standing}
        for name, score, low, high, standing in STOPS
    ]
    few = {"name": "Returns", "n": 12, "score": None, "low": None, "high": None, "standing": None}
    return {
        "id": "touchpoints", "kind": "touchpoints", "metric": "nps", "window_days": 90,
        "as_of": NOW, "minimum": 30, "together": 27, "points": [*points, few], "more": 2,
    } | changes  # fmt: skip


def mix() -> dict[str, Any]:
    """What makes the scene of the mix hang; it counts both sides itself."""
    return {"id": "mix", "kind": "mix", "window_days": 90}


def notice(headline: str, text: str = "", **changes: object) -> dict[str, Any]:
    """A notice that hangs now."""
    return {
        "id": "n1", "kind": "notice", "headline": headline, "text": text, "picture": None,
        "from": NOW - 3_600_000, "until": None, "takes_over": False, "words": 12,
    } | changes  # fmt: skip


def celebration(headline: str, text: str = "", **changes: object) -> dict[str, Any]:
    """Something to be glad about, for the hour."""
    over = {"kind": "takeover", "look": "celebration", "for": None, "takes_over": True}
    return notice(headline, text, **over, until=NOW + 3_600_000) | changes


def ask(**changes: object) -> dict[str, Any]:
    """Where customers answer; its code is a chequerboard."""
    rows = ["".join("10"[(x + y) % 2] for x in range(29)) for y in range(29)]
    return {
        "id": "ask", "kind": "ask", "headline": "", "address": "example.com/tell-us",
        "modules": rows, "words": 12,
    } | changes  # fmt: skip


SHORT = (
    "Quick and friendly!",
    "Where is my parcel?",
    "The app told me the hour. It came at that hour.",
    "Nobody answers the phone.",
    "Good as always.",
    "The blue sofa is even better than on the page.",
    "Too dear for what it is.",
)


def short_quotes(n: int) -> list[dict[str, Any]]:
    """Quotes that several of fit on a wall."""
    bands = ("promoter", "detractor", "passive")
    return [
        quote(words, id=f"q{place}", band=bands[place % 3], published_at=NOW - 86_400_000 - place)
        for place, words in enumerate(SHORT[:n])
    ]


def feed(kind: str, *items: dict[str, Any]) -> dict[str, Any]:
    """A feed that holds these items."""
    return {"kind": kind, "epoch": "e1", "rev": 1, "items": {item["id"]: item for item in items}}
