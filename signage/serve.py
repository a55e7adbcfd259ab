"""Serving: one process, gevent, the scheduler inside."""

import signal
from collections.abc import Callable
from dataclasses import replace
from random import Random

import click
import gevent

from signage import clock, logs
from signage.actions import accounts
from signage.actions.measure import refresh_effects
from signage.app import Product, create_app
from signage.cli import commands
from signage.demo.responses import newcomers
from signage.demo.seed import arrive, seed
from signage.keeping.lock import serving
from signage.listening import HIGHEST, listening, try_address
from signage.live.engine import freeze
from signage.live.sockets import wsgi_server
from signage.models import Database
from signage.open_files import many_files
from signage.settings import Settings
from signage.simulated.fleet import Fleet
from signage.words import N_, translate

PORT = click.IntRange(0, HIGHEST)
STOP_SECONDS = 10
"""How long ending may take: a service manager would kill after a while, and so late a wall's last
word is worth less than a start."""


def serve(product: Product, ready: Callable[[int], None]) -> None:
    """Serve until SIGTERM or SIGINT; `ready` is called with the port once requests are taken."""
    many_files()
    address = (product.settings.host, product.settings.port)
    server = wsgi_server(address, product.flask, product.settings)
    with listening(product.settings):
        server.start()
    product.start()
    freeze()
    for number in (signal.SIGTERM, signal.SIGINT):
        gevent.signal_handler(number, server.stop)
    ready(server.server_port)
    try:
        server.serve_forever(stop_timeout=2)
    finally:
        with gevent.Timeout(STOP_SECONDS, False):
            product.stop()


def write_log(settings: Settings, *, events: bool) -> None:
    """Begin the log, and have what ends a greenlet stand in it too, in the same form."""
    logs.configure(settings.log_format, events=events)
    gevent.get_hub().print_exception = logs.surprise


@commands.command("serve")
@click.option("--host", help="Address to listen on; SIGNAGE_HOST.")
@click.option("--port", type=PORT, help="Port to listen on; SIGNAGE_PORT.")
@click.pass_obj
def serve_command(settings: Settings, host: str | None, port: int | None) -> None:
    """Serve desk, API and walls; the jobs run inside."""
    write_log(settings, events=True)
    settings = at_address(settings, host, port)
    try_address(settings)
    click.get_current_context().with_resource(serving(settings))
    product = create_app(settings)
    serve(product, announcing(settings, product.database))


def announcing(settings: Settings, database: Database) -> Callable[[int], None]:
    """What says that requests are taken, and where the first account is made. It asks nothing any
    more: a database that goes away then would end a server that serves."""
    is_new = not accounts.has_users(database)
    token = accounts.invite(database, at=clock.now(), first=True) if is_new else ""

    def ready(bound: int) -> None:
        serving = translate(N_("Serving on {address} – {url}"))
        click.echo(serving.format(address=f"{settings.host}:{bound}", url=settings.url))
        if token:
            click.echo(translate(N_("Nobody has an account yet. Make the first one here, once:")))
            click.echo(f"{settings.url}/link/{token}")

    return ready


def at_address(settings: Settings, host: str | None, port: int | None) -> Settings:
    """The settings with another address; the public one follows when it was not set."""
    own = settings.url == f"http://localhost:{settings.port}"
    port = settings.port if port is None else port
    url = f"http://localhost:{port}" if own else settings.url
    return replace(settings, host=host or settings.host, port=port, url=url)


@commands.command("demo")
@click.option("--port", type=PORT, help="Port to listen on; SIGNAGE_PORT.")
@click.option("--every", default=6.0, help="Seconds between answers that arrive; 0 for none.")
@click.option("--since", default=0.0, hidden=True, help="When the command began, in Unix seconds.")
@click.pass_obj
def demo_command(settings: Settings, port: int | None, every: float, since: float) -> None:
    """Serve with the demo company: 14 months of answers, and new ones every few seconds; walls in
    four places, all but one of them simulated."""
    began = since or clock.now().timestamp()
    write_log(settings, events=False)
    settings = at_address(settings, None, port)
    try_address(settings)
    click.get_current_context().with_resource(serving(settings))
    product = create_app(settings)
    made = seed(
        product.database, settings.secret_key, kept=settings.data / "wall-link", at=clock.now()
    )
    refresh_effects(product.database, at=clock.now())

    def ready(_: int) -> None:
        seconds = clock.now().timestamp() - began
        wall, desk = translate(N_("The wall:")), translate(N_("The desk:"))
        stop = translate(N_("Ready in {seconds} s. Stop with Ctrl+C."))
        click.echo(f"\n  {wall}  {settings.url}/wall#{made.wall_key}")
        click.echo(f"  {desk}  {settings.url}/link/{made.link_token}")
        click.echo(f"\n  {stop.format(seconds=round(seconds))}\n")
        Fleet(settings.url, made.simulated, Random()).start()  # noqa: S311 - when walls come
        if every:
            gevent.spawn(_keep_arriving, product, every)

    serve(product, ready)


def _keep_arriving(product: Product, every: float) -> None:
    for answer in newcomers(round(clock.now().timestamp())):
        gevent.sleep(every)
        arrive(product.database, answer, at=clock.now())
