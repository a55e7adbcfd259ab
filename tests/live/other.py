"""Another process of the product, which serves nobody: it does what its standard input says.

wake                    wakes the other processes
withdraw QUOTE USER     decides, so that the relays hear of it
revoke SCREEN           the same
woken                   prints how often this process was woken
"""

from gevent import monkey

monkey.patch_all()

import os  # noqa: E402 - gevent must patch before anything else is imported
import sys  # noqa: E402

import gevent  # noqa: E402

from signage import clock, logs  # noqa: E402
from signage.actions import decide  # noqa: E402
from signage.actions.screens import revoke_screen  # noqa: E402
from signage.app import Product, create_app  # noqa: E402
from signage.live.wake import listen, waker  # noqa: E402
from signage.settings import read_settings  # noqa: E402


def main() -> None:
    """Until standard input ends."""
    logs.configure("text", events=True)
    product = create_app(read_settings(os.environ))
    woken = []

    def wake() -> None:
        woken.append(1)
        product.relay.look()
        print("woken", flush=True)

    product.relay.start()
    listen(product.sockets, wake)
    print("ready", flush=True)
    while line := gevent.get_hub().threadpool.apply(sys.stdin.readline):
        if line.strip() == "woken":
            print(len(woken), flush=True)
        else:
            _do(product, *line.split())


def _do(product: Product, what: str, *ids: str) -> None:
    if what == "wake":
        waker(product.sockets)()
    elif what == "withdraw":
        quote, user = map(int, ids)
        decide.withdraw(product.database, quote, reason="private", user_id=user, at=clock.now())
    elif what == "revoke":
        revoke_screen(product.database, int(ids[0]), at=clock.now())


if __name__ == "__main__":
    main()
