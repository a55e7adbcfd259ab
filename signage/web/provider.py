"""The sign-in provider, by OpenID Connect: authorization code with PKCE, state and nonce.

Nothing of the provider is kept between two sign-ins, so that new keys and addresses of it hold at
once. It is talked to by https, without following redirects, and with time-outs.
"""

from typing import Any

from authlib.integrations.base_client import OAuthError
from authlib.integrations.base_client.errors import MismatchingStateError
from authlib.integrations.flask_client import FlaskIntegration, FlaskOAuth2App
from authlib.integrations.requests_client import OAuth2Session
from flask import request, session
from joserfc.errors import JoseError
from requests import RequestException
from werkzeug.wrappers import Response

from signage.actions.identities import Known
from signage.errors import Refused, SignageError
from signage.settings import Settings, is_safe

SECONDS = 5.0
"""How long the provider may take to connect, and between two pieces of an answer."""
CLOCKS_DIFFER = 60
"""Seconds by which the provider's clock may be off."""
_SIGNED_BY = ("RS", "ES", "PS", "Ed")
"""The signatures that are believed: those of a key pair. None at all is not one."""


class ProviderAway(SignageError):
    """The provider does not answer, or not as it should."""

    retry = True


class _Session(OAuth2Session):  # type: ignore[misc]  # Authlib has no types
    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - Authlib's signature
        """To safe addresses alone, wherever the provider would have us go."""
        if not is_safe(url.partition("?")[0]):
            raise ProviderAway(f"{url} is not safe")
        kwargs |= {"timeout": SECONDS, "allow_redirects": False}
        return super().request(method, url, *args, **kwargs)


class _Client(FlaskOAuth2App):  # type: ignore[misc]  # Authlib has no types
    client_cls = _Session

    def load_server_metadata(self) -> dict[str, Any]:
        """What the provider says of itself; it must be the one that the settings name."""
        metadata: dict[str, Any] = super().load_server_metadata()
        if str(metadata.get("issuer", "")).rstrip("/") != self.issuer.rstrip("/"):
            raise ProviderAway("the provider names another issuer")
        if not is_safe(str(metadata.get("authorization_endpoint", "")).partition("?")[0]):
            raise ProviderAway("the provider's page is not safe")
        named = metadata.get("id_token_signing_alg_values_supported") or ["RS256"]
        fine = [name for name in named if str(name).startswith(_SIGNED_BY)]
        metadata["id_token_signing_alg_values_supported"] = fine
        return metadata


def lead_there(settings: Settings, come_back_to: str) -> Response:
    """The way to the provider's page. Raises ProviderAway."""
    for key in [key for key in session if key.startswith("_state_provider")]:
        session.pop(key)  # one at a time: the cookie does not grow
    try:
        there: Response = _client(settings).authorize_redirect(come_back_to)
    except (RequestException, OAuthError, ValueError, RuntimeError) as error:
        raise ProviderAway(type(error).__name__) from error
    return there


def who_came_back(settings: Settings) -> Known:
    """Who it is, of the request with which the provider sends somebody back. Raises ProviderAway,
    or Refused with `cancelled` or `invalid`."""
    client = _client(settings)
    if request.args.get("error"):
        raise Refused("cancelled")
    if request.args.get("iss", settings.oidc_issuer).rstrip("/") != settings.oidc_issuer.rstrip(
        "/"
    ):
        raise Refused("invalid")
    try:
        token = client.authorize_access_token(
            leeway=CLOCKS_DIFFER,
            claims_options={
                "iss": {"essential": True, "values": _issuers(settings)},
                "aud": {"essential": True, "values": [settings.oidc_client_id]},
            },
        )
        said = _said(client, token)
    except (MismatchingStateError, OAuthError, JoseError) as error:
        raise Refused("invalid") from error
    except (RequestException, ValueError, KeyError, RuntimeError, TypeError) as error:
        raise ProviderAway(type(error).__name__) from error
    return _known(said)


def _client(settings: Settings) -> Any:  # noqa: ANN401 - Authlib has no types
    client = _Client(
        FlaskIntegration("provider"),
        "provider",
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret,
        server_metadata_url=settings.oidc_issuer.rstrip("/") + "/.well-known/openid-configuration",
        client_kwargs={"scope": "openid email profile", "code_challenge_method": "S256"},
    )
    client.issuer = settings.oidc_issuer
    return client


def _issuers(settings: Settings) -> list[str]:
    """With and without a slash at its end: some providers are of two minds."""
    bare = settings.oidc_issuer.rstrip("/")
    return [bare, f"{bare}/"]


def _said(client: Any, token: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401 - Authlib has no types
    """The claims of the ID token, with what only the provider's second address tells."""
    said = dict(token.get("userinfo") or {})
    if not said:
        raise Refused("invalid")
    if "email_verified" not in said and client.server_metadata.get("userinfo_endpoint"):
        more = dict(client.userinfo(token=token))
        if more.get("sub") != said.get("sub"):
            raise Refused("invalid")
        said = {**more, **said}
    return said


def _known(said: dict[str, Any]) -> Known:
    return Known(
        issuer=str(said["iss"]).rstrip("/")[:200],
        subject=str(said["sub"]),
        email=str(said.get("email") or "")[:200],
        verified=said.get("email_verified") is True,
        name=str(said.get("name") or ""),
        language=str(said.get("locale") or "").partition("-")[0].lower(),
    )
