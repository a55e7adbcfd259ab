"""A mail server that keeps what it is given: SMTP over a socket, as much of it as a client asks."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message

from tests.patience import PATIENCE


@dataclass
class MailBox:
    """What came, and how the server is to behave."""

    port: int = 0
    letters: list[Message] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    refuses: str = ""
    """The answer to each recipient, if not that it is fine."""


@contextmanager
def mail_server() -> Iterator[MailBox]:
    """Serves one client after another until it is left."""
    box = MailBox()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        box.port = listening.getsockname()[1]
        serving = threading.Thread(target=_serve, args=(listening, box))
        serving.start()
        try:
            yield box
        finally:
            with suppress(OSError):
                listening.shutdown(socket.SHUT_RDWR)
            serving.join(timeout=PATIENCE)


def _serve(listening: socket.socket, box: MailBox) -> None:
    while True:
        try:
            line, _ = listening.accept()
        except OSError:
            return
        with line, suppress(OSError):
            _talk(line, box)


def _talk(line: socket.socket, box: MailBox) -> None:
    heard = line.makefile("rb")

    def say(text: str) -> None:
        line.sendall(f"{text}\r\n".encode())

    say("220 here")
    for asked in heard:
        match asked.split(b" ")[0].strip().upper():
            case b"EHLO":
                say("250 here")
            case b"RCPT":
                if not box.refuses:
                    box.recipients.append(asked.decode().partition("<")[2].partition(">")[0])
                say(box.refuses or "250 fine")
            case b"DATA":
                say("354 go on")
                lines = []
                while (each := next(heard)) != b".\r\n":
                    lines.append(each)
                box.letters.append(message_from_bytes(b"".join(lines)))
                say("250 taken")
            case b"QUIT":
                say("221 bye")
                return
            case _:
                say("250 fine")
