"""Sign-in by the city's own identity provider (OpenID Connect), where the environment names one; else it is off.

The provider says who somebody is; what they may do stands in the book. State, nonce, PKCE and the signature of the ID
token are checked by Authlib; issuer and audience are held against what the environment says, not the provider.
"""

from functools import cache
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse

_LEEWAY = 60  # seconds by which two clocks may differ
# Signatures by a key that only the provider holds; "none", or our own secret as key, proves nothing (RFC 8725, 3.1).
_SIGNED = frozenset(f"{kind}{bits}" for kind in ("RS", "PS", "ES") for bits in (256, 384, 512)) | {
    "EdDSA",
    "Ed25519",
}


def is_on() -> bool:
    """Whether a provider is named."""
    return bool(settings.OIDC["issuer"] and settings.OIDC["client"])


@cache
def _client() -> Any:
    from authlib.integrations.django_client import OAuth

    issuer = settings.OIDC["issuer"].rstrip("/")
    parts = urlsplit(issuer)
    if parts.scheme != "https" and parts.hostname not in ("127.0.0.1", "localhost", "::1"):
        raise ImproperlyConfigured(f"DUBAN_OIDC_ISSUER must be https: {issuer}")
    return OAuth().register(
        "city",
        client_id=settings.OIDC["client"],
        client_secret=settings.OIDC["secret"],
        server_metadata_url=f"{issuer}/.well-known/openid-configuration",
        client_kwargs={
            "scope": settings.OIDC["scope"],
            "code_challenge_method": "S256",
            "default_timeout": 10,
        },
    )


def _provider() -> Any:
    """The client, with what the provider says of itself held against what the environment says of it."""
    client = _client()
    told = client.load_server_metadata()
    if str(told.get("issuer", "")).rstrip("/") != settings.OIDC["issuer"].rstrip("/"):
        found = told.get("issuer")
        told.clear()  # asked again next time
        raise ImproperlyConfigured(f"the provider calls itself {found!r}, not DUBAN_OIDC_ISSUER")
    offered = told.get("id_token_signing_alg_values_supported") or ["RS256"]
    told["id_token_signing_alg_values_supported"] = sorted(_SIGNED.intersection(offered)) or ["RS256"]
    return client


def start(request: HttpRequest) -> HttpResponse:
    """Send the reader to the provider. Whatever goes wrong is raised as the library has it."""
    answer: HttpResponse = _provider().authorize_redirect(request, request.build_absolute_uri("/oidc/back"))
    return answer


def subject(request: HttpRequest) -> str:
    """Whom the provider says the reader is, after its answer was checked; raises where anything about it is wrong."""
    issuer = settings.OIDC["issuer"].rstrip("/")
    options = {
        "iss": {"essential": True, "values": [issuer, f"{issuer}/"]},
        "aud": {"essential": True, "value": settings.OIDC["client"]},
        "sub": {"essential": True},
        "exp": {"essential": True},
        "iat": {"essential": True},
    }
    token = _provider().authorize_access_token(request, claims_options=options, leeway=_LEEWAY)
    told = token["userinfo"]  # of the ID token; missing where there was none
    return str(told[settings.OIDC["claim"] or "sub"])


def account_of(told: str) -> AbstractBaseUser | None:
    """The open account that is linked with this subject; where a claim is set that is a username, the one of that name."""
    if not told.isprintable():  # no name that anybody has; a zero byte would be too much for the database
        return None
    users = get_user_model().objects.filter(is_active=True)
    linked = users.filter(account__subject=told).first()
    if linked is None and settings.OIDC["claim"]:
        return users.filter(username=told).first()
    return linked
