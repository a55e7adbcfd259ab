"""What people choose from in proof of play, and what they know its items by."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from signage.models.improvement import Improvement
from signage.models.notice import Notice
from signage.models.screen import Screen
from signage.models.screens import has_words


def to_choose(
    session: Session, words: str, chosen: int | None, *, most: int
) -> Sequence[Row[int, str, str]]:
    """The first screens in order of site and name that have these words in either; before them the
    one that is chosen already."""
    query = select(Screen.id, Screen.name, Screen.site).order_by(
        Screen.id != (chosen or 0), Screen.site, Screen.name, Screen.id
    )
    if words:
        query = query.where(has_words(session, words) | (Screen.id == chosen))
    return session.execute(query.limit(most)).all()


def headlines(session: Session, items: Iterable[str]) -> Mapping[str, str]:
    """Of notices and improvements among items what each says: `n4` → its headline."""
    columns = {"n": (Notice.id, Notice.headline), "i": (Improvement.id, Improvement.did)}
    found = dict[str, str]()
    listed = list(items)
    for kind, (number, text) in columns.items():
        ids = [int(item[1:]) for item in listed if item[:1] == kind and _is_id(item[1:])]
        if ids:
            rows = session.execute(select(number, text).where(number.in_(ids)))
            found |= {f"{kind}{id_}": said for id_, said in rows}
    return found


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 19
