"""Having walls ask for what cannot be told to them as changes."""

from collections.abc import Sequence

import gevent

from signage.live.presence import PAGE, Emit

UNKNOWN = ""
"""An epoch that no feed has: every wall asks that hears it, also one that has come to know a new
epoch by its own hello, but not what came after."""
ASK_SECONDS = 0.1
"""Between PAGE walls and the next: they are not to ask all at once."""


def make_ask(sids: Sequence[str], feeds: Sequence[str], emit: Emit) -> None:
    """Have walls say hello for these feeds, a few at a time."""
    messages = [{"feed": name, "epoch": UNKNOWN, "changes": []} for name in feeds]
    for n, sid in enumerate(sids, 1):
        for message in messages:
            emit("changes", message, sid)
        if n % PAGE == 0:
            gevent.sleep(ASK_SECONDS)
