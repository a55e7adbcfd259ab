"""Screens that go dark, come back, and are told of."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from signage.actions.alerts import forget_watch
from signage.actions.screens import ScreenDraft, add_screen, renew_link, revoke_screen
from signage.actions.watch import watch
from signage.core.outages import HELD
from signage.models import (
    Alert,
    AlertChannel,
    AlertMessage,
    BlindSpot,
    Database,
    Outage,
    Screen,
    WatchedSpan,
)
from signage.models.uptimes import uptimes
from signage.models.watched import count_dark

KEY = "a key that only this test knows, long enough"
STEP = timedelta(seconds=20)
MINUTE = timedelta(minutes=1)


class House:
    """Screens that speak every twenty seconds unless they are silent, and somebody who looks as
    often."""

    def __init__(self, database: Database, at: datetime) -> None:
        self.database = database
        self.now = at
        self.silent: set[int] = set()
        self.ids: list[int] = []
        with database.write() as session:
            session.add(AlertChannel(kind="email", address="a@example.com", nonce="n", made_at=at))

    def add(self, name: str, site: str = "", **more: object) -> int:
        draft = ScreenDraft(name, site, **more)  # type: ignore[arg-type]  # as each test likes
        screen_id, _ = add_screen(self.database, KEY, draft, at=self.now)
        self.ids.append(screen_id)
        return screen_id

    def run(self, how_long: timedelta, *, watched: bool = True) -> None:
        """Let time go by."""
        until = self.now + how_long
        while self.now < until:
            self.now += STEP
            self.speak()
            if watched:
                watch(self.database, at=self.now)

    def speak(self) -> None:
        there = set(self.ids) - self.silent
        with self.database.write() as session:
            session.execute(
                update(Screen).where(Screen.id.in_(there)).values(last_seen_at=self.now)
            )

    def outages(self) -> list[Outage]:
        with self.database.read() as session:
            return list(session.scalars(select(Outage).order_by(Outage.id)))

    def alerts(self) -> list[Alert]:
        with self.database.read() as session:
            return list(session.scalars(select(Alert).order_by(Alert.id)))

    def messages(self) -> list[str]:
        with self.database.read() as session:
            return list(session.scalars(select(AlertMessage.what).order_by(AlertMessage.id)))


@pytest.fixture
def house(database: Database, at: datetime) -> House:
    return House(database, at)


@pytest.mark.both
def test_one_that_goes_dark_is_told_once_and_once_when_it_is_back(house: House) -> None:
    canteen = house.add("Canteen", "Solna")
    house.add("Lobby", "Solna")
    house.run(MINUTE)
    went = house.now
    house.silent.add(canteen)
    house.run(MINUTE * 2)
    assert house.outages() == []
    house.run(MINUTE * 10)

    (outage,) = house.outages()
    assert (outage.since, outage.noticed_at) == (went, went + MINUTE * 3)
    (alert,) = house.alerts()
    assert (alert.site, alert.dark, alert.total, alert.whole) == ("Solna", 1, 2, False)
    assert house.messages() == ["dark"]

    house.silent.clear()
    house.run(MINUTE * 2)
    assert house.messages() == ["dark"]
    house.run(MINUTE * 5)
    assert house.messages() == ["dark", "clear"]
    (outage,) = house.outages()
    assert (outage.ended_at, outage.ended_by) == (went + MINUTE * 12 + STEP, "back")


@pytest.mark.both
def test_a_site_that_goes_is_one_alert(house: House) -> None:
    """Its screens fall silent one after the other, as their last words lie apart."""
    ids = [house.add(f"Screen {n}", "Solna") for n in range(8)]
    house.add("Elsewhere", "Oslo")
    house.run(MINUTE)
    for screen in ids:
        house.silent.add(screen)
        house.run(STEP)
    house.run(MINUTE * 6)

    (alert,) = house.alerts()
    assert (alert.site, alert.dark, alert.total, alert.whole) == ("Solna", 8, 8, True)
    assert {outage.alert_id for outage in house.outages()} == {alert.id}

    house.silent -= set(ids[1:])
    house.run(MINUTE * 5)
    assert house.messages() == ["dark"]
    house.silent.clear()
    house.run(MINUTE * 5)
    assert house.messages() == ["dark", "clear"]


def test_a_screen_that_wavers_does_not_keep_an_alert_back_for_ever(house: House) -> None:
    gone, wavering = house.add("Gone", "Solna"), house.add("Wavering", "Solna")
    house.run(MINUTE)
    house.silent.add(gone)
    for _ in range(7):
        house.silent.add(wavering)
        house.run(MINUTE * 2)
        house.silent.discard(wavering)
        house.run(STEP)
    assert [alert.dark for alert in house.alerts()] == [1]
    (outage,) = house.outages()
    assert house.alerts()[0].made_at - outage.noticed_at <= HELD


@pytest.mark.parametrize("away", [MINUTE * 2, MINUTE * 30, timedelta(days=3)])
def test_a_restart_raises_no_alert(house: House, away: timedelta) -> None:
    for n in range(3):
        house.add(f"Screen {n}", "Solna")
    house.run(MINUTE)
    house.now += away
    watch(house.database, at=house.now)
    house.run(MINUTE * 10)

    assert (house.outages(), house.messages()) == ([], [])
    with house.database.read() as session:
        (spot,) = session.scalars(select(BlindSpot))
    assert spot.until - spot.since == away + MINUTE


def test_one_that_does_not_come_back_after_a_restart_is_told(house: House) -> None:
    canteen = house.add("Canteen")
    house.run(MINUTE)
    house.silent.add(canteen)
    last = house.now
    house.now += MINUTE * 30
    watch(house.database, at=house.now)
    house.run(MINUTE * 3)
    assert house.outages() == []
    house.run(MINUTE * 2)
    assert [outage.since for outage in house.outages()] == [last]


def test_an_outage_goes_on_through_a_restart(house: House) -> None:
    canteen = house.add("Canteen")
    house.run(MINUTE)
    house.silent.add(canteen)
    house.run(MINUTE * 5)
    house.now += timedelta(hours=1)
    house.run(MINUTE * 5)
    assert (len(house.outages()), house.messages()) == (1, ["dark"])


def test_one_that_comes_and_goes_does_not_spam(house: House) -> None:
    """An hour of four minutes on, four minutes dark."""
    canteen = house.add("Canteen")
    house.run(MINUTE)
    for _ in range(8):
        house.silent.add(canteen)
        house.run(MINUTE * 4)
        house.silent.clear()
        house.run(MINUTE * 4)
    assert len(house.messages()) <= 5
    house.run(timedelta(hours=1))
    assert house.messages()[-1] == "clear"
    assert house.messages().count("dark") == house.messages().count("clear")


def test_off_by_its_hours_is_no_outage(house: House, at: datetime) -> None:
    """It is switched off at 18:00 in Tokyo, which is 09:00 here, and on again at 07:00."""
    house.add("Tokyo", timezone="Asia/Tokyo", night_from="18:00", night_to="07:00", night_percent=0)
    house.run(MINUTE)
    nine = at.replace(hour=9, minute=0)
    house.now = nine - MINUTE
    watch(house.database, at=house.now)
    house.run(MINUTE)
    house.silent.update(house.ids)
    house.run(MINUTE * 10)
    assert house.outages() == []

    morning = nine + timedelta(hours=13)
    house.now = morning - MINUTE * 2
    watch(house.database, at=house.now)
    house.run(MINUTE * 7)
    assert [outage.since for outage in house.outages()] == [morning]


@pytest.mark.both
def test_one_whose_link_is_revoked_is_asked_for_no_more(house: House, lead: int) -> None:
    canteen = house.add("Canteen")
    house.run(MINUTE)
    house.silent.add(canteen)
    house.run(MINUTE * 5)
    revoke_screen(house.database, canteen, at=house.now, user_id=lead)
    house.run(MINUTE)
    (outage,) = house.outages()
    assert (outage.ended_at, outage.ended_by) == (house.now - MINUTE + STEP, "revoked")
    with house.database.read() as session:
        assert count_dark(session) == 0

    renew_link(house.database, KEY, canteen, at=house.now)
    house.run(MINUTE)
    house.silent.clear()
    house.run(MINUTE)
    with house.database.read() as session:
        spans = session.scalars(select(WatchedSpan).order_by(WatchedSpan.id)).all()
    assert [span.until is None for span in spans] == [False, True]


def test_one_that_never_came_is_not_dark(house: House) -> None:
    house.silent.add(house.add("Canteen"))
    house.run(MINUTE * 10)
    assert house.outages() == []


def test_one_that_is_simulated_and_not_counted_raises_no_alarm(house: House) -> None:
    real = house.add("Canteen")
    pretended = house.add("Simulated 1")
    with house.database.write() as session:
        session.execute(
            update(Screen).where(Screen.id == pretended).values(simulated=True, counted=False)
        )
    house.run(2 * MINUTE)
    house.silent = {real, pretended}
    house.run(6 * MINUTE)

    assert [outage.screen_id for outage in house.outages()] == [real]
    with house.database.read() as session:
        assert [line.id for line in uptimes(session, at=house.now)] == [real]


def test_looking_twice_at_a_moment_changes_nothing(house: House) -> None:
    canteen = house.add("Canteen")
    house.run(MINUTE)
    house.silent.add(canteen)
    house.run(MINUTE * 4)
    watch(house.database, at=house.now)
    watch(house.database, at=house.now)
    assert (len(house.outages()), house.messages()) == (1, ["dark"])


def test_what_is_old_is_forgotten(house: House) -> None:
    canteen = house.add("Canteen")
    house.run(MINUTE)
    house.silent.add(canteen)
    house.run(MINUTE * 4)
    house.silent.clear()
    house.run(MINUTE * 4)
    forget_watch(house.database, at=house.now + timedelta(days=399))
    assert len(house.outages()) == 1
    forget_watch(house.database, at=house.now + timedelta(days=401))
    assert (house.outages(), house.alerts(), house.messages()) == ([], [], [])
