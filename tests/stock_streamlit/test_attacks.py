"""Attacks that work on an app as Streamlit's documentation would have it, each tried on that app and on ours.

`test_the_attack_works_on_a_stock_app` keeps the others honest: an attack that no longer works there proves nothing
here. The order matters for two of them, which end visits; they come last.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg

from tests.stock_streamlit.conftest import PASSWORD, Target
from tests.stock_streamlit.spoken import Heard, fetched, is_refused, talking

pytestmark = pytest.mark.browser
Attack = Callable[[Target], bool]


def a_page_is_read_without_signing_in_right_after_a_start(target: Target) -> bool:
    """Streamlit runs files in `pages/` beside the entry script until somebody has run `st.navigation`."""
    address = target.restarted()
    with talking(address) as talk:
        heard = talk.run(page=target.page)
    return "TOP-SECRET-CONTENT" in heard.text or "rows fit together" in heard.text


def a_stolen_session_id_continues_the_session_of_its_owner(target: Target) -> bool:
    with talking(target.address, target.cookie) as owner:
        session = owner.run().session
        with talking(target.address, session=session) as thief:
            return target.signed_in in thief.run().text


def anybody_clears_the_caches(target: Target) -> bool:
    before = _cached(target)
    with talking(target.address) as stranger:
        stranger.run()
        stranger.send(BackMsg(clear_cache=True))
        time.sleep(1)
    return _cached(target) != before


def a_file_is_fetched_without_a_cookie(target: Target) -> bool:
    with talking(target.address, target.cookie) as owner:
        heard = owner.run(page="" if target.page == "secret" else target.page)
        path = _file(owner, heard)
        assert fetched(target.address, path, target.cookie)[0] == 200
        return fetched(target.address, path)[0] == 200


def an_error_tells_strangers_its_words(target: Target) -> bool:
    with talking(target.address, target.cookie) as owner:
        heard = owner.run(query="break=1&element=hunter2")
    return "exception {" in heard.text and "hunter2" in heard.text


def numbers_about_the_process_are_told_to_anybody(target: Target) -> bool:
    return fetched(target.address, "/_stcore/metrics")[0] == 200


def a_page_is_framed_or_scripted_by_another_site(target: Target) -> bool:
    headers = fetched(target.address, "/")[1]
    return "content-security-policy" not in headers or "x-frame-options" not in headers


def a_password_is_guessed_without_being_slowed_down(target: Target) -> bool:
    said = ""
    for attempt in range(12):
        with talking(target.address) as talk:
            said = _try_password(talk, f"guess {attempt} of a password")
    return "Too many attempts" not in said


def an_unknown_name_costs_less_time_than_a_known_one(target: Target) -> bool:
    """An unknown account costs no hash in the library: whoever measures learns which names exist.

    Processor time of the server stands for the time an attacker would measure: a busy machine does not change it.
    """
    known, unknown = (min(_cost(target, name) for _ in range(3)) for name in ("leader", "nobody-of-that-name"))
    return known - unknown > 0.12  # half of what a hash costs


def a_token_that_is_no_token_breaks_the_page(target: Target) -> bool:
    """The library catches a wrong signature but no missing claim and no other algorithm."""
    name = target.cookie.partition("=")[0]
    with talking(target.address, f"{name}={'.'.join(['eyJhbGciOiJub25lIn0', 'e30', ''])}") as talk:
        heard = talk.run()
    return "exception {" in heard.text


def a_cookie_opens_the_app_again_after_signing_out(target: Target) -> bool:
    target.sign_out()
    with talking(target.address, target.cookie) as talk:
        return target.signed_in in talk.run().text


def another_tab_stays_signed_in_after_signing_out(target: Target) -> bool:
    with talking(target.address, target.cookie) as tab:
        tab.run()
        target.sign_out()
        return target.signed_in in tab.run().text


ATTACKS: tuple[Attack, ...] = (
    a_page_is_read_without_signing_in_right_after_a_start,
    a_stolen_session_id_continues_the_session_of_its_owner,
    anybody_clears_the_caches,
    a_file_is_fetched_without_a_cookie,
    an_error_tells_strangers_its_words,
    numbers_about_the_process_are_told_to_anybody,
    a_page_is_framed_or_scripted_by_another_site,
    an_unknown_name_costs_less_time_than_a_known_one,
    a_password_is_guessed_without_being_slowed_down,
    a_token_that_is_no_token_breaks_the_page,
    another_tab_stays_signed_in_after_signing_out,
    a_cookie_opens_the_app_again_after_signing_out,
)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_the_attack_works_on_a_stock_app(stock: Target, attack: Attack):
    assert attack(stock)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_the_attack_fails_on_ours(ours: Target, attack: Attack):
    assert not attack(ours)


@pytest.mark.parametrize("origin", ["http://evil.example", "null"])
def test_a_page_of_another_site_opens_no_websocket(ours: Target, origin: str):
    assert is_refused(ours.address, origin=origin)


def _cached(target: Target) -> str:
    """What a cached function said: of the stock app a moment; ours keeps none of a stranger's, so nothing changes."""
    with talking(target.address, target.cookie) as owner:
        found = re.search(r"CACHED-(\d+)", owner.run().text)
    return found.group(1) if found else ""


def _file(owner, heard: Heard) -> str:
    """Give the path of the page's download, asking for it first where it is made on demand."""
    at_once = re.search(r'download_button \{[^}]*?url: "(/media/[^"]+)"', heard.text, re.DOTALL)
    if at_once:
        return at_once.group(1)
    deferred = re.search(r'deferred_file_id: "([^"]+)"', heard.text)
    assert deferred, "the page offers no file"
    return owner.file(deferred.group(1), heard.session)


def _try_password(talk, password: str, name: str = "leader") -> str:
    """Fill the sign-in form in and send it."""
    heard = talk.run()
    user = "Account name" if 'label: "Account name"' in heard.text else "Username"
    button = "Sign in" if user == "Account name" else "Login"
    widgets = {heard.widget(user): name, heard.widget("Password"): password, heard.widget(button): True}
    return talk.run(widgets=widgets).text


def _cost(target: Target, name: str) -> float:
    with talking(target.address) as talk:
        talk.run()
        before = target.processor_seconds()
        _try_password(talk, "not the password", name)
        return target.processor_seconds() - before


def test_the_password_of_these_tests_opens_ours(ours: Target):
    """The guesses above fail for being wrong, not for being badly sent."""
    with talking(ours.address) as talk:
        assert "/auth/start?ticket=" in _try_password(talk, PASSWORD, "auditor")
