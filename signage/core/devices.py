"""Telling a person which of their devices a sign-in belongs to, and no more than that."""

import re
from collections.abc import Mapping
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

# In this order: each browser also calls itself by the names below its own.
_BROWSERS = (
    ("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung Internet"),
    ("Vivaldi", "Vivaldi"), ("FxiOS", "Firefox"), ("Firefox", "Firefox"), ("CriOS", "Chrome"),
    ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
_SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("CrOS", "ChromeOS"),
    ("Windows", "Windows"), ("Macintosh", "macOS"), ("Linux", "Linux"),
)  # fmt: skip


def browser_of(agent: str | None) -> str:
    """Firefox, Chrome, …; empty where it does not say."""
    return _first(_BROWSERS, agent)


def system_of(agent: str | None) -> str:
    """Windows, iPhone, …; empty where it does not say."""
    return _first(_SYSTEMS, agent)


def network_of(address: str | None) -> str:
    """203.0.113.x and 2001:db8:1::, the network alone: enough to know one's own, too little to
    follow somebody. Empty for what is no address."""
    try:
        found = ip_address((address or "").partition("%")[0])
    except ValueError:
        return ""
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped:
            return network_of(str(found.ipv4_mapped))
        return str(ip_network((found, 48), strict=False).network_address)
    return re.sub(r"\d+$", "x", str(found))


def came_from(environ: Mapping[str, Any], trusted_proxies: int) -> str:
    """The address that a request came from, by its WSGI environment: behind proxies of ours the one
    that the outermost of them saw."""
    if not trusted_proxies:
        return str(environ.get("REMOTE_ADDR", ""))
    seen = str(environ.get("HTTP_X_FORWARDED_FOR", "")).split(",")
    return seen[-trusted_proxies].strip() if len(seen) >= trusted_proxies else ""


def _first(names: tuple[tuple[str, str], ...], agent: str | None) -> str:
    return next((name for sign, name in names if sign in (agent or "")), "")
