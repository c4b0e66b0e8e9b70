"""A sign-in service of an organisation in this process: OpenID Connect in the five routes that Authlib asks for.

It lets everybody in as the person it was started with. Tests change `claims` to make it lie.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse
from starlette.routing import Route


@dataclass
class Organisation:
    """The service: its address, whom it vouches for, and how often it was asked."""

    port: int
    claims: dict[str, Any] = field(default_factory=dict)
    asked: int = 0
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "k1"}))
    _codes: dict[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def app(self) -> Starlette:
        """Give its routes."""
        return Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self._about),
                Route("/authorize", self._authorize),
                Route("/token", self._token, methods=["POST"]),
                Route("/keys", lambda _request: JSONResponse({"keys": [self.key.as_dict(private=False)]})),
            ]
        )

    def _about(self, _request: Request) -> JSONResponse:
        names = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
        return JSONResponse(
            {
                "issuer": self.address,
                **{name: f"{self.address}/{path}" for name, path in names.items()},
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "code_challenge_methods_supported": ["S256"],
            }
        )

    def _authorize(self, request: Request) -> RedirectResponse:
        asked = request.query_params
        assert asked["code_challenge_method"] == "S256"
        self.asked += 1
        code = f"code-{self.asked}"
        self._codes[code] = asked["nonce"]
        back = urlencode({"code": code, "state": asked["state"]})
        return RedirectResponse(f"{asked['redirect_uri']}?{back}", status_code=302)

    async def _token(self, request: Request) -> JSONResponse:
        form = await request.form()
        now = int(time.time())
        said = {"iss": self.address, "sub": "u1", "aud": "lookforward", "iat": now, "exp": now + 600}
        said |= {"nonce": self._codes.pop(str(form["code"])), **self.claims}
        token = jwt.encode({"alg": "RS256", "kid": "k1"}, said, self.key)
        return JSONResponse({"access_token": "a", "token_type": "Bearer", "id_token": token, "expires_in": 600})


@contextmanager
def running(organisation: Organisation) -> Iterator[Organisation]:
    """Serve it until the block ends."""
    server = uvicorn.Server(uvicorn.Config(organisation.app(), port=organisation.port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    try:
        yield organisation
    finally:
        server.should_exit = True
        thread.join(timeout=10)
