"""Signing in by an organisation's own service (OpenID Connect): its settings, and what is added to Streamlit's routes.

Streamlit speaks OpenID Connect; it keeps what the service said in a cookie for a month, without the Secure flag, and
comes back to the first page. Here that cookie lasts two minutes, just long enough to open a visit of ours, carries the
flag behind TLS, and the page that was asked for is kept meanwhile.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, unquote, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.web.middleware import segments
from dashboard.web.routes import HOME, PAGE_COOKIE, STREAMLITS, local_page
from data_access.problems import BadConfiguration

LOGIN: Final = ("auth", "login")
CALLBACK: Final = ("oauth2callback",)
LASTS_SECONDS: Final = 120
NEEDED: Final = ("redirect_uri", "client_id", "client_secret", "server_metadata_url", "cookie_secret")
SHORTEST_SECRET: Final = 32


def organisation_secrets(file: Path) -> dict[str, Any] | None:
    """Read the service's settings, `[auth]` as Streamlit documents it; nothing where there is no file.

    Raises `BadConfiguration` naming everything that is missing or too weak.
    """
    if not file.is_file():
        return None
    try:
        section = tomllib.loads(file.read_text(encoding="utf-8")).get("auth", {})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise BadConfiguration(f"{file.name} is not TOML. docs/sign-in.md shows what belongs into it.") from None
    faults = [f"  {name} is missing" for name in NEEDED if not section.get(name)]
    if len(str(section.get("cookie_secret", ""))) < SHORTEST_SECRET:
        faults.append(f"  cookie_secret needs at least {SHORTEST_SECRET} random characters")
    if not str(section.get("redirect_uri", "")).endswith("/oauth2callback"):
        faults.append("  redirect_uri must end with /oauth2callback")
    if faults:
        raise BadConfiguration("\n".join([f"{file.name}, section [auth]:", *faults]))
    return {"auth": section}


class OrganisationSignIn:
    """Keeps the page that was asked for over the way to the service, and shortens Streamlit's cookies."""

    def __init__(self, app: ASGIApp, base: str = "", *, is_secure: bool = False) -> None:
        self.app = app
        self.base = base
        self.is_secure = is_secure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and change the cookies of the answer where it is about signing in."""
        path = segments(scope, self.base) if scope["type"] == "http" else ()
        if path not in (LOGIN, CALLBACK):
            await self.app(scope, receive, send)
            return

        async def send_changed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                cookies = [self._shortened(cookie) for cookie in headers.getlist("set-cookie")]
                if path == LOGIN:
                    cookies.append(self._page_cookie(Headers(scope=scope).get("referer", "")))
                del headers["set-cookie"]
                for cookie in cookies:
                    headers.append("set-cookie", cookie)
                headers["cache-control"] = "no-store"
            await send(message)

        await self.app(scope, receive, send_changed)

    def _shortened(self, cookie: str) -> str:
        if not cookie.startswith(STREAMLITS):
            return cookie
        short = re.sub(r"(?i)max-age=[1-9]\d*", f"Max-Age={LASTS_SECONDS}", cookie)
        return short + self._secure

    def _page_cookie(self, referer: str) -> str:
        """Keep the page the browser came from. It is read with `page_from_cookie`, which trusts nothing in it."""
        parts = urlsplit(referer)
        page = local_page(f"{parts.path or HOME}{'?' + parts.query if parts.query else ''}")
        return f"{PAGE_COOKIE}={quote(page, safe='')}; Max-Age={LASTS_SECONDS}; Path=/; HttpOnly; SameSite=lax" + (
            self._secure
        )

    @property
    def _secure(self) -> str:
        return "; Secure" if self.is_secure else ""


def page_from_cookie(value: str | None, root: str = "") -> str:
    """Give the page kept by the middleware, below `root`; the first page where there is none or it is elsewhere."""
    page = local_page(unquote(value or HOME))
    return local_page(page.removeprefix(root) or HOME) if root else page
