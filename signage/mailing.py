"""Handing an e-mail to a mail server.

Greenlets wait for it side by side: in a server, sockets give way to others (signage.__main__).
"""

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid

from gevent import Timeout

from signage import clock

SECONDS = 10.0
"""For each answer of the server; three times that for all of it."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """Who takes mail; `security` is starttls, tls or none."""

    host: str
    port: int
    security: str
    user: str
    password: str
    sender: str


class NotMailed(Exception):
    """The mail was not taken: `lasting` when it never will be; says why in a word or two."""

    def __init__(self, why: str, *, lasting: bool = False) -> None:
        super().__init__(why)
        self.lasting = lasting


def mail(server: MailServer, to: str, subject: str, text: str, *, message_id: str) -> None:
    """Send a mail; raises NotMailed. A try that is made again has the same `message_id`."""
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = server.sender, to, subject
    letter["Date"] = format_datetime(clock.now())
    domain = server.sender.rpartition("@")[2]
    letter["Message-ID"] = f"<{message_id}@{domain}>" if message_id else make_msgid(domain=domain)
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(text, cte="quoted-printable")
    try:
        with Timeout(3 * SECONDS, TimeoutError()):
            _hand_over(server, letter)
    except smtplib.SMTPRecipientsRefused as refused:
        (code, _), *_rest = refused.recipients.values()
        raise NotMailed(f"smtp {code}", lasting=code >= 500) from refused
    except smtplib.SMTPResponseException as error:
        raise NotMailed(f"smtp {error.smtp_code}") from error
    except ssl.SSLError as error:
        raise NotMailed("certificate") from error
    except TimeoutError as error:
        raise NotMailed("timeout") from error
    except (smtplib.SMTPException, OSError, ValueError) as error:
        raise NotMailed("unreachable") from error


def _hand_over(server: MailServer, letter: EmailMessage) -> None:
    context = ssl.create_default_context()
    with (
        smtplib.SMTP_SSL(server.host, server.port, timeout=SECONDS, context=context)
        if server.security == "tls"
        else smtplib.SMTP(server.host, server.port, timeout=SECONDS)
    ) as line:
        if server.security == "starttls":
            line.starttls(context=context)
        if server.user:
            line.login(server.user, server.password)
        line.send_message(letter)
