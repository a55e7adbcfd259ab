"""What one client may send and be owed (docs/protocol.md tells the same)."""

from collections.abc import Collection, Mapping
from typing import Any

from socketio import packet

LARGEST_MESSAGE = 64 * 1024
"""Bytes of one message from a client; a hello with every feed takes under 1 KB."""
LARGEST_BACKLOG = 1024 * 1024
"""Bytes that wait for a client that lags, behind the message under way; when there are more and
something is to be said to it, it is cut off and comes back by hello."""
LARGEST_BACKLOGS = 128 * 1024 * 1024
"""The same for all clients of one process together."""
LONGEST_QUEUE = 200
"""The same in packets, for ordinary sockets, which queue packets."""
MOST_PENDING = 64
"""Messages of one client that wait to be handled."""
BURST, PER_SECOND = 120.0, 5.0
"""Messages at once and over time: a wall confirms each feed's drops and asks after a gap. What is
no message, but a frame, counts as one."""
NAMESPACE_SECONDS = 10.0
"""A socket that has named no namespace by then, or was refused, is cut off."""

WALL, DESK = "/wall", "/desk"
EVENTS = frozenset({"hello", "heartbeat", "confirm", "outcome"})
SAID: Mapping[str, Collection[str]] = {WALL: EVENTS, DESK: ()}
"""Namespace → what its clients may say; desks only listen."""

CLOSINGS = {
    "malformed": 1002,
    "binary": 1003,
    "too-often": 1008,
    "no-namespace": 1008,
    "too-large": 1009,
    "lagging": 1013,
    "no-answer": 1001,
    "stopping": 1001,
}
"""Why the server closes a websocket → the code of its close frame."""


class Refusal(ValueError):
    """What a client sent cannot be taken; `reason` is one of CLOSINGS."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def read_packet(text: object, said: Mapping[str, Collection[str]] = SAID) -> Any:  # noqa: ANN401 - the library ships no types
    """A Socket.IO packet, read. Raises Refusal unless it is one that our clients send: connect or
    disconnect in a namespace of ours, or an event of theirs with one argument at most."""
    if not isinstance(text, str):
        raise Refusal("binary" if isinstance(text, bytes) else "malformed")
    try:
        read = packet.Packet(encoded_packet=text)
    except (ValueError, IndexError, KeyError, TypeError, RecursionError) as error:
        raise Refusal("malformed") from error
    if read.packet_type in {packet.BINARY_EVENT, packet.BINARY_ACK}:
        raise Refusal("binary")
    if not _is_expected(read, said):
        raise Refusal("malformed")
    return read


def _is_expected(read: Any, said: Mapping[str, Collection[str]]) -> bool:  # noqa: ANN401 - the library ships no types
    events = said.get(read.namespace or "/")
    if events is None:
        return False
    if read.packet_type in {packet.CONNECT, packet.DISCONNECT}:
        return True  # whatever else is wrong with it is answered by a refusal
    if read.packet_type != packet.EVENT:
        return False
    told = read.data
    if not isinstance(told, list) or not 1 <= len(told) <= 2:
        return False
    return isinstance(told[0], str) and told[0] in events and (read.id is None or read.id < 2**53)


class Allowance:
    """How often one client may speak: a bucket that fills by PER_SECOND up to BURST."""

    __slots__ = ("_at", "_left")

    def __init__(self, now: float) -> None:
        self._at = now
        self._left = BURST

    def take(self, now: float) -> bool:
        """Whether one more message is allowed at `now`, in seconds of any steady clock."""
        self._left = min(BURST, self._left + (now - self._at) * PER_SECOND)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True
