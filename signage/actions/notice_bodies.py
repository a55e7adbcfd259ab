"""Notices as walls are told of them (docs/protocol.md)."""

from typing import Any

from signage.actions.bodies import milliseconds
from signage.core.reading import count_words
from signage.models import Notice


def notice_body(notice: Notice) -> dict[str, Any]:
    """A notice as the wall shows it. What is not for every wall, or not for players that know
    notices alone, is of kind `takeover`: a player that does not know the kind shows nothing of it.
    """
    body = {
        "id": f"n{notice.id}",
        "kind": "notice",
        "headline": notice.headline,
        "text": notice.words,
        "picture": _picture(notice),
        "from": milliseconds(notice.shows_from),
        "until": milliseconds(notice.shows_until),
        "takes_over": notice.takes_over,
        "words": count_words(f"{notice.headline} {notice.words}"),
    }
    if notice.urgent:
        body["urgent"] = True
    if notice.look == "notice" and notice.targets is None:
        return body
    return {**body, "kind": "takeover", "look": notice.look, "for": notice.targets}


def _picture(notice: Notice) -> dict[str, Any] | None:
    picture = notice.picture
    if picture is None:
        return None
    return {
        "url": f"/pictures/{picture.digest}.webp",
        "width": picture.width,
        "height": picture.height,
        "tells": notice.picture_tells,
    }
