"""The dashboard: the script that Streamlit runs for every click, and the ASGI app that serves it.

Streamlit runs this file as `__main__`; a server imports it as `dashboard.app` and finds `app`. It lies in
`dashboard/`, never beside `pages/`: Streamlit would run page files without signing anybody in.
"""

from __future__ import annotations

import gc
import logging
import secrets
import traceback
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import BaseRoute
from streamlit import config
from streamlit.logger import get_logger
from streamlit.navigation.page import Page as StreamlitPage

from dashboard import catalogue, sign_in
from dashboard.catalogue import Found
from dashboard.components import page_style, phone_menu, states
from dashboard.context import Context, clear_selection, has_release, open_context
from dashboard.office import Office
from dashboard.permissions import Viewer, check_open, viewer_of
from dashboard.specs import Page
from dashboard.turns import turn
from dashboard.web import open_demo
from dashboard.web.door import Door, door_of
from dashboard.web.messages import Messages
from dashboard.web.middleware import Gate, PackedStatics, SecurityHeaders
from dashboard.web.options import check_options
from dashboard.web.organisation import OrganisationSignIn, organisation_secrets
from dashboard.web.policy import security_headers, streamlit_document
from dashboard.web.routes import routes
from dashboard.web.styled import StyledDocument
from dashboard.wording import escape
from data_access.desk import audit
from data_access.desk.engine import reading
from data_access.desk.users import User
from data_access.problems import BadSelection, NotAllowed, Tampered, UserProblem
from data_access.settings import Settings, load_settings

PRODUCT: Final = sign_in.PRODUCT
HOME: Final = Page(title="Start", url="start", section="", order=0)
# Streamlit imports these when they are first used; the first reader should not wait for them. Without pandas two
# readers who come at once fail: Plotly looks into it while the other's tables are still importing it.
WARMED: Final = (
    "pandas",
    "plotly.graph_objects",
    "pyarrow",
    "streamlit.elements.plotly_chart",
    "streamlit.dataframe_util",
)
SIGN_IN_WIDTH: Final = 704  # pixels: a line of text that is read with ease
log = logging.getLogger("lookforward")


@dataclass(frozen=True)
class Click:
    """One run of the script by somebody who is signed in."""

    settings: Settings
    door: Door
    user: User
    viewer: Viewer


def show() -> None:
    """Run one click: look the visit up, then the sign-in or the page asked for."""
    settings = load_settings()
    door = door_of(settings)
    visit = sign_in.current_visit(door)
    if visit is None:
        _signed_out(door, settings)
        return
    viewer = viewer_of(visit.user)
    allowed = catalogue.pages_for(viewer)
    click = Click(settings, door, visit.user, viewer)
    menu = _menu(allowed, click)
    chosen = st.navigation(menu, position="top")
    st.set_page_config(page_title=f"{chosen.title} - {PRODUCT}", layout="wide")
    _account(viewer, door, menu, chosen.url_path)
    chosen.run()


def _signed_out(door: Door, settings: Settings) -> None:
    """Show the sign-in alone. Every page is known, so that its link survives; none of them is named."""
    title = sign_in.FIELDS["Form name"]
    known = [
        st.Page(_nothing, title=title, url_path=found.page.url, default=at == 0)
        for at, found in enumerate(catalogue.all_pages())
    ] or [st.Page(_nothing, title=title, url_path=HOME.url, default=True)]
    asked = st.navigation(known, position="hidden")
    st.set_page_config(page_title=f"Sign in - {PRODUCT}", layout="centered")
    query = urlencode([(name, value) for name in st.query_params for value in st.query_params.get_all(name)])
    page = f"/{asked.url_path}{'?' + query if query else ''}"
    if settings.open_demo and open_demo.is_allowed(settings, str(config.get_option("server.address"))):
        sign_in.let_in(door, open_demo.ACCOUNT, page=page, base=_base())
        return
    claim = settings.organisation_claim if settings.sign_in_file.is_file() else ""
    with st.container(horizontal_alignment="center"), st.container(width=SIGN_IN_WIDTH):
        sign_in.show(door, page=page, base=_base(), contact=settings.contact, organisation=claim)


def _nothing() -> None:
    """Stand in for every page while nobody is signed in."""


def _with_home(allowed: tuple[Found, ...]) -> tuple[Found, ...]:
    """Put a page of no numbers at the root for roles that may not open the first page."""
    is_landing_allowed = bool(allowed) and allowed[0] == catalogue.all_pages()[0]
    return allowed if is_landing_allowed else (Found(HOME, _no_numbers), *allowed)


def _menu(allowed: tuple[Found, ...], click: Click) -> dict[str, list[StreamlitPage]]:
    """Give the bar: the main pages as links, the others in groups, so that all can be found at each width."""
    groups = catalogue.grouped(_with_home(allowed))
    return {name: [_entry(found, click) for found in members] for name, members in groups.items()}


def _entry(found: Found, click: Click) -> StreamlitPage:
    page = found.page
    is_first = page in (HOME, catalogue.all_pages()[0].page) if catalogue.all_pages() else True

    def run() -> None:
        if page == HOME:
            _home(click.viewer)
        else:
            _page(found, click)

    return st.Page(run, title=page.title, icon=page.icon or None, url_path=page.url, default=is_first)


def _no_numbers(_context: Context) -> None:
    """Stand in for a page: `HOME` has no context, because its viewer may see no numbers."""


def _home(viewer: Viewer) -> None:
    st.title(HOME.title, anchor=False)
    has_pages = bool(catalogue.pages_for(viewer))
    way_on = "Its pages are in the menu." if has_pages else "Accounts are looked after with the command:"
    st.markdown(f"You are signed in as **{viewer.role.value}**. This role sees no numbers. {way_on}")
    if not has_pages:
        st.code("lookforward users --help", language=None, wrap_lines=True)


def _page(found: Found, click: Click) -> None:
    """Render a page; what its reader can mend is said in plain words."""
    settings, desk, page = click.settings, click.door.engine, found.page
    try:
        check_open(click.viewer, page)
        now = datetime.now(UTC)
        if page.is_office:
            place = (settings.home, settings.releases_folder)
            found.render(Office(click.viewer, desk, *place, settings.contact, now))
            return
        if not has_release(settings):
            states.first_run()
            return
        figures = tuple(one.page for one in catalogue.pages_for(click.viewer) if one.page.figures)
        context = open_context(click.viewer, settings=settings, desk=desk, page=page.url, now=now, figure_pages=figures)
        found.render(context)
    except BadSelection as problem:
        st.title(page.title, anchor=False)
        states.bad_selection(str(problem), clear_selection)
    except NotAllowed as problem:
        click.door.refused(click.user, f"refused: page {page.url}")
        _plain(page, problem)
    except UserProblem as problem:
        _plain(page, problem)


def _plain(page: Page, problem: UserProblem) -> None:
    st.title(page.title, anchor=False)
    with st.container(border=True):
        st.text(str(problem))


def _account(viewer: Viewer, door: Door, menu: dict[str, list[StreamlitPage]], here: str) -> None:
    """Say who is signed in, and let them out; on a narrow screen the menu stands beside it."""
    with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center", key="account"):
        phone_menu.show(menu, here)
        who = viewer.name if viewer.name == viewer.role else f"{viewer.name}, {viewer.role.value}"
        st.markdown(f"Signed in: {escape(who)}", width="content")
        if st.button("Sign out", type="tertiary", key="sign-out"):
            sign_in.sign_out(door, base=_base())
            st.stop()


def _base() -> str:
    return str(config.get_option("server.baseUrlPath") or "")


def incident(error: Exception) -> bool:
    """Tell the reader a number and nothing else; write where it happened, without the error's own words."""
    number = secrets.token_hex(4)
    places = "".join(traceback.format_tb(error.__traceback__))
    log.error("incident %s: %s\n%s", number, type(error).__name__, places)
    st.error(f"Something went wrong on our side. Say this number to whoever runs the installation: {number}")
    return True


@asynccontextmanager
async def alive(_app: object) -> AsyncIterator[None]:
    """Check, warm up, and only then answer."""
    check_options(config.get_option)
    # It writes an error's own words, which may be a participant's; `incident` writes where it happened.
    get_logger("streamlit.error_util").disabled = True
    for name in WARMED:
        import_module(name)
    try:
        with reading(door_of(load_settings()).engine) as connection:
            audit.verify_chain(connection)
    except Tampered as problem:
        log.error("%s Run 'lookforward doctor'.", problem)
    # What is loaded now never becomes garbage; looking at it again at every collection costs most of a click's time.
    gc.collect()
    gc.freeze()
    yield


def guards(settings: Settings, base: str) -> tuple[list[Middleware], list[BaseRoute]]:
    """Give what stands before Streamlit. The desk is opened when the app starts, not when it is imported."""
    door = partial(door_of, settings)
    has_openid = settings.sign_in_file.is_file()
    headers = security_headers(streamlit_document(), is_secure=settings.cookie_secure)
    middleware = [
        Middleware(SecurityHeaders, headers=headers, base=base),
        Middleware(OrganisationSignIn, base=base, is_secure=settings.cookie_secure),
        Middleware(Gate, door=door, base=base, has_openid=has_openid),
        Middleware(Messages, door=door),
        Middleware(PackedStatics, base=base),
        Middleware(StyledDocument, rules=page_style.rules()),
    ]
    return middleware, routes(door, base, catalogue.landing_url())


if __name__ == "__main__":
    with turn():
        show()
else:
    _settings = load_settings()
    _middleware, _routes = guards(_settings, _base())
    # Written out like this `streamlit run` finds the app too, and does not run the bare script without its guards.
    app = st.App(
        Path(__file__),
        middleware=_middleware,
        routes=_routes,
        lifespan=alive,
        on_script_error=incident,
        secrets=organisation_secrets(_settings.sign_in_file),
    )
