"""From a mistake back to the page where it was made."""

from urllib.parse import urlsplit

from flask import current_app, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter, RequestRedirect


def way_back() -> str | None:
    """The path of the page that a request came from: the one that its browser names, if that is
    ours, else the one above the address that a form was sent to. None where neither is known."""
    adapter = current_app.create_url_adapter(request)
    if adapter is None:
        return None
    sent_to = request.path if request.method == "POST" else ""
    return _page(adapter, _came_from()) or _page(adapter, sent_to)


def _came_from() -> str:
    try:
        named = urlsplit(request.referrer or "")
    except ValueError:
        return ""
    return named.path if named.netloc == request.host else ""


def _page(adapter: MapAdapter, path: str) -> str | None:
    """The page at this path, or the nearest above it: forms are sent to addresses below theirs."""
    while path.startswith("/") and not path.startswith("//") and path != "/":
        try:
            adapter.match(path, method="GET")
        except (HTTPException, RequestRedirect):
            path = path.rpartition("/")[0]
        else:
            return path
    return None
