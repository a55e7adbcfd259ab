"""Two web processes over one PostgreSQL and one Redis, behind no proxy that would be sticky."""

from dataclasses import dataclass, field
from itertools import cycle

from tests.serving import Server, free_port


@dataclass
class Pair(Server):
    """Looks like one server. Who asks for its address is told the one and the other in turn."""

    other: Server = field(init=False)
    _turns: "cycle[int]" = field(init=False)

    def __post_init__(self) -> None:
        super().__post_init__()
        self.other = Server(self.data, free_port(), self.secret_key, self.chosen)
        self._turns = cycle((self.port, self.other.port))

    @property
    def url(self) -> str:
        return f"http://localhost:{next(self._turns)}"

    def start(self, program: tuple[str, ...] = ("-m", "signage", "serve")) -> None:
        """Start both."""
        super().start(program)
        self.other.start(program)

    def stop(self) -> None:
        """End both."""
        super().stop()
        self.other.stop()

    def kill(self) -> None:
        """Both, at once."""
        super().kill()
        self.other.kill()
