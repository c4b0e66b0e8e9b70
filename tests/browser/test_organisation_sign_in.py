"""Signing in by an organisation's service, end to end: the browser, a provider on loopback, our own visit after it."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from data_access.desk import audit
from data_access.desk.engine import open_desk, reading
from tests.browser.organisation import Organisation, running

pytestmark = pytest.mark.browser
SETTINGS = """
[auth]
redirect_uri = "http://127.0.0.1:{{port}}/oauth2callback"
cookie_secret = "a-secret-of-the-tests-that-is-long-enough"
client_id = "lookforward"
client_secret = "hush"
server_metadata_url = "{address}/.well-known/openid-configuration"
"""


@pytest.fixture(scope="module")
def organisation() -> Iterator[Organisation]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    with running(Organisation(port)) as service:
        yield service


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, with_people, organisation: Organisation) -> Path:
    folder = with_people(tmp_path_factory.mktemp("home"))
    (folder / "sign-in.toml").write_text(SETTINGS.format(address=organisation.address))
    return folder


@pytest.fixture(scope="module")
def address(home: Path, served) -> Iterator[str]:
    with served(home) as started:
        yield started


def come_back(page: Page, address: str, path: str = "/") -> None:
    page.goto(f"{address}{path}")
    page.get_by_role("button", name="Sign in with your organisation").click()


def test_an_account_the_organisation_vouches_for_is_let_in_and_lands_on_its_page(
    visitor: BrowserContext, address: str, organisation: Organisation, home: Path
) -> None:
    organisation.claims = {"email": "Leader"}
    page = visitor.new_page()
    come_back(page, address, "/ideas?element=we-are-a-team")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    assert page.url == f"{address}/ideas?element=we-are-a-team"
    kept = {cookie["name"]: cookie for cookie in visitor.cookies()}
    assert kept["lookforward_visit"]["httpOnly"]
    assert [name for name in kept if name.startswith(("_streamlit_user", "lookforward_page"))] == []
    with reading(open_desk(f"sqlite:///{home / 'desk.db'}")) as connection:
        assert (audit.entries(connection, 1)[0].who, audit.entries(connection, 1)[0].what) == ("leader", "signed in")


def test_signing_out_ends_the_visit_though_the_organisation_still_knows_the_person(
    visitor: BrowserContext, address: str, organisation: Organisation
) -> None:
    organisation.claims = {"email": "leader"}
    page = visitor.new_page()
    come_back(page, address)
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in to LookForward")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Sign in to LookForward")).to_be_visible()


@pytest.mark.parametrize(
    ("claims", "says"),
    [
        ({"email": "stranger@trust.example"}, "no account here yet"),
        ({"email": "leader", "email_verified": False}, "does not say who you are"),
        ({"sub": "u1"}, "does not say who you are"),
        ({"email": "leader", "iat": int(time.time()) - 4000}, "took too long"),
    ],
)
def test_nobody_else_is_let_in_and_it_is_said_why(
    visitor: BrowserContext, address: str, organisation: Organisation, claims: dict[str, object], says: str
) -> None:
    organisation.claims = claims
    page = visitor.new_page()
    come_back(page, address)
    expect(page.get_by_text(says)).to_be_visible()
    expect(page.get_by_role("button", name="Sign out")).to_have_count(0)
    assert "lookforward_visit" not in {cookie["name"] for cookie in visitor.cookies()}


def test_what_the_service_said_opens_no_second_visit_when_its_cookie_is_sent_again(
    visitor: BrowserContext, browser, address: str, organisation: Organisation
) -> None:
    """Stock Streamlit lets the old cookie in for a month, after signing out too."""
    organisation.claims = {"email": "leader"}
    page = visitor.new_page()
    caught: list[dict[str, object]] = []

    def catch(_response: object) -> None:
        caught.extend(cookie for cookie in visitor.cookies() if str(cookie["name"]).startswith("_streamlit_"))

    page.on("response", catch)
    come_back(page, address)
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    stolen = {str(cookie["name"]): cookie for cookie in caught}
    assert "_streamlit_user" in stolen
    other = browser.new_context()
    other.add_cookies(list(stolen.values()))
    thief = other.new_page()
    thief.goto(address)
    expect(thief.get_by_text("was used before")).to_be_visible()
    assert "lookforward_visit" not in {cookie["name"] for cookie in other.cookies()}
    other.close()


def test_without_a_service_its_routes_stay_closed(tmp_path: Path, with_people, served, visitor: BrowserContext) -> None:
    with served(with_people(tmp_path / "home")) as plain:
        page = visitor.new_page()
        for path in ("auth/login", "auth/logout", "oauth2callback"):
            answer = page.goto(f"{plain}/{path}")
            assert answer is not None
            assert answer.status == 404
