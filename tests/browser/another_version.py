"""`signage serve` with the wall's files of another folder: what an update of the product brings."""

import os
import sys
from pathlib import Path

from gevent import monkey

monkey.patch_all()

from signage import places  # noqa: E402 - after the patch
from signage.__main__ import main  # noqa: E402 - the same

places.PACKAGE = Path(os.environ["ANOTHER_VERSION"]) / "signage"
sys.argv = ["signage", "serve"]
main()
