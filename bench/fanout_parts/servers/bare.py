"""A loop of send calls and nothing else: the floor that no server of this machine goes below.

It answers each handshake blindly, and writes one ready frame to one socket after the other.
"""

import json
import select
import socket
from base64 import b64encode
from hashlib import sha1
from io import FileIO

from bench.fanout_parts.servers import message

_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


def main() -> None:
    """Serve until standard input ends."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=4096)
    print(f"port {listener.getsockname()[1]}", flush=True)
    clients: list[socket.socket] = []
    # Unbuffered: a line held back here would not wake the loop.
    lines = FileIO(0, closefd=False)
    sources: list[socket.socket | FileIO] = [listener, lines]
    while True:
        ready, _, _ = select.select(sources, [], [])
        if listener in ready:
            clients.append(_welcome(listener.accept()[0]))
        if lines in ready and not _obey(lines.readline(), clients):
            return


def _obey(line: bytes, clients: list[socket.socket]) -> bool:
    command, _, n = line.decode().strip().partition(" ")
    if command == "say":
        payload = json.dumps(["changes", message(int(n))], separators=(",", ":")).encode()
        frame = b"\x81\x7e" + len(payload).to_bytes(2, "big") + payload
        for client in clients:
            client.send(frame)
    elif command == "collect":
        print("collected", flush=True)
    return bool(line)


def _welcome(client: socket.socket) -> socket.socket:
    head = client.recv(4096)
    key = head.partition(b"Sec-WebSocket-Key: ")[2].partition(b"\r\n")[0]
    accept = b64encode(sha1(key + _GUID, usedforsecurity=False).digest())
    client.send(
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Accept: " + accept + b"\r\n\r\n"
    )
    return client


if __name__ == "__main__":
    main()
