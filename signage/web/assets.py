"""Styles, scripts and fonts: kept by browsers for good, since a changed file has a new address."""

import hashlib
from http import HTTPStatus
from pathlib import Path

from flask import Flask, Response, send_from_directory

from signage.core.roles import ANYONE
from signage.places import place
from signage.web.joined import sent
from signage.web.permit import allow

FOR_GOOD = 365 * 24 * 3600
"""Seconds: a year, which is as long as caches go."""
MAKERS = ("joined.py", "lean.py")


def serve_assets(app: Flask) -> None:
    """Serve the static folder; `url_for("static", filename=…)` gives the lasting address."""
    folder = place("static")
    current = _digest(folder)

    @allow(ANYONE)
    def static(filename: str, version: str = "") -> Response:
        lasts = version == current
        # Without its version, or with an old one: today's file, asked for again each time.
        # They stand in one another, so whether one has changed goes by them all.
        response = send_from_directory(
            folder, filename, max_age=FOR_GOOD if lasts else 0, etag=current
        )
        if lasts:
            response.cache_control.immutable = True
        is_ours = filename.startswith("wall/") and filename.endswith((".js", ".css"))
        if is_ours and response.status_code == HTTPStatus.OK:
            response.close()
            response.direct_passthrough = False
            response.set_data(sent(folder / filename))
        return response

    app.add_url_rule("/static/v-<version>/<path:filename>", "static", static)
    app.add_url_rule("/static/<path:filename>", "static_plain", static)
    app.url_defaults(lambda endpoint, values: _set_version(endpoint, values, current))


def _set_version(endpoint: str, values: dict[str, str], current: str) -> None:
    if endpoint == "static":
        values.setdefault("version", current)


def _digest(folder: Path) -> str:
    """Of every file's path and content, and of what makes of them what is sent: the scripts import
    one another, so they change together."""
    found = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            found.update(str(path.relative_to(folder)).encode())
            found.update(path.read_bytes())
    for name in MAKERS:
        found.update((Path(__file__).parent / name).read_bytes())
    return found.hexdigest()[:12]
