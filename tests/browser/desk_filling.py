"""A desk with something on every page, some of it awkward."""

from datetime import date, datetime, timedelta

from signage.actions import decide
from signage.actions.channels import add_channel
from signage.actions.duplicates import key_new, merge
from signage.actions.feeds import delete_feed
from signage.actions.goals import GoalDraft, write_goal
from signage.actions.groups import add_group
from signage.actions.improve import ImprovementDraft, improve, publish_improvement
from signage.actions.notice_draft import NoticeDraft
from signage.actions.notices import write_notice
from signage.actions.pin import pin
from signage.actions.plays import keep_plays
from signage.actions.screens import ScreenDraft, change_screen
from signage.actions.sweep import sweep
from signage.actions.takeovers import TextDraft, hang_text, write_text
from signage.actions.uploads import file_of, keep_upload
from signage.core.plays import Batch
from signage.core.rules import Conditions, Outcome
from signage.core.targets import Targets
from signage.models import AlertMessage, Goal, Outage, WatchedSpan
from signage.settings import read_settings
from tests import answers, ruling
from tests.feeding import made
from tests.planning import planned_lunch, publish
from tests.screening import is_there, says, screen
from tests.serving import Server

AWKWARD = (
    "Åtta dagar. Ärligt? Øl & smørrebrød, Straße – ça va. 👨‍👩‍👧‍👦🇸🇪",
    "الخدمة ممتازة والموظفون ودودون، شكرا جزيلا لكم",
    "<b onclick=alert(1)>bold</b> <script>alert(1)</script> {{ 7 * 7 }} %(name)s",
    "En mycket lång historia om en leverans som aldrig kom fram. " * 166,
    "Donaudampfschifffahrtsgesellschaftskapitän" * 12,
)

HOUR = timedelta(hours=1)


def fill(server: Server, lead_id: int, *, at: datetime) -> None:
    """Quotes that wait, hang and are set aside; an improvement; scores; a screen."""
    database = server.database
    for number, comment in enumerate(AWKWARD):
        answers.waiting(database, f"w{number}", at=at, comment=comment, score=number * 2)
        shown = comment[:900]  # as much as a wall holds
        answers.hung(
            database, f"h{number}", lead=lead_id, at=at, comment=shown, touchpoint="Delivery"
        )
    drafts = [
        answers.draft(
            f"s{number}", at=at, score=number % 11, touchpoint="Delivery",
            answered_at=(at - timedelta(days=number)).isoformat(),
        )
        for number in range(150)
    ]  # fmt: skip
    answers.take(database, *drafts, at=at)
    _after_approval(server, lead_id, at)
    _notice_and_upload(server, lead_id, at)
    draft = ImprovementDraft(
        did="Parcels are packed the same day, in boxes that fit.", label="Same day",
        team="Warehouse", done_on=date.fromordinal(at.toordinal() - 20), touchpoint_id=1,
    )  # fmt: skip
    improvement = improve(database, draft, user_id=lead_id, at=at)
    publish_improvement(database, improvement.id, at=at)
    server.wall_link()
    _planned(server, at)
    screens = [screen(database, f"Wall {number}" * 9, at=at - HOUR) for number in range(3)]
    is_there(database, *screens, at=at - HOUR / 2)
    withdrawn = answers.hung(database, "gone", lead=lead_id, at=at - HOUR, comment=AWKWARD[4])
    decide.withdraw(database, withdrawn, reason="private", user_id=lead_id, at=at)
    says(database, screens[0], at=at)
    _watched(server, screens, lead_id, at)
    group = add_group(database, AWKWARD[4][:80], at=at)
    change = ScreenDraft(AWKWARD[4][:80], group_id=group)
    change_screen(database, screens[0], change, at=at, user_id=lead_id)
    made(database, lead_id, at, AWKWARD[4][:60], touchpoints=(1,), bands=("good", "bad"), size=2)
    delete_feed(database, made(database, lead_id, at, "Gone"), user_id=lead_id, at=at)
    _takeovers(server, lead_id, group, at)
    for name, state in ((AWKWARD[4][:60], "on"), ("Watching", "watch"), ("Resting", "off")):
        words = Conditions(words=("leverans", "الخدمة", "script"))
        soon = Outcome("approve", hours=2, tags=("delivery",))
        ruling.rule(database, name, words, soon, lead=lead_id, at=at, state=state)
    ruling.trusted(database, lead_id, at)
    ruling.run(database, at)


def _takeovers(server: Server, lead_id: int, group: int, at: datetime) -> None:
    """Two that are on, two texts that are kept ready, and a goal that was reached."""
    database, some = server.database, Targets(groups=frozenset({group, 0}))
    for text in (
        TextDraft(AWKWARD[4][:80], AWKWARD[1], urgent=True),
        TextDraft("Cake", targets=some),
    ):
        kept = write_text(database, text, user_id=lead_id, at=at)
        hang_text(database, kept.id, user_id=lead_id, at=at)
    goal = GoalDraft("count", "nps", 10_000, TextDraft(AWKWARD[4][:80]))
    write_goal(database, goal, user_id=lead_id, at=at)
    with database.write() as session:
        session.get_one(Goal, 1).reached_at = at


def _watched(server: Server, screens: list[int], lead_id: int, at: datetime) -> None:
    """Outages, one of them going on, an address that does not answer, and what was shown."""
    database = server.database
    for address in ("https://example.com/" + "alerts" * 40, "https://example.com/other"):
        add_channel(
            database, read_settings(server.environment), "webhook", address, user_id=lead_id, at=at
        )
    with database.write() as session:
        session.add_all(
            [
                *(WatchedSpan(screen_id=each, since=at - 200 * HOUR) for each in screens),
                Outage(screen_id=screens[1], site="", since=at - HOUR, noticed_at=at),
                Outage(
                    screen_id=screens[1], site="Solna", since=at - 9 * HOUR, noticed_at=at,
                    ended_at=at - 8 * HOUR, ended_by="back",
                ),
                AlertMessage(
                    channel_id=1, what="test", made_at=at, due_at=at, tries=8, failed_at=at,
                    problem="status 500",
                ),
            ]
        )  # fmt: skip
    hour = at.replace(minute=0, second=0, microsecond=0)
    shown = Batch("q", 1, {(hour, "quote"): (40, 900)}, {(hour.date(), "q2"): (4, 90)})
    keep_plays(database, [(screens[0], shown)], at=at)


def _after_approval(server: Server, lead_id: int, at: datetime) -> None:
    """One that waits for its time, one that is pinned and speaks for another, a sweep."""
    database = server.database
    later = answers.waiting(database, "later", at=at, comment=AWKWARD[0])
    decide.approve(database, later, revision=0, user_id=lead_id, at=at, publish_at=at + 48 * HOUR)
    twin = answers.waiting(database, "twin", at=at, comment=AWKWARD[0])
    merge(database, 2, [twin], user_id=lead_id, at=at)
    pin(database, 2, user_id=lead_id, at=at, until=at + HOUR)
    answers.hung(database, "swept", lead=lead_id, at=at, respondent=AWKWARD[4][:200])
    sweep(
        database, scope="respondent", value=AWKWARD[4][:200], reason="private", expected=1,
        user_id=lead_id, at=at,
    )  # fmt: skip
    key_new(database)


def _notice_and_upload(server: Server, lead_id: int, at: datetime) -> None:
    """A headline of the company's own, and a file that somebody is about to import."""
    words = NoticeDraft(AWKWARD[4][:80], AWKWARD[0], shows_from=None, shows_until=None)
    write_notice(server.database, words, user_id=lead_id, at=at)
    file = file_of(server.data / "uploads", keep_upload(
        server.database, file_name=f"{AWKWARD[4]}.csv", size=40, user_id=lead_id, at=at
    ))  # fmt: skip
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"id;nps;comment\n1;9;{AWKWARD[1]}\n2;3;{AWKWARD[4]}\n", encoding="utf-8")


def _planned(server: Server, at: datetime) -> None:
    """A playlist in two slots that conflict, published; and a third that nobody has published."""
    planned_lunch(server.database, at=at)
    planned_lunch(server.database, at=at, feed="quotes", starts="12:00", ends="02:00")
    publish(server.database, at=at)
    planned_lunch(server.database, at=at, feed="csat", last="2026-01-01")
