from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from signage.actions import pairings
from signage.actions.agents import make_agent
from signage.actions.devices import RENEW, begin_new_tokens, renew_tokens, settle
from signage.actions.pairings import begin, claim, forget_pairings, pair_again, pair_new
from signage.actions.screens import (
    Admission,
    ScreenDraft,
    add_screen,
    let_in,
    linked,
    renew_link,
    revoke_screen,
)
from signage.core.pairing import LASTS, Looks
from signage.core.tokens import token_hash
from signage.errors import Conflict, NotFound, Refused
from signage.models import Agent, AuditEntry, Database, Device, Pairing, Screen

SECRET = "k" * 32
LOOKS = Looks(1920, 1080, browser="Chrome", system="Linux", network="10.0.0.x")
LOBBY = ScreenDraft("Lobby", site="Solna")


def paired(database: Database, lead: int, at: datetime) -> tuple[int, str]:
    """A new screen by way of a code, and its token."""
    begun = begin(database, LOOKS, at=at)
    screen = pair_new(database, begun.code, LOBBY, user_id=lead, at=at)
    token = claim(database, SECRET, begun.secret, at=at)
    assert token is not None
    return screen, token


def enters(database: Database, token: str, page: str = "") -> Admission:
    with database.read() as session:
        screen_id = linked(SECRET, token)
        screen, device = session.get(Screen, screen_id), session.get(Device, screen_id)
        return let_in(screen, device, token, page)


def renewed(database: Database, screen: int, at: datetime) -> str:
    """Another token for its device."""
    with database.read() as session:
        place = (screen, session.get_one(Device, screen).era)
    return renew_tokens(database, SECRET, {place}, at=at)[place]


@pytest.mark.both
def test_the_token_goes_to_the_secret_and_never_to_the_code(
    database: Database, lead: int, at: datetime
) -> None:
    begun = begin(database, LOOKS, at=at)
    assert claim(database, SECRET, begun.secret, at=at) is None
    with pytest.raises(NotFound):
        claim(database, SECRET, begun.code, at=at)

    screen = pair_new(database, begun.code, LOBBY, user_id=lead, at=at)
    with pytest.raises(NotFound):
        claim(database, SECRET, begun.code, at=at)
    token = claim(database, SECRET, begun.secret, at=at)

    assert token is not None
    admitted = enters(database, token)
    assert (admitted.screen.id, admitted.screen.name, admitted.is_device) == (screen, "Lobby", True)
    with database.read() as session:
        kept = session.get_one(Device, screen)
        assert kept.token_hash == token_hash(token)
        assert begun.secret not in str(session.scalars(select(Pairing.secret_hash)).all())
        acts = session.scalars(select(AuditEntry.act)).all()
    assert "screen-paired" in acts


@pytest.mark.both
def test_a_network_that_asks_for_ever_more_codes_leaves_room_for_others(
    database: Database, lead: int, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pairings, "MOST_OF_ONE", 2)
    monkeypatch.setattr(pairings, "MOST", 3)
    elsewhere = replace(LOOKS, network="192.0.2.x")
    first = begin(database, LOOKS, at=at)
    begin(database, LOOKS, at=at)
    with pytest.raises(Refused, match="full"):
        begin(database, LOOKS, at=at)

    begin(database, elsewhere, at=at)
    with pytest.raises(Refused, match="full"):
        begin(database, elsewhere, at=at)

    # Who was confirmed waits no more, and a code that has run out neither.
    pair_new(database, first.code, LOBBY, user_id=lead, at=at)
    begin(database, elsewhere, at=at)
    with pytest.raises(Refused, match="full"):
        begin(database, LOOKS, at=at)
    begin(database, LOOKS, at=at + LASTS)


def test_an_answer_that_was_lost_is_given_again_and_the_lost_one_ends(
    database: Database, lead: int, at: datetime
) -> None:
    begun = begin(database, LOOKS, at=at)
    pair_new(database, begun.code, LOBBY, user_id=lead, at=at)

    lost, token = (claim(database, SECRET, begun.secret, at=at) for _ in range(2))

    assert token
    assert lost
    enters(database, token)
    with pytest.raises(Refused, match="revoked"):
        enters(database, lost)


def test_a_code_runs_out_and_is_confirmed_once(database: Database, lead: int, at: datetime) -> None:
    begun = begin(database, LOOKS, at=at)
    late = at + LASTS
    with pytest.raises(NotFound):
        pair_new(database, begun.code, LOBBY, user_id=lead, at=late)
    with pytest.raises(NotFound):
        claim(database, SECRET, begun.secret, at=late)

    pair_new(database, begun.code, LOBBY, user_id=lead, at=at)
    with pytest.raises(NotFound):
        pair_new(database, begun.code, LOBBY, user_id=lead, at=at)
    forget_pairings(database, at=late)
    with database.read() as session:
        assert session.scalars(select(Pairing)).all() == []
        assert len(session.scalars(select(Screen)).all()) == 1


def test_a_screen_is_paired_again_as_itself_and_its_old_device_ends(
    database: Database, lead: int, at: datetime
) -> None:
    screen, old = paired(database, lead, at)
    before = enters(database, old)
    begun = begin(database, LOOKS, at=at)

    assert pair_again(database, begun.code, screen, user_id=lead, at=at) == screen

    token = claim(database, SECRET, begun.secret, at=at)
    assert token is not None
    assert enters(database, token).by != before.by
    with pytest.raises(Refused, match="revoked"):
        enters(database, old)
    with pytest.raises(NotFound):
        pair_again(database, begin(database, LOOKS, at=at).code, 99, user_id=lead, at=at)


def test_with_a_device_ends_its_agent(database: Database, lead: int, at: datetime) -> None:
    screen, _ = paired(database, lead, at)
    other, _ = paired(database, lead, at)
    for each in (screen, other):
        make_agent(database, each, at=at)
    with database.write() as session:
        session.get_one(Device, other).page = "here" * 3

    pair_again(database, begin(database, LOOKS, at=at).code, screen, user_id=lead, at=at)
    settle(database, other, "here" * 3, user_id=lead, at=at)

    with database.read() as session:
        assert session.scalars(select(Agent.screen_id)).all() == []
        ended = select(AuditEntry.about).where(AuditEntry.act == "agent-ended")
        about = session.scalars(ended.order_by(AuditEntry.id)).all()
    assert about == [f"screen {screen}", f"screen {other}"]


def test_a_token_is_of_no_use_after_its_revocation_nor_after_a_new_link(
    database: Database, lead: int, at: datetime
) -> None:
    screen, token = paired(database, lead, at)

    revoke_screen(database, screen, at=at)
    with pytest.raises(Refused, match="revoked"):
        enters(database, token)
    link = renew_link(database, SECRET, screen, at=at)

    with pytest.raises(Refused, match="revoked"):
        enters(database, token)
    assert not enters(database, link).is_device


def test_a_link_that_was_revoked_stays_so_when_its_screen_is_paired(
    database: Database, lead: int, at: datetime
) -> None:
    screen, link = add_screen(database, SECRET, LOBBY, at=at)
    revoke_screen(database, screen, at=at)
    begun = begin(database, LOOKS, at=at)

    pair_again(database, begun.code, screen, user_id=lead, at=at)

    token = claim(database, SECRET, begun.secret, at=at)
    assert token is not None
    enters(database, token)
    with pytest.raises(Refused, match="revoked"):
        enters(database, link)


def test_a_new_link_leaves_the_device_alone(database: Database, lead: int, at: datetime) -> None:
    screen, token = paired(database, lead, at)
    before = enters(database, token).by

    renew_link(database, SECRET, screen, at=at)

    assert enters(database, token).by == before


def test_a_revocation_between_confirming_and_claiming_ends_the_pairing(
    database: Database, lead: int, at: datetime
) -> None:
    begun = begin(database, LOOKS, at=at)
    screen = pair_new(database, begun.code, LOBBY, user_id=lead, at=at)

    revoke_screen(database, screen, at=at)

    with pytest.raises(NotFound):
        claim(database, SECRET, begun.secret, at=at)


@pytest.mark.both
def test_the_old_token_holds_until_the_new_one_was_used(
    database: Database, lead: int, at: datetime
) -> None:
    screen, old = paired(database, lead, at)
    first, second = (renewed(database, screen, at) for _ in range(2))
    enters(database, old)
    with pytest.raises(Refused):
        enters(database, first)

    shown = enters(database, second).shown
    assert shown == token_hash(second)
    begin_new_tokens(database, {screen: shown}, at=at + timedelta(hours=1))

    assert enters(database, second).shown is None
    with pytest.raises(Refused, match="revoked"):
        enters(database, old)


@pytest.mark.both
def test_a_token_of_after_the_backup_is_unknown_and_the_one_before_it_lets_in_again(
    database: Database, lead: int, at: datetime
) -> None:
    screen, old = paired(database, lead, at)
    with database.read() as session:
        backup = session.get_one(Device, screen)
    later = at + RENEW
    new = renewed(database, screen, later)
    begin_new_tokens(database, {screen: token_hash(new)}, at=later + timedelta(seconds=2))
    with pytest.raises(Refused, match="revoked"):  # not from later: it is of no use any more
        enters(database, old)

    with database.write() as session:
        device = session.get_one(Device, screen)
        device.token_hash, device.issued_at = backup.token_hash, backup.issued_at

    with pytest.raises(Refused, match="unknown"):
        enters(database, new)
    assert enters(database, old).issued_at == at
    with pytest.raises(Refused, match="unknown"):  # somebody else's writing
        enters(database, f"{new}x")
    revoke_screen(database, screen, at=later)
    with pytest.raises(Refused, match="revoked"):
        enters(database, new)


def test_of_two_players_one_stays_and_the_other_is_let_in_no_more(
    database: Database, lead: int, at: datetime
) -> None:
    screen, token = paired(database, lead, at)
    with database.write() as session:
        device = session.get_one(Device, screen)
        device.page, device.other_page, device.other_looks = "here" * 3, "there" * 3, {}
    before = enters(database, token, "here" * 3).by

    with pytest.raises(Conflict):
        settle(database, screen, "nowhere", user_id=lead, at=at)
    settle(database, screen, "there" * 3, user_id=lead, at=at)

    assert enters(database, token, "there" * 3).by != before
    for page in ("here" * 3, ""):
        with pytest.raises(Refused, match="revoked"):
            enters(database, token, page)
    with pytest.raises(Conflict):  # they are settled
        settle(database, screen, "here" * 3, user_id=lead, at=at)
    # Once the new token was used, the old one is of no use to anybody.
    new = renewed(database, screen, at)
    begin_new_tokens(database, {screen: token_hash(new)}, at=at)
    enters(database, new, "another page")
    with pytest.raises(Refused, match="revoked"):
        enters(database, token, "there" * 3)


def test_a_screen_that_was_never_paired_is_let_in_by_its_link_alone(
    database: Database, at: datetime
) -> None:
    _, key = add_screen(database, SECRET, LOBBY, at=at)

    assert not enters(database, key).is_device
