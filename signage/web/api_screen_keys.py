"""What lets screens in, for other programs: links, tokens for their devices, and which of two
players stays. Each secret is told once, in the answer to the call that made it."""

from typing import Any

from flask import jsonify

from signage.actions import agents, devices, screens
from signage.actions.setup_of_screens import ScreenDraft
from signage.core.pairing import Looks
from signage.core.scopes import SCREENS_WRITE
from signage.core.shapes import moment, nothing_or, one_of, several, text, thing, told, whole
from signage.errors import NotFound
from signage.models import Device, Screen, preferences
from signage.models.pairing import are_two, looks_of
from signage.web.calls import Answer, body, by_program, call, iso_or_none, program_pages
from signage.web.context import at, database, parts
from signage.web.screen_shapes import SCREEN, SETUP, setup_said, told_of

pages = program_pages("api_screen_keys", "/screens")

MADE = thing(SETUP, ("name",))
LINK = told(
    {"screen": whole(), "url": text("What a browser opens to be this screen. Told only now.")},
    title="Link",
)  # fmt: skip
TOKEN = told(
    {"screen": whole(), "token": text("For kiosk.toml on its device. Told only now.")},
    title="AgentToken",
)  # fmt: skip
PLAYER = told(
    {
        "page": text("What it is called when one of two is to stay."),
        "width": whole("0: it did not say."), "height": whole(), "browser": text(),
        "system": text(), "network": text(),
        "heard_at": nothing_or(moment("When it was heard last; of one alone, when it came.")),
    },
    title="DevicePlayer", about="What it says of itself; nobody has checked it.",
)  # fmt: skip
STAYS = told({"stays": text("The `page` of the one that stays.", 40)})
ENDED = told({"status": one_of(("ended",))})


@pages.post("/links")
@call(SCREENS_WRITE, {201: LINK}, takes=MADE)
def create() -> Answer:
    """Make a new screen that no player shows a code for, and its link."""
    said = body()
    with database().read() as reading:
        chosen = preferences(reading)
    draft = ScreenDraft("", locale=chosen.language, timezone=chosen.timezone)
    screen_id, key = screens.add_screen(
        database(), parts().settings.secret_key, setup_said(draft, said), at=at(), by=by_program()
    )
    return _link(screen_id, key)


@pages.post("/<int:screen_id>/link")
@call(SCREENS_WRITE, {201: LINK}, errors=(404,))
def link(screen_id: int) -> Answer:
    """Make another link for a screen; the one before it ends. It lets a revoked screen in again."""
    secret_key = parts().settings.secret_key
    key = screens.renew_link(database(), secret_key, screen_id, at=at(), by=by_program())
    return _link(screen_id, key)


@pages.post("/<int:screen_id>/agent")
@call(SCREENS_WRITE, {201: TOKEN}, errors=(404, 422))
def make_agent(screen_id: int) -> Answer:
    """Make a token for the program on a screen's device; the one before it ends."""
    token = agents.make_agent(database(), screen_id, at=at(), by=by_program())
    return jsonify(screen=screen_id, token=token), 201


@pages.delete("/<int:screen_id>/agent")
@call(SCREENS_WRITE, {200: ENDED}, errors=(404,))
def end_agent(screen_id: int) -> Answer:
    """End that token. Ending what has ended changes nothing."""
    agents.end_agent(database(), screen_id, at=at(), by=by_program())
    return jsonify(status="ended"), 200


@pages.get("/<int:screen_id>/players")
@call(SCREENS_WRITE, {200: told({"players": several(PLAYER)})}, errors=(404,))
def players(screen_id: int) -> Answer:
    """The player on its device: two where both use its token, the one that came last first."""
    with database().read() as reading:
        if reading.get(Screen, screen_id) is None:
            raise NotFound
        device = reading.get(Device, screen_id)
    return jsonify(players=_players(device) if device else []), 200


@pages.post("/<int:screen_id>/settling")
@call(SCREENS_WRITE, {200: SCREEN}, takes=STAYS, errors=(404, 409))
def settle(screen_id: int) -> Answer:
    """Say which of two players stays: the other is cut off, and shows a code."""
    devices.settle(database(), screen_id, body()["stays"], at=at(), by=by_program())
    with database().read() as reading:
        return jsonify(told_of(reading, reading.get_one(Screen, screen_id))), 200


def _link(screen_id: int, key: str) -> Answer:
    return jsonify(screen=screen_id, url=f"{parts().settings.url}/wall#{key}"), 201


def _players(device: Device) -> list[dict[str, Any]]:
    if not device.page:  # none has come yet
        return []
    heard = device.heard_at or device.came_at
    there = [_player(device.page, looks_of(device.looks), iso_or_none(heard))]
    if are_two(device, at()):
        looks = looks_of(device.other_looks)
        there.append(_player(device.other_page, looks, iso_or_none(device.other_heard_at)))
    return there


def _player(page: str, looks: Looks, heard_at: str | None) -> dict[str, Any]:
    return {
        "page": page, "width": looks.width, "height": looks.height, "browser": looks.browser,
        "system": looks.system, "network": looks.network, "heard_at": heard_at,
    }  # fmt: skip
