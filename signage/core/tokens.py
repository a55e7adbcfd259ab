"""Secrets that are handed out once and kept only as a hash."""

import hashlib
import secrets


def new_token() -> str:
    """192 random bits, safe in an address."""
    return secrets.token_urlsafe(24)


def token_hash(token: str) -> str:
    """What is kept of a token. It is random and long, so one fast hash is enough: there is
    nothing to guess."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
