"""What guards every page: cookies, CSRF, headers, rate limits."""

from datetime import timedelta
from typing import Any

from flask import Flask, g, request, session
from flask.wrappers import Response
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf.csrf import CSRFProtect
from redis.backoff import NoBackoff
from redis.retry import Retry

from signage.core.pictures import LARGEST_FILE
from signage.settings import Settings
from signage.web.looking_again import Sessions

LARGEST_FORM = 1024 * 1024
LARGEST_UPLOAD = 256 * 1024 * 1024
LARGEST_FILES = {
    "upload.send": LARGEST_UPLOAD,
    "notices.create": LARGEST_FILE,
    "notices.change": LARGEST_FILE,
    "look.change": LARGEST_FILE,
}
"""Bytes of the files that a form may bring along, by endpoint."""

csrf = CSRFProtect()
limiter = Limiter(get_remote_address, headers_enabled=True, in_memory_fallback_enabled=True)
"""Counts in Redis where several processes share one, and each for itself while that is gone."""

_PATIENCE = 0.5
"""Seconds that Redis gets to count a request."""

# Nothing inline, nothing from elsewhere; who may frame a page follows: nobody, but for walls.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; frame-src 'self'; manifest-src 'self'; "
    "worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors "
)


def guard(app: Flask, settings: Settings) -> None:
    """Set all of it up."""
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="__Host-signage" if settings.secure else "signage",
        SESSION_COOKIE_SECURE=settings.secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(days=14),
        WTF_CSRF_TIME_LIMIT=None,  # as long as the sign-in; a desk stays open all day
        WTF_CSRF_SSL_STRICT=settings.secure,
        RATELIMIT_STORAGE_URI=settings.redis_url or "memory://",
        RATELIMIT_STORAGE_OPTIONS=_storage_options() if settings.redis_url else {},
    )
    # Ahead of the CSRF check, which reads the whole form.
    app.before_request(_bound_body)
    csrf.init_app(app)
    limiter.init_app(app)
    app.session_interface = Sessions()
    app.after_request(_add_headers)
    if settings.secure:
        app.after_request(_insist_on_https)


def _storage_options() -> dict[str, Any]:
    once = Retry(NoBackoff(), 0)
    return {"socket_timeout": _PATIENCE, "socket_connect_timeout": _PATIENCE, "retry": once}


def _bound_body() -> None:
    """Files are large, and come from people who are signed in; all else is small."""
    most = LARGEST_FILES.get(request.endpoint or "", 0) if "sign_in" in session else 0
    request.max_content_length = LARGEST_FORM + most


def _add_headers(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = POLICY + g.get("framed_by", "'none'")
    response.headers["X-Content-Type-Options"] = "nosniff"
    # Not "no-referrer": over https the CSRF check wants to see that a form came from here.
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
    if request.endpoint not in {"static", "static_plain", "pictures.picture"}:
        private = g.get("me") is not None or "token_id" in g or request.method != "GET"
        response.headers["Cache-Control"] = "no-store" if private else "no-cache"
    return response


def _insist_on_https(response: Response) -> Response:
    response.headers["Strict-Transport-Security"] = "max-age=31536000"
    return response
