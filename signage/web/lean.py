"""The wall's own scripts as they are sent: without the lines that are comments alone.

There is no build step; comments are a third of what a wall would load. tests/js/vendor.test.js
proves for each script that nothing else is gone.
"""

import re
from functools import cache
from pathlib import Path

_COMMENT_LINES = re.compile(r"^[ \t]*(?:\/\/.*|\/\*\*(?:[^*]|\*(?!\/))*\*\/[ \t]*)\n", re.MULTILINE)


@cache
def lean(path: Path) -> bytes:
    """A file of the static folder as it is sent."""
    content = path.read_bytes()
    if path.suffix != ".js" or path.parent.name == "vendor":
        return content
    return _COMMENT_LINES.sub("", content.decode()).encode()
