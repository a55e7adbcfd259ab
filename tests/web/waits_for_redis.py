"""`signage serve` that waits for Redis for as long as it takes: else, on a busy machine, a process
would count by itself."""

import sys

from gevent import monkey

monkey.patch_all()

from signage.__main__ import main  # noqa: E402 - after the patch
from signage.web import security  # noqa: E402 - the same
from tests.patience import PATIENCE  # noqa: E402 - the same

security._PATIENCE = PATIENCE
sys.argv = ["signage", "serve"]
main()
