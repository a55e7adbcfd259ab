"""Sign-in providers for tests: an honest one in a process of its own, and one that says what it is
told to."""

import base64
import hashlib
import json
import secrets
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit
from wsgiref.simple_server import WSGIRequestHandler, make_server

import requests
from joserfc import jwt
from joserfc.jwk import RSAKey

from signage import clock
from tests.patience import PATIENCE
from tests.service import Service

PEOPLE = (
    {"sub": "p-ida", "email": "Ida@example.com", "email_verified": True, "name": "Ida Ek"},
    {"sub": "p-bo", "email": "bo@example.com", "email_verified": False, "name": "Bo Alm"},
    {"sub": "p-none", "name": "No Address"},
    {"sub": "p-new", "email": "new@example.com", "email_verified": True, "name": "Nina Ny"},
)


class HonestProvider(Service):
    """An OpenID Connect provider as others run them; everybody signs in by a click."""

    @property
    def issuer(self) -> str:
        """For SIGNAGE_OIDC_ISSUER."""
        return f"http://localhost:{self.port}"

    def command(self) -> Sequence[str]:
        """On its port, knowing PEOPLE."""
        known = [part for each in PEOPLE for part in ("--user-claims", json.dumps(each))]
        return (sys.executable, "-m", "oidc_provider_mock", "--port", str(self.port), *known)

    def answers(self) -> bool:
        """Whether it describes itself."""
        try:
            return requests.get(
                f"{self.issuer}/.well-known/openid-configuration", timeout=10
            ).ok  # fmt: skip
        except requests.RequestException:
            return False

    def consent(self, location: str, sub: str) -> str:
        """What somebody who clicks there is sent back to."""
        answer = requests.post(location, data={"sub": sub}, allow_redirects=False, timeout=PATIENCE)
        assert answer.status_code == 302, answer.text
        return answer.headers["Location"]


@dataclass
class Liar:
    """A provider that answers whatever a test wants to hear refused."""

    claims: dict[str, Any] = field(default_factory=dict)
    """Over the honest ones; None takes one away."""
    described: dict[str, Any] = field(default_factory=dict)
    """Over its honest description."""
    broken: str = ""
    """Path at which it answers with an error."""
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "1"}))
    signs_with: RSAKey | None = None
    issuer: str = ""
    asked: dict[str, str] = field(default_factory=dict)
    """What it was asked at its page."""
    verifier_fits: bool | None = None
    """Whether the PKCE verifier was the one of the challenge."""

    def consent(self, location: str) -> str:
        """What somebody who clicks there is sent back to."""
        self.asked = {name: one[0] for name, one in parse_qs(urlsplit(location).query).items()}
        query = urlencode({"code": secrets.token_hex(8), "state": self.asked["state"]})
        return f"{self.asked['redirect_uri']}?{query}"

    def answer(self, path: str, body: str) -> tuple[int, dict[str, Any]]:
        """Its three addresses."""
        if path == self.broken:
            return 500, {}
        if path == "/.well-known/openid-configuration":
            return 200, self._description()
        if path == "/keys":
            return 200, {"keys": [self.key.as_dict(private=False)]}
        if path == "/token":
            return 200, self._token({name: one[0] for name, one in parse_qs(body).items()})
        return 404, {}

    def _description(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/page",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "id_token_signing_alg_values_supported": ["RS256", "none", "HS256"],
            **self.described,
        }

    def _token(self, form: dict[str, str]) -> dict[str, Any]:
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        self.verifier_fits = challenge == self.asked.get("code_challenge")
        now = int(clock.now().timestamp())
        honest = {
            "iss": self.issuer, "sub": "s-1", "aud": self.asked["client_id"], "iat": now,
            "exp": now + 300, "nonce": self.asked["nonce"], "email": "lead@example.com",
            "email_verified": True,
        }  # fmt: skip
        claims = {name: one for name, one in {**honest, **self.claims}.items() if one is not None}
        signed = jwt.encode({"alg": "RS256", "kid": "1"}, claims, self.signs_with or self.key)
        return {"access_token": "a", "token_type": "Bearer", "expires_in": 60, "id_token": signed}


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its signature
        """Nothing."""


@contextmanager
def liar() -> Iterator[Liar]:
    """One that runs, in a thread."""
    telling = Liar()

    def app(environ: dict[str, Any], start: Any) -> list[bytes]:  # noqa: ANN401 - WSGI's own
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)).decode()
        status, said = telling.answer(environ["PATH_INFO"], body)
        start(f"{status} -", [("Content-Type", "application/json")])
        return [json.dumps(said).encode()]

    server = make_server("127.0.0.1", 0, app, handler_class=_Quiet)
    telling.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield telling
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
