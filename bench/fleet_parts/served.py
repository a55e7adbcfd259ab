"""`signage serve` itself, that ends as soon as nobody holds its input: nothing of a bench is left
when it was killed."""

import os
import signal
import sys
from threading import Thread

from signage.__main__ import main


def _end_with_input() -> None:
    while os.read(0, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    Thread(target=_end_with_input, daemon=True).start()
    sys.argv[1:] = ["serve"]
    main()
