"""What tests of several actions begin with."""

from datetime import datetime

import pytest

from signage.models import Database
from tests.ruling import trusted


@pytest.fixture
def trust(database: Database, lead: int, at: datetime) -> None:
    trusted(database, lead, at)
