"""HTTP: one module a group of pages."""

from collections.abc import Callable
from datetime import datetime

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from signage.models import Database
from signage.places import place
from signage.settings import Settings
from signage.web import (
    account,
    agents,
    api,
    api_ahead,
    api_alerts,
    api_commands,
    api_document,
    api_feeds,
    api_findings,
    api_goals,
    api_groups,
    api_playlists,
    api_plays,
    api_publication,
    api_screen_keys,
    api_screens,
    api_takeovers,
    api_texts,
    api_watch,
    api_weeks,
    assets,
    desk_account,
    desk_after,
    desk_agents,
    desk_ahead,
    desk_audit,
    desk_claims,
    desk_commands,
    desk_deciding,
    desk_deliveries,
    desk_edit,
    desk_export,
    desk_feeds,
    desk_figures,
    desk_find,
    desk_groups,
    desk_history,
    desk_improvements,
    desk_intake,
    desk_journey,
    desk_keys,
    desk_lists,
    desk_look,
    desk_many,
    desk_measurement,
    desk_miniatures,
    desk_notices,
    desk_objections,
    desk_pairing,
    desk_people,
    desk_playlists,
    desk_plays,
    desk_publication,
    desk_ready,
    desk_review,
    desk_rule_trials,
    desk_rules,
    desk_screens,
    desk_settings,
    desk_sources,
    desk_tags,
    desk_takeovers,
    desk_upload,
    desk_uptime,
    desk_wall,
    desk_watch,
    desk_weeks,
    elsewhere,
    health,
    metrics,
    mistakes,
    pages,
    pairing,
    pictures,
    security,
    wall,
)
from signage.web.context import Parts, find_person
from signage.web.forms import RowNumber

_DESK = (
    desk_review.pages,
    desk_deciding.pages,
    desk_claims.pages,
    desk_tags.pages,
    desk_keys.pages,
    desk_wall.pages,
    desk_export.pages,
    desk_figures.pages,
    desk_find.pages,
    desk_history.pages,
    desk_after.pages,
    desk_edit.pages,
    desk_many.pages,
    desk_improvements.pages,
    desk_measurement.pages,
    desk_notices.pages,
    desk_takeovers.pages,
    desk_ready.pages,
    desk_intake.pages,
    desk_upload.pages,
    desk_screens.pages,
    desk_feeds.pages,
    desk_commands.pages,
    desk_agents.pages,
    desk_watch.pages,
    desk_uptime.pages,
    desk_plays.pages,
    desk_groups.pages,
    desk_pairing.pages,
    desk_playlists.pages,
    desk_weeks.pages,
    desk_publication.pages,
    desk_ahead.pages,
    desk_miniatures.pages,
    desk_deliveries.pages,
    desk_lists.pages,
    desk_settings.pages,
    desk_rules.pages,
    desk_rule_trials.pages,
    desk_sources.pages,
    desk_objections.pages,
    desk_journey.pages,
    desk_look.pages,
    desk_people.pages,
    desk_account.pages,
    desk_audit.pages,
)


def create_flask(
    settings: Settings,
    database: Database,
    connected: Callable[[], dict[int, int]],
    swept: Callable[[], datetime | None] = lambda: None,
    told: Callable[[int, object], str | None] = lambda *_: None,
) -> Flask:
    """The HTTP side of the product."""
    app = Flask(
        "signage",
        static_folder=None,
        template_folder=str(place("templates")),
    )
    app.extensions["signage"] = Parts(settings, database, connected, swept, told)
    app.url_map.converters["int"] = RowNumber
    metrics.count_requests(app)
    app.before_request(find_person)  # first: a refusal, too, speaks the reader's language
    assets.serve_assets(app)
    security.guard(app, settings)
    pages.prepare(app)
    mistakes.catch(app)
    for blueprint in (
        account.pages,
        agents.pages,
        api.pages,
        api_document.pages,
        api_takeovers.pages,
        api_texts.pages,
        api_goals.pages,
        api_plays.pages,
        api_screens.pages,
        api_screen_keys.pages,
        api_commands.pages,
        api_groups.pages,
        api_playlists.pages,
        api_weeks.pages,
        api_findings.pages,
        api_publication.pages,
        api_ahead.pages,
        api_feeds.pages,
        api_watch.pages,
        api_alerts.pages,
        health.pages,
        metrics.pages,
        pictures.pages,
        elsewhere.pages,
        wall.pages,
        pairing.pages,
        *_DESK,
    ):
        app.register_blueprint(blueprint)
    if settings.trusted_proxies:
        n = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=n, x_proto=n, x_host=n)  # type: ignore[method-assign]  # Flask's documented way
    return app
