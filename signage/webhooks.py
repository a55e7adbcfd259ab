"""Telling another program by HTTP, as Standard Webhooks ask: an id that a try made again keeps, the
moment of the try, and a signature of both with the body (standardwebhooks.com).

It goes to the very address that an admin set and nowhere else: no redirect is followed, nothing of
the answer is shown but its status, and addresses that belong to no other machine's service, such as
those at which clouds hand out their keys, are not spoken to.
"""

import hmac
import ipaddress
import ssl
from base64 import b64decode, b64encode
from hashlib import sha256
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from gevent import Timeout

SECONDS = 10.0
PREFIX = "whsec_"


class NotTold(Exception):
    """The other program did not take it: `lasting` when it never will; says why in a word or
    two."""

    def __init__(self, why: str, *, lasting: bool = False) -> None:
        super().__init__(why)
        self.lasting = lasting


def secret_of(secret_key: str, channel_id: int, nonce: str) -> str:
    """The secret of a webhook: made of the product's own key, so that it is nowhere kept."""
    made = hmac.digest(secret_key.encode(), f"webhook {channel_id} {nonce}".encode(), sha256)
    return PREFIX + b64encode(made).decode()


def signature(secret: str, message_id: str, seconds: int, body: bytes) -> str:
    """`v1,` and the HMAC-SHA256 of id, moment and body."""
    key = b64decode(secret.removeprefix(PREFIX))
    signed = f"{message_id}.{seconds}.".encode() + body
    return "v1," + b64encode(hmac.digest(key, signed, sha256)).decode()


def is_possible(url: str) -> bool:
    """Whether an address may be one of a webhook: https, or http to this very machine."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    here = host in {"localhost", "127.0.0.1", "::1"}
    plain = url.isascii() and url.isprintable() and " " not in url and not parts.fragment
    named = bool(host) and not parts.username and not parts.password
    return plain and named and (parts.scheme == "https" or (parts.scheme == "http" and here))


def post(url: str, secret: str, message_id: str, body: bytes, *, seconds: int) -> None:
    """Send a message at this moment (Unix seconds); raises NotTold."""
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Signage",
        "webhook-id": message_id,
        "webhook-timestamp": str(seconds),
        "webhook-signature": signature(secret, message_id, seconds, body),
    }
    try:
        with Timeout(2 * SECONDS, TimeoutError()):
            status = _status(url, body, headers)
    except ssl.SSLError as error:
        raise NotTold("certificate") from error
    except TimeoutError as error:
        raise NotTold("timeout") from error
    except (HTTPException, OSError, ValueError) as error:
        raise NotTold("unreachable") from error
    if not 200 <= status < 300:
        raise NotTold(f"status {status}", lasting=status == 410)


def _status(url: str, body: bytes, headers: dict[str, str]) -> int:
    parts = urlsplit(url)
    line: HTTPConnection
    if parts.scheme == "https":
        context = ssl.create_default_context()
        line = HTTPSConnection(parts.hostname or "", parts.port, timeout=SECONDS, context=context)
    else:
        line = HTTPConnection(parts.hostname or "", parts.port, timeout=SECONDS)
    try:
        line.connect()
        # Only now is it sure whom the name led to.
        if not is_spoken_to(line.sock.getpeername()[0]):
            raise NotTold("address", lasting=True)
        path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        line.request("POST", path, body, headers)
        return line.getresponse().status
    finally:
        line.close()


def is_spoken_to(address: str) -> bool:
    """Whether a service may answer at this address: a company's own networks are fine."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    ip = getattr(ip, "ipv4_mapped", None) or ip
    return not (ip.is_link_local or ip.is_multicast or ip.is_unspecified)
