"""The desk's own figures: what waits, how fast it is decided, by whom and why."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask import Blueprint, render_template
from sqlalchemy import select
from sqlalchemy.orm import Session

from signage.actions.decide import REASONS
from signage.core.figures import FEWEST, FEWEST_FOR_NINETIETH, Ages, ages
from signage.models import Database, Rule, User, preferences
from signage.models.decided import CLOSING, Tallied, ages_between, decisions_between
from signage.models.queue import count_in
from signage.web import forms
from signage.web.ages import queue_age
from signage.web.context import at, database, off_loop
from signage.web.permit import require

pages = Blueprint("figures", __name__, url_prefix="/desk/measurement/desk")
pages.before_request(require("moderate"))

PERIODS = (7, 30, 90, 365)
USUAL = 30


@pages.get("")
def figures_page() -> str:
    """Now, and over the last so many days, today among them."""
    days = forms.whole("days") if forms.whole("days") in PERIODS else USUAL
    with database().read() as session:
        zone = ZoneInfo(preferences(session).timezone)
        now, aside = queue_age(session), count_in(session, "set_aside")
    first = datetime.combine(at().astimezone(zone).date() - timedelta(days=days - 1), time(), zone)
    found = off_loop(_found, database(), first, at() + timedelta(seconds=1), now.target)
    return render_template(
        "desk/figures.html", periods=PERIODS, days=days, age=now, aside=aside, fewest=FEWEST,
        fewest_for_ninetieth=FEWEST_FOR_NINETIETH, reasons=REASONS, **found,
    )  # fmt: skip


def _found(data: Database, first: datetime, last: datetime, target: timedelta) -> dict[str, object]:
    with data.read() as session:
        made = decisions_between(session, first, last)
        told: Ages = ages(ages_between(session, first, last), target=target)
        people = _names(session, User, {each.user_id for each in made})
        rules = _names(session, Rule, {each.rule_id for each in made})
    return {
        "ages": told,
        "decided": sum(each.n for each in made if each.verdict in CLOSING),
        "by_reason": _by_reason(made),
        "by_person": _rows([each for each in made if each.user_id and not each.rule_id], people),
        "by_rule": _rows([each for each in made if each.rule_id], rules),
    }


def _by_reason(made: Sequence[Tallied]) -> list[tuple[str, int]]:
    counted: Counter[str] = Counter()
    for each in made:
        if each.reason:
            counted[each.reason] += each.n
    return counted.most_common()


def _rows(made: Sequence[Tallied], names: dict[int, str]) -> list[tuple[str, Counter[str]]]:
    """Name and verdict → n, who decided most first."""
    counted: dict[int, Counter[str]] = {}
    for each in made:
        key = each.rule_id or each.user_id or 0
        counted.setdefault(key, Counter())[each.verdict] += each.n
    order = sorted(counted, key=lambda key: (-counted[key].total(), names.get(key, "")))
    return [(names.get(key, "–"), counted[key]) for key in order]


def _names(session: Session, kind: type[User] | type[Rule], ids: set[int | None]) -> dict[int, str]:
    rows = session.execute(select(kind.id, kind.name).where(kind.id.in_(ids - {None})))
    return dict(rows.all())
