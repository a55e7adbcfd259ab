"""As many walls as the system lets a process have."""

from pathlib import Path
from resource import RLIMIT_NOFILE, prlimit

from tests.serving import Server, free_port

FEW = """
import resource, runpy, sys
resource.setrlimit(resource.RLIMIT_NOFILE, (128, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
sys.argv[1:] = ["serve"]
runpy.run_module("signage", run_name="__main__", alter_sys=True)
"""


def test_a_server_allows_itself_all_that_it_may_have(tmp_path: Path) -> None:
    server = Server(tmp_path, free_port())
    server.start(("-c", FEW))
    try:
        assert server.process is not None
        soft, hard = prlimit(server.process.pid, RLIMIT_NOFILE)
    finally:
        server.stop()
        server.database.engine.dispose()

    assert soft == hard > 128
