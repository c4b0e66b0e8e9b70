"""Signing in and out: streamlit-authenticator's form and check of the password, our own visits.

This is the one file that knows the library. Its cookie is off: it can be read by scripts, lasts a month and
cannot be revoked. Accounts come from the desk. Its form forbids password managers, so what it draws is
passed through `_Form`, which gives the fields their autocomplete names (WCAG 2.2, 1.3.5 and 3.3.8).
Remove `_Form` when the library takes an `autocomplete` argument.
"""

from __future__ import annotations

from datetime import timedelta
from html import escape
from math import ceil
from typing import Any, Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit_authenticator import Authenticate
from streamlit_authenticator.controllers import AuthenticationController
from streamlit_authenticator.models import AuthenticationModel
from streamlit_authenticator.views import authentication_view

from dashboard.web.door import Door
from dashboard.web.organisation import page_from_cookie
from dashboard.web.policy import GO_SCRIPT
from dashboard.web.routes import PAGE_COOKIE, end_link, start_link
from dashboard.wording import escape as markdown_escape
from data_access.desk.users import MOST_BYTES, User
from data_access.desk.visits import OpenVisit
from data_access.problems import NotAllowed

PRODUCT: Final = "LookForward"
PURPOSE: Final = "See what people professionals of the NHS said, how strongly, who took part, and what became of it."
FIELDS: Final = {"Form name": f"Sign in to {PRODUCT}", "Username": "Account name", "Password": "Password",
                 "Login": "Sign in"}  # fmt: skip
AUTOCOMPLETE: Final = {"default": "username", "password": "current-password"}
# What the library writes into the session; none of it decides anything here.
_LIBRARY_STATE: Final = ("authentication_status", "name", "username", "email", "roles", "logout")
OWN_ADDRESS: Final = "127.0.0.1"  # Streamlit gives no address for the computer itself


class Stop(Exception):
    """An attempt came too soon; `wait` is the time left."""

    def __init__(self, wait: timedelta) -> None:
        """Keep the wait for the message."""
        self.wait = wait
        super().__init__()


def current_visit(door: Door) -> OpenVisit | None:
    """Look up the visit this browser opened, on every run, and claim its Streamlit session for it."""
    visit = door.visit(_secret(door))
    running = get_script_run_ctx()
    if visit is not None and running is not None:
        door.owners.claim(running.session_id, visit.key)
    return visit


def show(door: Door, *, page: str, base: str = "", contact: str = "", organisation: str = "") -> None:
    """Show the sign-in and nothing else; after it the browser comes back to `page` (path and query).

    organisation: the claim that names an account where an organisation's service may vouch for people, else ''.
    """
    if _secret(door) is not None:
        _go(end_link(page, base))  # the visit has ended: take its cookie away and begin with an empty session
        return
    if not door.has_accounts():
        _nobody()
        return
    for name in _LIBRARY_STATE:
        st.session_state.pop(name, None)
    checked: list[User] = []
    message = st.empty()  # above the form, where it is read before the fields are filled in again
    if organisation and st.user.is_logged_in and _came_back(door, organisation, base, message):
        return
    try:
        _authenticator(door, checked).login(fields=FIELDS, key="sign-in")
    except Stop as stop:
        message.error(f"Too many attempts. Wait {_spell(stop.wait)}, then try again.")
    if organisation:
        st.button("Sign in with your organisation", on_click=st.login, key="organisation")
    _help(contact)
    if checked and st.session_state.get("authentication_status"):
        _go(start_link(door.ticket(checked[0], page), base))
    elif st.session_state.get("authentication_status") is False:
        message.error("The account name or the password is wrong. Check both and try again.")


def let_in(door: Door, name: str, *, page: str, base: str = "") -> None:
    """Open a visit of an account without asking: the one switch for a demonstration on one's own computer."""
    user, _ = door.credentials(name)
    if user is not None:
        _go(start_link(door.ticket(user, page), base))


def _came_back(door: Door, claim: str, base: str, message: DeltaGenerator) -> bool:
    """Take somebody in whom their organisation vouches for; says whether they are on their way to a page."""
    try:
        user = door.vouched(dict(st.user), claim)
    except NotAllowed as problem:
        message.error(str(problem))
        return False
    if user is None:
        door.refused(None, "sign-in refused: vouched for, but without an account")
        message.error("Your organisation knows you, but you have no account here yet.")
        return False
    page = page_from_cookie(st.context.cookies.get(PAGE_COOKIE), "/" + base.strip("/") if base.strip("/") else "")
    _go(start_link(door.ticket(user, page), base))
    return True


def sign_out(door: Door, *, base: str = "") -> None:
    """End this browser's visit and show the sign-in."""
    door.end(_secret(door))
    _go(end_link("/", base))


class _Model(AuthenticationModel):  # type: ignore[misc]  # the library is not typed
    """The library's model, asked about one account at a time, with throttling and equal time for unknown names."""

    def __init__(self, door: Door, checked: list[User]) -> None:
        super().__init__({"usernames": {}}, auto_hash=False)
        self._door = door
        self._checked = checked

    def check_credentials(self, username: str, password: str) -> bool:
        """Hold name and password against the desk; the account goes to `checked` if they fit."""
        address = st.context.ip_address or OWN_ADDRESS
        wait = self._door.wait(username, address)
        if wait > timedelta():
            raise Stop(wait)
        user, stored = self._door.credentials(username)
        self.credentials["usernames"] = {username: {"password": stored, "name": username}}
        is_short = len(password.encode()) <= MOST_BYTES
        fits = bool(super().check_credentials(username, password if is_short else ""))
        if user is None or not is_short or not fits:
            self._door.refused(user, "sign-in refused")
            return False
        self._door.succeeded(username, address)
        self._checked.append(user)
        return True


class _NoCookie:
    """Stands in for the library's cookie, which is off."""

    def get_cookie(self) -> None:
        """There is none."""

    def set_cookie(self) -> None:
        """Set none."""

    def delete_cookie(self) -> None:
        """Delete none."""


class _Authenticator(Authenticate):  # type: ignore[misc]  # the library is not typed
    """The library's form, without the cookie and with our accounts."""

    def __init__(self, controller: AuthenticationController) -> None:
        # Not the library's own: it would put a frame into the page that hands all cookies to the server.
        self.path = None
        self.attrs = {"login_sleep_time": 0}
        self.cookie_controller = _NoCookie()
        self.authentication_controller = controller


class _Form:
    """A Streamlit form whose fields tell password managers what they are, under a heading of the first level."""

    def __init__(self, form: Any) -> None:
        self._form = form

    def subheader(self, text: str) -> None:
        """Write the page's one heading, and what this is for."""
        self._form.title(text, anchor=False)
        self._form.markdown(PURPOSE)

    def text_input(self, label: str, **options: Any) -> str:
        """Draw a field with the autocomplete name of its kind."""
        options["autocomplete"] = AUTOCOMPLETE[options.get("type", "default")]
        return str(self._form.text_input(label, **options))

    def form_submit_button(self, label: str) -> bool:
        """Draw the button."""
        return bool(self._form.form_submit_button(label, type="primary"))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._form, name)


class _Streamlit:
    """Streamlit as the library's view sees it: the same but for its form."""

    def form(self, *args: Any, **options: Any) -> _Form:
        """Give a form with patched fields."""
        return _Form(st.form(*args, **options))

    def __getattr__(self, name: str) -> Any:
        return getattr(st, name)


authentication_view.st = _Streamlit()


def _authenticator(door: Door, checked: list[User]) -> _Authenticator:
    controller = AuthenticationController({"usernames": {}}, auto_hash=False)
    controller.authentication_model = _Model(door, checked)
    return _Authenticator(controller)


def _secret(door: Door) -> str | None:
    """Read the cookie the browser connected with. Tests replace this function."""
    return st.context.cookies.get(door.cookie)


def _go(link: str) -> None:
    """Have the browser follow a link of this server: only an answer to a request can set an HttpOnly cookie."""
    mark = f'<span data-lookforward-to="{escape(link)}"></span>'
    st.html(f"{mark}<script>{GO_SCRIPT}</script>", unsafe_allow_javascript=True)


def _nobody() -> None:
    st.title(FIELDS["Form name"], anchor=False)
    st.markdown("Nobody has an account yet. Whoever runs this installation adds the first one:")
    st.code("lookforward users add NAME --role leader", language=None, wrap_lines=True)


def _help(contact: str) -> None:
    whom = markdown_escape(contact) if contact else "whoever runs this installation"
    st.markdown(f"No account yet, or a forgotten password? Ask {whom}.")


def _spell(wait: timedelta) -> str:
    seconds = ceil(wait.total_seconds())
    if seconds < 60:
        return "1 second" if seconds == 1 else f"{seconds} seconds"
    minutes = ceil(seconds / 60)
    return "1 minute" if minutes == 1 else f"{minutes} minutes"
