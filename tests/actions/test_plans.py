"""Drafting, publishing and undoing what hangs when."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from signage.actions import plans, publish_plan
from signage.actions.groups import add_group, delete_group
from signage.actions.planned import FEEDS, PLAYLIST, planned, plans_now
from signage.actions.plans import BUILT_IN
from signage.core.feasts import feasts
from signage.core.plan import NO_GROUP, Entry, Plan
from signage.core.planning import slots_digest
from signage.core.slots import Slot
from signage.errors import Conflict, Invalid, NotFound
from signage.models import AuditEntry, Database, Edition, PlanDraft, PublishedPlan
from tests.planning import digest, drafted, live, planned_lunch, publish

pytestmark = pytest.mark.both


def told(database: Database, group_id: int | None = None) -> dict[str, object]:
    with database.read() as session:
        return plans_now(session).of(group_id).told()


def test_a_draft_reaches_no_wall_until_it_is_published(database: Database, at: datetime) -> None:
    lunch = planned_lunch(database, at=at)
    assert told(database) == {"playlist": list(PLAYLIST)}

    number = publish(database, at=at)

    assert told(database) == {
        "playlist": list(PLAYLIST),
        "playlists": {lunch: [{"scene": "nps", "feed": "nps", "count": 1}]},
        "slots": [Slot(lunch, (0, 1, 2, 3, 4), "11:00", "13:30").told()],
        "holidays": {},
    }
    with database.read() as session:
        assert session.get(PlanDraft, 1) is None
        assert session.scalars(select(Edition.what)).all() == ["plan"]
        entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert (entries[-1].act, entries[-1].about) == ("plan-published", f"plan {number}")


def test_each_group_is_told_its_own(database: Database, at: datetime) -> None:
    group = add_group(database, "Receptions", at=at)
    lunch = planned_lunch(database, group=str(group), at=at)
    plans.set_default(database, str(group), lunch, at=at)
    publish(database, at=at)

    assert "slots" not in told(database)
    assert told(database, group)["playlist"] == [{"scene": "nps", "feed": "nps", "count": 1}]


def test_a_screen_is_told_of_the_feeds_that_its_playlists_name(
    database: Database, at: datetime
) -> None:
    plan = drafted(database)
    assert planned(plan, {}, None).feeds == FEEDS
    lunch = planned_lunch(database, at=at)

    def change(_: object, plan: Plan) -> Plan:
        old = plan.playlists[lunch]
        made = type(old)(old.id, old.name, (Entry("quote", "f7"),))
        return type(plan)({lunch: made}, plan.groups, plan.next_id)

    plans.revise(database, change, at=at)

    assert planned(drafted(database), {}, None).feeds == (*FEEDS, "f7")


def test_what_was_not_looked_at_is_not_published(database: Database, at: datetime) -> None:
    with pytest.raises(Conflict):
        publish_plan.publish_plan(database, seen=Plan().digest, at=at)
    seen = drafted(database).digest
    planned_lunch(database, at=at)
    with pytest.raises(Conflict):
        publish_plan.publish_plan(database, seen=seen, at=at)
    with pytest.raises(Conflict):
        publish_plan.discard_draft(database, seen=seen, at=at)

    publish_plan.discard_draft(database, seen=drafted(database).digest, at=at, by="token 4")
    assert drafted(database) == live(database) == Plan()
    with database.read() as session:
        entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()[-1]
    assert (entry.act, entry.detail) == ("plan-discarded", "token 4")


def test_a_draft_that_comes_to_what_hangs_is_none(database: Database, at: datetime) -> None:
    planned_lunch(database, at=at)
    publish(database, at=at)
    slot = live(database).week(None).slots[0]
    other = Slot(slot.playlist, (5,), id=slot.id)
    for made in (other, slot):
        seen = slots_digest(drafted(database).week(None))
        plans.set_slot(database, NO_GROUP, made, seen=seen, at=at)

    with database.read() as session:
        assert session.get(PlanDraft, 1) is None


def test_a_publication_is_undone_and_its_work_kept(database: Database, at: datetime) -> None:
    planned_lunch(database, at=at)
    first = publish(database, at=at)
    one = live(database)
    plans.set_default(database, NO_GROUP, next(iter(one.playlists)), at=at)
    second = publish(database, at=at)
    two = live(database)

    third = publish_plan.put_back(database, second, at=at + timedelta(minutes=1))

    assert live(database) == one
    assert drafted(database) == two
    with database.read() as session:
        assert session.get_one(PublishedPlan, third).back_to_id == first
    with pytest.raises(Conflict):
        publish_plan.put_back(database, second, at=at)
    with pytest.raises(NotFound):
        publish_plan.put_back(database, 77, at=at)


def test_the_first_publication_is_undone_to_what_comes_with_the_product(
    database: Database, at: datetime
) -> None:
    planned_lunch(database, at=at)
    publish_plan.put_back(database, publish(database, at=at), at=at)

    assert told(database) == {"playlist": list(PLAYLIST)}


def test_a_draft_that_was_begun_meanwhile_is_kept_by_an_undo(
    database: Database, at: datetime
) -> None:
    planned_lunch(database, at=at)
    number = publish(database, at=at)
    plans.add_playlist(database, "Evening", like=BUILT_IN, at=at)
    begun = drafted(database)

    publish_plan.put_back(database, number, at=at)

    assert drafted(database) == begun
    assert len(begun.playlists["3"].entries) == len(PLAYLIST)


def test_walls_are_told_the_holidays_of_countries_that_slots_name(
    database: Database, at: datetime
) -> None:
    planned_lunch(database, at=at, holidays="not", country="SE")
    publish(database, at=at)
    expected = feasts(["SE"], at.date())
    assert told(database)["holidays"] == expected

    publish_plan.refresh_holidays(database, at=at)
    with database.read() as session:
        assert session.scalars(select(Edition.what)).all() == ["plan"]

    later = at + timedelta(days=400)
    publish_plan.refresh_holidays(database, at=later)
    assert told(database)["holidays"] == feasts(["SE"], later.date()) != expected
    with database.read() as session:
        assert session.scalars(select(Edition.what)).all() == ["plan", "holidays"]


def test_a_group_that_is_gone_is_not_published_nor_planned_for(
    database: Database, at: datetime
) -> None:
    group = add_group(database, "Receptions", at=at)
    planned_lunch(database, group=str(group), at=at)
    delete_group(database, group, at=at)
    publish(database, at=at)

    assert live(database).groups == {}
    for gone in (str(group), "x", "77"):
        with pytest.raises(NotFound):
            plans.set_slot(database, gone, Slot("1"), at=at)
    assert add_group(database, "Others", at=at) != group


@pytest.mark.parametrize(
    ("entry", "field"),
    [(Entry("quote", "nps"), "what"), (Entry("csat", "nps"), "what"),
     (Entry("x", "quotes"), "what"), (Entry("quote", "f7"), "what"),
     (Entry("quote", "quotes", 0), "count"),
     (Entry("quote", "quotes", 1, 13), "every"), (Entry("quote", "quotes", dwell=4), "dwell"),
     (Entry("quote", "quotes", dwell=601), "dwell")],
)  # fmt: skip
def test_a_scene_that_cannot_be_shown_is_refused(
    database: Database, at: datetime, entry: Entry, field: str
) -> None:
    lunch = plans.add_playlist(database, "Lunch", at=at)
    with pytest.raises(Invalid) as refused:
        plans.set_entry(database, lunch, None, entry, seen=digest(database, lunch), at=at)

    assert [problem.field for problem in refused.value.problems] == [field]


def test_each_change_of_the_draft_is_a_row_of_the_audit_log(
    database: Database, lead: int, at: datetime
) -> None:
    group = str(add_group(database, "Receptions", at=at))
    lunch = plans.add_playlist(database, "Lunch", at=at, user_id=lead)
    plans.set_default(database, group, lunch, at=at, user_id=lead)
    plans.set_default(database, group, lunch, at=at, user_id=lead)  # changes nothing
    plans.set_slot(database, NO_GROUP, Slot(lunch), at=at, user_id=lead)
    with pytest.raises(NotFound):
        plans.set_slot(database, NO_GROUP, Slot("77"), at=at, user_id=lead)

    with database.read() as session:
        rows = session.scalars(select(AuditEntry).where(AuditEntry.act == "plan-drafted"))
        told_ = [(row.about, row.user_id) for row in rows]
    assert told_ == [(f"playlist {lunch}", lead), (f"group {group}", lead), ("no group", lead)]
