"""What a screen's links and its device's tokens are: signed; whether they let in, a hash says."""

import re
from datetime import datetime

from itsdangerous import BadSignature, URLSafeSerializer

from signage.core.tokens import new_token
from signage.errors import Refused
from signage.models import Device, Screen

LONGEST = 500
"""Characters of a key."""
_GIVEN = "~"
"""Between a token's word and when it was given, in ms: what knows nothing of it still reads it."""
_NONE = "none:"
_HEX = re.compile(r"[0-9a-f]{1,16}")


def signed_token(secret_key: str, screen_id: int, given: datetime | None = None) -> str:
    """A new key of a screen, which tells its id; whether it lets in, only its hash says. A device's
    tells when it was given, too."""
    word = new_token() if given is None else f"{new_token()}{_GIVEN}{_ms(given):x}"
    return str(_signer(secret_key).dumps([screen_id, word]))


def no_link() -> str:
    """What stands for the hash of a screen's link where nobody has one."""
    return f"{_NONE}{new_token()}"


def has_link(screen: Screen) -> bool:
    """Whether somebody was given a link of the screen that was not ended by pairing."""
    return not screen.key_hash.startswith(_NONE)


def linked(secret_key: str, key: object) -> int:
    """The id of the screen that a key was made for. Raises Refused with "unknown"."""
    try:
        screen_id, _ = _signer(secret_key).loads(str(key)[:LONGEST])
        return int(screen_id)
    except (BadSignature, ValueError, TypeError) as error:
        raise Refused("unknown") from error


def is_from_later(device: Device, key: object) -> bool:
    """Whether a token was given later than the one that is in use: then the database was put back
    to what it was before, or lost its last commits. `key` is one that `linked` took."""
    _, told = _signer("").loads_unsafe(str(key)[:LONGEST])
    _, _, given = str(told[1]).rpartition(_GIVEN)
    return _HEX.fullmatch(given) is not None and int(given, 16) > _ms(device.issued_at)


def _ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def _signer(secret_key: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret_key, salt="wall")
