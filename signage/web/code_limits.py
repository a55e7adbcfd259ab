"""Guessing codes: each address, and each account or token, has five wrong ones a minute, looked at
or confirmed, at the desk and by the API together."""

from flask import g
from flask_limiter.util import get_remote_address

from signage.web.security import limiter


def _who() -> str:
    if g.get("me"):
        return f"account {g.me.user_id}"
    return f"token {g.token_id}" if "token_id" in g else get_remote_address()


def _was_wrong(_: object) -> bool:
    return bool(g.get("wrong_code"))


by_address = limiter.shared_limit("5/minute", scope="codes", deduct_when=_was_wrong)
by_who_asks = limiter.shared_limit("5/minute", scope="codes", key_func=_who, deduct_when=_was_wrong)
