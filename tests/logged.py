"""What the product logged while a test ran, whatever else logs in its process."""

from logging import LogRecord

import pytest


def logged(caplog: pytest.LogCaptureFixture) -> list[LogRecord]:
    """The product's own records: libraries' threads, also earlier tests', tell of themselves."""
    return [each for each in caplog.records if each.name.split(".")[0] == "signage"]
