"""The ports that tests serve on."""

import pytest

from tests.serving import WORKERS, _shuffled


def test_no_port_is_given_that_browsers_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    given: set[int] = set()
    for worker in range(WORKERS):
        monkeypatch.setenv("PYTEST_XDIST_WORKER", f"gw{worker}")
        given.update(_shuffled())
    assert 10_080 not in given
    assert len(given) > 20_000
