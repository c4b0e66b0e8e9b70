"""Signing in, staying in and going out, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from dashboard import catalogue
from data_access.desk.engine import open_desk
from data_access.desk.users import disable_user

pytestmark = pytest.mark.browser
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = [found.page for found in catalogue.all_pages()]
# The first page, one of numbers and one of the office: each costs a start of the app.
FIRST_REQUESTS = [page for page in PAGES if page.url in ("overview", "ideas", "people")]
SCREENS = [(1280, 900), (820, 1180), (390, 844)]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, with_people) -> Path:
    """An installation with one account a role and nothing published."""
    return with_people(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def address(home: Path, served) -> Iterator[str]:
    """The dashboard of that installation."""
    with served(home) as started:
        yield started


@pytest.fixture
def page(visitor: BrowserContext) -> Page:
    """A tab."""
    return visitor.new_page()


def expect_the_sign_in_and_nothing_else(page: Page) -> None:
    expect(page.get_by_role("heading", name="Sign in to LookForward")).to_be_visible()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    # Streamlit draws in steps: what must not be there is looked for once the script has run to its end.
    expect(page.get_by_text("forgotten password")).to_be_visible()
    seen = page.locator("body").inner_text()
    for other in PAGES:
        assert other.title not in seen
        assert page.get_by_role("link", name=other.title).count() == 0
    assert page.title() == "Sign in - LookForward"
    assert [page.locator(kind).count() for kind in ("h1", "h2", "table", "canvas", "svg.main-svg")] == [1, 0, 0, 0, 0]


@pytest.mark.parametrize("wanted", FIRST_REQUESTS, ids=lambda wanted: wanted.url)
def test_a_deep_link_on_a_fresh_process_shows_the_sign_in_and_nothing_else(
    home: Path, visitor: BrowserContext, wanted, served
) -> None:
    """The very first request after a start is this link: Streamlit ran page files then, had it found any."""
    with served(home) as fresh:
        page = visitor.new_page()
        page.goto(f"{fresh}/{wanted.url}?element=we-are-a-team")
        expect_the_sign_in_and_nothing_else(page)
        assert "element=we-are-a-team" in page.url


@pytest.mark.parametrize("wanted", FIRST_REQUESTS[:2], ids=lambda wanted: wanted.url)
def test_a_deep_link_is_kept_through_the_sign_in_with_its_query(address: str, page: Page, wanted, sign_in) -> None:
    page.goto(f"{address}/{wanted.url}?element=we-are-a-team")
    sign_in(page)
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    expect(page).to_have_title(f"{wanted.title} - LookForward")
    landed = urlsplit(page.url)
    assert landed.path == ("/" if wanted == PAGES[0] else f"/{wanted.url}")
    assert landed.query == "element=we-are-a-team"


def test_a_wrong_password_is_announced_and_names_neither_field(address: str, page: Page, sign_in) -> None:
    page.goto(address)
    sign_in(page, password="not the right password")
    alert = page.get_by_role("alert")
    expect(alert).to_have_text("The account name or the password is wrong. Check both and try again.")
    sign_in(page, name="nobody", password="not the right password")
    expect(alert).to_have_text("The account name or the password is wrong. Check both and try again.")


def test_reloading_keeps_the_visit_and_scripts_cannot_read_its_cookie(
    address: str, page: Page, visitor: BrowserContext, sign_in, password
) -> None:
    page.goto(address)
    sign_in(page)
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    assert "lookforward" not in page.evaluate("document.cookie")
    [cookie] = [cookie for cookie in visitor.cookies() if cookie["name"] == "lookforward_visit"]
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Lax")
    assert password not in str(cookie)


def test_after_signing_out_the_old_cookie_opens_nothing(
    address: str, page: Page, visitor: BrowserContext, sign_in
) -> None:
    page.goto(address)
    sign_in(page)
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    kept = [cookie for cookie in visitor.cookies() if cookie["name"] == "lookforward_visit"]
    page.get_by_role("button", name="Sign out").click()
    expect_the_sign_in_and_nothing_else(page)
    visitor.add_cookies(kept)
    page.goto(f"{address}/ideas")
    expect_the_sign_in_and_nothing_else(page)


def test_another_tab_is_signed_out_at_its_next_click(address: str, visitor: BrowserContext, sign_in) -> None:
    first, second = visitor.new_page(), visitor.new_page()
    first.goto(address)
    sign_in(first)
    expect(first.get_by_role("button", name="Sign out")).to_be_visible()
    second.goto(f"{address}/ideas")
    expect(second.get_by_role("button", name="Sign out")).to_be_visible()
    first.get_by_role("button", name="Sign out").click()
    expect_the_sign_in_and_nothing_else(first)
    second.get_by_role("link", name="Themes").click()
    expect_the_sign_in_and_nothing_else(second)


def test_a_disabled_account_is_out_at_its_next_click(tmp_path: Path, page: Page, served, sign_in, with_people) -> None:
    home = with_people(tmp_path / "home")
    with served(home) as address:
        page.goto(address)
        sign_in(page, name="analyst")
        expect(page.get_by_role("button", name="Sign out")).to_be_visible()
        with open_desk(f"sqlite:///{home / 'desk.db'}").begin() as connection:
            disable_user(connection, "analyst")
        page.get_by_role("link", name="Themes").click()
        expect_the_sign_in_and_nothing_else(page)


def test_an_administrator_is_offered_no_page_of_numbers(address: str, page: Page, sign_in) -> None:
    page.goto(f"{address}/sentiment")
    sign_in(page, name="administrator")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    expect(page.get_by_role("heading", name="Start")).to_be_visible()
    assert page.get_by_role("link", name="Sentiment").count() == 0


def test_the_fields_are_named_for_password_managers_and_take_pasted_text(address: str, page: Page, password) -> None:
    page.goto(address)
    name, secret = page.get_by_label("Account name"), page.get_by_label("Password", exact=True)
    expect(name).to_have_attribute("autocomplete", "username")
    expect(secret).to_have_attribute("autocomplete", "current-password")
    secret.focus()
    page.keyboard.insert_text(password)
    expect(secret).to_have_value(password)


def test_the_sign_in_works_with_the_keyboard_alone_and_begins_with_the_skip_link(
    address: str, page: Page, password
) -> None:
    page.goto(address)
    expect(page.get_by_label("Account name")).to_be_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "Skip to main content"
    while page.evaluate("document.activeElement.autocomplete") != "username":
        page.keyboard.press("Tab")
    page.keyboard.type("leader")
    page.keyboard.press("Tab")
    page.keyboard.type(password)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


@pytest.mark.parametrize(("width", "height"), SCREENS)
def test_the_sign_in_breaks_no_rule_of_accessibility(
    address: str, page: Page, width: int, height: int, sign_in
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.goto(address)
    expect_the_sign_in_and_nothing_else(page)
    assert Axe().run(page, options={"runOnly": RULES}).response["violations"] == []
    sign_in(page, password="not the right password")
    expect(page.get_by_role("alert")).to_be_visible()
    assert Axe().run(page, options={"runOnly": RULES}).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("document.documentElement.lang").startswith("en")
