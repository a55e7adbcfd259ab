"""`signage …` on the command line."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import update_wrapper
from typing import Any

import click
from sqlalchemy.exc import SQLAlchemyError

from signage import __version__, clock
from signage.actions import accounts, passwords, people, screens, tokens
from signage.actions.erase import erase as erase_response
from signage.actions.screens import ScreenDraft
from signage.actions.setup import set_up
from signage.core.roles import LEAD, ROLES
from signage.core.scopes import RESPONSES, SCOPES
from signage.errors import BadSetting, Conflict, Invalid, NotFound, SignageError
from signage.migrate import migrate
from signage.models import Database
from signage.models.people import people as everybody
from signage.models.trouble import TITLES, trouble
from signage.settings import Settings, read_settings
from signage.sqlite_file import held, refuse_moved
from signage.words import N_, speak, translate

BY = "command line"
"""What the audit log says of who did it."""
SAID = {
    Conflict: N_("It has changed meanwhile. Look again, then decide."),
    NotFound: N_("It is not there, or not any more."),
}
"""What goes wrong between a look and a step, where the step itself says no more of it."""
NOT_ALLOWED = N_(
    "{file}: this user may not read or write that. Run the command as the account that the server "
    "has."
)


def _said(error: SignageError) -> str:
    kind = next((kind for kind in SAID if isinstance(error, kind)), None)
    return translate(SAID[kind]) if kind else type(error).__name__


class Terms(click.Group):
    """Says what is wrong in words, and ends with 1; never a stack trace for an expected error."""

    def invoke(self, context: click.Context) -> Any:  # noqa: ANN401 - click's signature
        """Run a command."""
        try:
            return super().invoke(context)
        except Invalid as invalid:
            for problem in invalid.problems:
                click.echo(problem.message(), err=True)
        except BadSetting as bad:
            click.echo(str(bad), err=True)
        except SignageError as error:
            click.echo(str(error) or _said(error), err=True)
        except PermissionError as error:
            click.echo(translate(NOT_ALLOWED).format(file=error.filename or "?"), err=True)
        except (SQLAlchemyError, OSError) as error:
            if (kind := trouble(error)) is None:
                raise
            click.echo(translate(TITLES[kind]), err=True)
        sys.exit(1)


@click.group(cls=Terms)
@click.version_option(__version__, prog_name="signage")
@click.pass_context
def commands(context: click.Context) -> None:
    """A feedback wall: customers' words, improvements made and honest scores."""
    os.umask(0o077)  # answers are private: what this writes, only this user reads
    speak((os.environ.get("LC_ALL") or os.environ.get("LANG") or "en")[:2])
    context.obj = read_settings(os.environ)


def open_database(settings: Settings) -> Database:
    """The database, brought up to date; raises Refused where its data have moved away."""
    refuse_moved(settings)
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    database = Database(settings.database_url)
    migrate(database)
    set_up(database)
    return database


@contextmanager
def at_work(settings: Settings) -> Iterator[Database]:
    """The database, open for a command. It is neither restored nor moved meanwhile: what the
    command did then would be lost. Raises Refused while it is."""
    text = N_("The database is being restored or moved just now. Try again after that.")
    with held(settings, shared=True, refusal=text):
        yield open_database(settings)


def with_database(call: Callable[..., None]) -> Callable[..., None]:
    """Hand a command the settings and the open database."""

    @click.pass_obj
    def opened(settings: Settings, /, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - any command
        with at_work(settings) as database:
            call(settings, database, *args, **kwargs)

    return update_wrapper(opened, call)


@commands.group()
def user() -> None:
    """People at the desk."""


ROLE = click.Choice(ROLES)


@user.command("invite")
@click.option("--role", type=ROLE, default=LEAD, show_default=True, help="What the person may do.")
@with_database
def user_invite(settings: Settings, database: Database, role: str) -> None:
    """Print a link with which one person makes an account, once, within a day."""
    click.echo(f"{settings.url}/link/{accounts.invite(database, role=role, at=clock.now())}")


@user.command("role")
@click.argument("email")
@click.argument("role", type=ROLE)
@with_database
def user_role(settings: Settings, database: Database, email: str, role: str) -> None:  # noqa: ARG001 - all commands take both
    """Give the person with the address EMAIL another ROLE."""
    try:
        user_id = people.person_with(database, email)
    except NotFound:
        click.echo(translate("Nobody has an account with this address."), err=True)
        sys.exit(1)
    people.change_role(database, user_id, role, by=None, at=clock.now())


@user.command("list")
@with_database
def user_list(settings: Settings, database: Database) -> None:  # noqa: ARG001 - all commands take both
    """Print everybody with an account: address, role, when last seen, name."""
    with database.read() as session:
        found = everybody(session, at=clock.now())
    for one in found:
        seen = f"{one.last_seen_at:%Y-%m-%d}" if one.last_seen_at else "-"
        role = translate(N_("deactivated")) if one.disabled_at else one.role
        click.echo(f"{one.email}\t{role}\t{seen}\t{one.name}")


@user.command("link")
@click.argument("email")
@with_database
def user_link(settings: Settings, database: Database, email: str) -> None:
    """Print a link that signs EMAIL in, once, within a day."""
    user_id, _ = passwords.kept_password(database, email)
    if user_id is None:
        click.echo(translate("Nobody has an account with this address."), err=True)
        sys.exit(1)
    token = accounts.invite(database, at=clock.now(), user_id=user_id)
    click.echo(f"{settings.url}/link/{token}")


@commands.group()
def token() -> None:
    """Tokens with which other programs send answers in."""


@token.command("add")
@click.argument("name")
@click.option(
    "--scope", "scopes", type=click.Choice(list(SCOPES)), multiple=True, default=(RESPONSES,),
    show_default=True, help="What the program may do; may be given several times.",
)  # fmt: skip
@with_database
def token_add(settings: Settings, database: Database, name: str, scopes: tuple[str, ...]) -> None:  # noqa: ARG001 - all commands take both
    """Print a new token for the program NAME; it is shown only now."""
    made = tokens.issue_token(database, name, user_id=None, at=clock.now(), scopes=scopes)
    click.echo(made)


@commands.group()
def screen() -> None:
    """Screens."""


@screen.command("add")
@click.argument("name")
@click.option("--site", default="", help="Where it hangs, e.g. “Solna, floor 4”.")
@click.option("--locale", default="en", help="en, sv, da, nb, fi, de or fr.")
@click.option("--timezone", default="Europe/Stockholm", help="e.g. Europe/Oslo.")
@click.option("--theme", default="auto", help="auto, ink or paper.")
@with_database
def screen_add(settings: Settings, database: Database, name: str, **chosen: str) -> None:
    """Add the screen NAME and print the link that opens its wall; it is shown only now."""
    draft = ScreenDraft(name=name, **chosen)  # type: ignore[arg-type]  # the options are its texts
    _, key = screens.add_screen(database, settings.secret_key, draft, at=clock.now(), by=BY)
    click.echo(f"{settings.url}/wall#{key}")


@commands.command()
@click.argument("source")
@click.argument("external_id")
@with_database
def erase(settings: Settings, database: Database, source: str, external_id: str) -> None:  # noqa: ARG001 - all commands take both
    """Erase the answer EXTERNAL_ID of SOURCE: its words leave every wall, its score every tally."""
    if not erase_response(database, source, external_id, at=clock.now()):
        click.echo(translate("There is no response with this source and id."), err=True)
        sys.exit(1)
    click.echo(translate("Erased."))
