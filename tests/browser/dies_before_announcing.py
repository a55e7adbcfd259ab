"""`signage serve` that is struck dead between a publication's commit and its announcement."""

import os
import signal
import sys

from gevent import monkey

monkey.patch_all()

from sqlalchemy import select  # noqa: E402 - after the patch

from signage.__main__ import main  # noqa: E402 - the same
from signage.live.relay import Relay  # noqa: E402 - the same
from signage.models import FeedChange  # noqa: E402 - the same

announce = Relay.announce


def die(relay: Relay) -> int:
    """Announce what set-up made; die when a quote is among what committed."""
    waiting = select(FeedChange.id).where(
        FeedChange.announced_at.is_(None), FeedChange.item.startswith("q")
    )
    with relay._database.read() as session:
        if session.scalar(waiting.limit(1)) is not None:
            os.kill(os.getpid(), signal.SIGKILL)
    return announce(relay)


Relay.announce = die  # type: ignore[assignment]  # the fault that this program is for
sys.argv = ["signage", "serve"]
main()
