"""What is to become a notice, and what it must be before it hangs."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from signage.core.pictures import Redrawn
from signage.core.targets import MOST, NO_GROUP, Targets
from signage.core.text import one_line, plain
from signage.errors import Invalid, Problem
from signage.models import Group, Screen
from signage.words import N_

MOST_HEADLINE = 80
MOST_WORDS = 280
LOOKS = {"notice": N_("A notice"), "celebration": N_("A celebration")}


@dataclass(frozen=True, slots=True)
class NoticeDraft:
    """What a lead wrote. shows_until None: until it is taken down. picture None: as it is now.
    targets None: every screen."""

    headline: str
    words: str
    shows_from: datetime | None
    shows_until: datetime | None
    takes_over: bool = False
    picture: Redrawn | None = None
    no_picture: bool = False
    picture_tells: str = ""
    look: str = "notice"
    urgent: bool = False
    targets: Targets | None = None


def checked(session: Session, draft: NoticeDraft, at: datetime) -> NoticeDraft:
    """The draft, tidied; raises Invalid with all that is wrong."""
    tells = one_line(draft.picture_tells)
    headline, words, problems = said(draft.headline, draft.words)
    problems += _longest("picture_tells", tells, 200)
    if draft.picture is not None and not tells:
        text = N_("Say what is to be seen on the picture, for who does not see it.")
        problems.append(Problem("missing", text, "picture_tells"))
    problems += _times(draft, at) + _looks(draft) + of_targets(session, draft.targets)
    if problems:
        raise Invalid(problems)
    return replace(draft, headline=headline, words=words, picture_tells=tells)


def said(headline: str, words: str) -> tuple[str, str, list[Problem]]:
    """A headline and its words as they are kept, and what is wrong with them."""
    headline, words = one_line(headline), plain(words)
    problems = [] if headline else [Problem("missing", N_("Write a headline."), "headline")]
    problems += _longest("headline", headline, MOST_HEADLINE)
    return headline, words, problems + _longest("words", words, MOST_WORDS)


def of_targets(session: Session, targets: Targets | None) -> list[Problem]:
    """What is wrong with where something is to hang."""
    if targets is None:
        return []
    if not targets:
        return [Problem("missing", N_("Choose a group or a screen."), "where")]
    if len(targets.groups) > MOST or len(targets.screens) > MOST:
        text = N_("Choose at most {most} groups and {most} screens, or every wall.")
        return [Problem("too-many", text, "where", {"most": MOST})]
    known = _counted(session, Screen, targets.screens) + _counted(session, Group, targets.groups)
    if known < len(targets.screens) + len(targets.groups - {0}):
        text = N_("One of these groups or screens is gone. Choose again.")
        return [Problem("unknown", text, "where")]
    return []


def still_there(session: Session, targets: Targets | None) -> Targets | None:
    """Where something is to hang that was kept ready: without what is gone since. Raises Invalid
    where all of it is: nothing that was for some may hang everywhere."""
    if not targets:
        return targets
    groups, screens = (
        _there(session, Group, targets.groups),
        _there(session, Screen, targets.screens),
    )
    there = Targets(groups | (targets.groups & {NO_GROUP}), screens)
    if not there:
        text = N_("All groups and screens that this is for are gone. Open it and choose others.")
        raise Invalid([Problem("gone", text, "where")])
    return there


def _there(session: Session, table: type[Screen | Group], ids: frozenset[int]) -> frozenset[int]:
    if not ids:
        return ids
    return frozenset(session.scalars(select(table.id).where(table.id.in_(ids))))


def _counted(session: Session, table: type[Screen | Group], ids: frozenset[int]) -> int:
    if not ids:
        return 0
    return session.scalar(select(func.count()).where(table.id.in_(ids))) or 0


def _times(draft: NoticeDraft, at: datetime) -> list[Problem]:
    if draft.shows_until is None:
        if not draft.takes_over:
            return []
        return [Problem("missing", N_("What takes over walls needs an end."), "shows_until")]
    if draft.shows_until <= at:
        text = N_("This time is over. Choose a later one.")
        return [Problem("past", text, "shows_until")]
    if draft.shows_until <= (draft.shows_from or at):
        return [Problem("order", N_("It would end before it begins."), "shows_until")]
    return []


def _looks(draft: NoticeDraft) -> list[Problem]:
    problems = []
    if draft.look not in LOOKS:
        problems.append(Problem("unknown", N_("Choose how it looks from the list."), "look"))
    if not draft.takes_over and (draft.targets is not None or draft.look != "notice"):
        text = N_("A celebration, and what hangs on chosen screens alone, takes over.")
        problems.append(Problem("alone", text, "takes_over"))
    if draft.urgent and draft.targets is not None:
        text = N_("What is urgent hangs on every wall.")
        problems.append(Problem("urgent", text, "where"))
    return problems


def _longest(field: str, text: str, most: int) -> list[Problem]:
    if len(text) <= most:
        return []
    return [Problem("too-long", N_("At most {most} characters."), field, {"most": most})]
