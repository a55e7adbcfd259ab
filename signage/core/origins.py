"""Other sites' origins: where a page of ours may stand in a frame (CSP, frame-ancestors)."""

import re
from urllib.parse import urlsplit

MOST = 20
_HOST = re.compile(r"(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]*[a-z0-9])?")


def split_origins(typed: str) -> list[str]:
    """What was typed, one by line, comma or space; each once, in the order typed."""
    return list(
        dict.fromkeys(part.rstrip("/").lower() for part in re.split(r"[\s,]+", typed) if part)
    )


def is_origin(text: str) -> bool:
    """https://signs.example.com, with a port or not, or all below it: https://*.example.com.

    Nothing that could end the header's entry and begin another passes.
    """
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return False
    host = parts.netloc if port is None else parts.netloc.removesuffix(f":{port}")
    plain = text == f"{parts.scheme}://{parts.netloc}"
    return plain and parts.scheme in {"http", "https"} and _HOST.fullmatch(host) is not None
