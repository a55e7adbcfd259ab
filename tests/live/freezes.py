"""`signage serve` on a data folder, which says how many objects the garbage collector passes over
once it takes requests, and ends."""

from gevent import monkey

monkey.patch_all()

import gc  # noqa: E402 - gevent must patch before anything else is imported
import os  # noqa: E402
import signal  # noqa: E402

from signage.app import create_app  # noqa: E402
from signage.serve import serve  # noqa: E402
from signage.settings import read_settings  # noqa: E402


def main() -> None:
    """Serve for as long as it takes to look."""

    def ready(_: int) -> None:
        print(gc.get_freeze_count(), flush=True)
        os.kill(os.getpid(), signal.SIGTERM)

    assert gc.get_freeze_count() == 0
    serve(create_app(read_settings(os.environ)), ready)


if __name__ == "__main__":
    main()
