"""Our own routes: the two ends of a visit, a sign of life, the icon."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final
from urllib.parse import quote, urlsplit

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from dashboard.web.door import Door

START: Final = "auth/start"
END: Final = "auth/end"
HOME: Final = "/"
# On the way by an organisation's service: the page that was asked for, and what Streamlit keeps of a person.
PAGE_COOKIE: Final = "lookforward_page"
STREAMLITS: Final = ("_streamlit_user", "_streamlit_user_tokens")
ICON: Final = Path(__file__).parent / "icon.svg"
Endpoint = Callable[[Request], Response]


def routes(door: Callable[[], Door], base: str = "", landing: str = "") -> list[BaseRoute]:
    """Give the routes below `base`. `landing` is the first page's name, which Streamlit keeps at the root only."""
    root = "/" + base.strip("/") if base.strip("/") else ""
    found = [
        Route(f"{root}/{START}", _start(door, root)),
        Route(f"{root}/{END}", _end(door, root)),
        Route(f"{root}/healthz", _alive),
        Route(f"{root}/favicon.png", _icon),
    ]
    if landing:
        found.append(Route(f"{root}/{landing}", _to_root(root)))
    return list(found)


def start_link(ticket: str, base: str = "") -> str:
    """Give the link that turns a ticket into a visit."""
    return f"{_root(base)}/{START}?ticket={quote(ticket)}"


def end_link(page: str, base: str = "") -> str:
    """Give the link that takes the cookie away and shows a page again."""
    return f"{_root(base)}/{END}?page={quote(page, safe='')}"


def local_page(page: str) -> str:
    """Give a page of this server: its path and query, or the home page if it points anywhere else."""
    parts = urlsplit(page)
    is_plain = page.isprintable() and "\\" not in page and len(page) <= 2000
    is_local = not parts.scheme and not parts.netloc and page.startswith("/") and not page.startswith("//")
    return page if is_plain and is_local else HOME


def is_streamlits(name: str) -> bool:
    """Say whether a cookie is one of Streamlit's about a person, or a part of one."""
    return any(name == one or re.fullmatch(rf"{one}_\d+", name) for one in STREAMLITS)


def _start(door: Callable[[], Door], root: str) -> Endpoint:
    def start(request: Request) -> Response:
        """Turn a ticket into a cookie and show the page asked for.

        Browsers say where a request comes from: a ticket in a link from elsewhere would sign its reader in
        as somebody else.
        """
        if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
            return RedirectResponse(root + HOME, status_code=303)
        at = door()
        started = at.start(request.query_params.get("ticket", ""), request.cookies.get(at.cookie))
        if started is None:
            return RedirectResponse(root + HOME, status_code=303)
        secret, page = started
        answer = RedirectResponse(root + local_page(page), status_code=303)
        answer.set_cookie(at.cookie, secret, path="/", httponly=True, samesite="lax", secure=at.is_secure)
        for name in request.cookies:
            if is_streamlits(name) or name == PAGE_COOKIE:
                answer.delete_cookie(name, path=root or HOME)
                answer.delete_cookie(name, path=HOME)
        return _not_kept(answer)

    return start


def _end(door: Callable[[], Door], root: str) -> Endpoint:
    def end(request: Request) -> Response:
        """Take the cookie of an ended visit away and show the page again, which is the sign-in now.

        The visit itself is ended by the script, not here: a link from elsewhere must not sign anybody out.
        """
        page = root + local_page(request.query_params.get("page", HOME))
        answer = RedirectResponse(page, status_code=303)
        at = door()
        if at.visit(request.cookies.get(at.cookie)) is None:
            answer.delete_cookie(at.cookie, path="/", httponly=True, samesite="lax", secure=at.is_secure)
        return _not_kept(answer)

    return end


def _to_root(root: str) -> Endpoint:
    def to_root(request: Request) -> Response:
        """Send the first page's own name to the root, its query kept."""
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"{root}/{query}", status_code=307)

    return to_root


def _alive(request: Request) -> Response:
    """Say that the server answers; versions are nobody's business who is not signed in."""
    return _not_kept(JSONResponse({"status": "ok"}))


def _icon(request: Request) -> Response:
    return FileResponse(ICON, media_type="image/svg+xml", headers={"cache-control": "max-age=86400"})


def _not_kept(answer: Response) -> Response:
    answer.headers["cache-control"] = "no-store"
    return answer


def _root(base: str) -> str:
    return "/" + base.strip("/") if base.strip("/") else ""
