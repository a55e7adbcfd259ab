"""`signage screen pair`: a player that shows a code becomes a screen; `signage screen agent`: a
token for the program on its device."""

import click

from signage import clock
from signage.actions import agents, pairings
from signage.actions.setup_of_screens import ScreenDraft, split_tags
from signage.cli import screen, with_database
from signage.core.agents import NEEDS_LINE
from signage.core.pairing import Looks, read_code, shown_code
from signage.errors import Invalid, NotFound, Problem
from signage.models import Agent, Database, preferences
from signage.models.pairing import looks_of, pairing_of
from signage.screen_commands.found import group_named, screen_named
from signage.screen_commands.telling import BY
from signage.settings import Settings
from signage.words import N_, translate

_WRONG = N_(
    "No screen shows this code now. A code lasts ten minutes: look at the screen again, and type"
    " the one that it shows."
)


@screen.command("pair")
@click.argument("code")
@click.option("--name", default="", help="What the new screen is called.")
@click.option("--site", default="", help="Where it hangs, e.g. “Solna, floor 4”.")
@click.option("--group", default="", help="Its group, by name or number.")
@click.option("--tags", default="", help="Its tags, with commas between.")
@click.option("--again", default="", help="Not a new one: this screen, by number or name.")
@click.option("--yes", is_flag=True, help="Do not show whose code it is and ask.")
@with_database
def screen_pair(
    settings: Settings,  # noqa: ARG001 - all commands take both
    database: Database,
    code: str,
    again: str,
    yes: bool,
    **said: str,
) -> None:
    """Make the player that shows CODE a screen: a new one, or one that is there already."""
    if again and any(said.values()):
        text = N_("With --again the screen stays as it is set up: leave out --{names}.")
        names = ", --".join(name for name, value in said.items() if value)
        raise Invalid([Problem("not-both", text, "again", {"names": names})])
    code = read_code(code) or ""
    with database.read() as session:
        pairing = pairing_of(session, code, clock.now())
        if pairing is None:
            raise Invalid([Problem("wrong-code", _WRONG, "code")])
        looks = looks_of(pairing.looks)
        number = screen_named(session, again).id if again else None
        has = bool(number) and session.get(Agent, number) is not None
        group = group_named(session, said["group"]).id if said["group"] else None
        chosen = preferences(session)
    draft = ScreenDraft(
        said["name"], said["site"], chosen.language, chosen.timezone, group_id=group,
        tags=split_tags(said["tags"]),
    )  # fmt: skip
    if not yes:
        click.echo(looks_line(looks, code))
        if number:
            click.echo(translate(N_("The device that this screen has now is cut off.")))
        click.confirm(translate(N_("Is this the screen?")), abort=True)
    _pair(database, code, number, draft)
    if has:
        click.echo(translate(NEEDS_LINE))


@screen.command("agent")
@click.argument("which", metavar="SCREEN")
@click.option("--end", is_flag=True, help="End the token in use, and make none.")
@click.option("--yes", is_flag=True, help="Do not ask before a token in use ends.")
@with_database
def screen_agent(settings: Settings, database: Database, which: str, end: bool, yes: bool) -> None:  # noqa: ARG001 - all commands take both
    """Print a new token for the program on a screen's device, as a line for kiosk.toml, only now.
    One that is in use ends."""
    with database.read() as session:
        number = screen_named(session, which).id
        in_use = session.get(Agent, number) is not None
    if end and not in_use:
        raise Invalid([Problem("no-agent", N_("It has no token: there is nothing to end."))])
    if in_use and not yes:
        click.confirm(translate(N_("The token in use ends now. Go on?")), abort=True)
    if end:
        agents.end_agent(database, number, at=clock.now(), by=BY)
        click.echo(translate(N_("Its token has ended.")))
        return
    token = agents.make_agent(database, number, at=clock.now(), by=BY)
    click.echo(f'agent = "{token}"')


def _pair(database: Database, code: str, number: int | None, draft: ScreenDraft) -> None:
    try:
        if number is None:
            number = pairings.pair_new(database, code, draft, user_id=None, at=clock.now(), by=BY)
        else:
            pairings.pair_again(database, code, number, user_id=None, at=clock.now(), by=BY)
    except NotFound as gone:  # it ran out, or somebody else confirmed it, in this moment
        raise Invalid([Problem("wrong-code", _WRONG, "code")]) from gone
    text = N_("Paired as screen {number}. It starts within seconds, if the server runs.")
    click.echo(translate(text).format(number=number))


def looks_line(looks: Looks, code: str = "") -> str:
    """What a player says of itself; nobody has checked it."""
    said = (
        shown_code(code) if code else "",
        f"{looks.width} × {looks.height}" if looks.width and looks.height else "",
        looks.browser, looks.system, looks.network,
    )  # fmt: skip
    return " · ".join(each for each in said if each)
