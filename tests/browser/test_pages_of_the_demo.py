"""The pages as people meet them: signed in, in a real browser, over the demonstration."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from dashboard.cli._demo_accounts import ACCOUNTS
from data_access.vocabulary import Role

pytestmark = pytest.mark.browser
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
LEADER = next(account for account in ACCOUNTS if account.role is Role.LEADER)
# Streamlit tries where it is served from; at a deep link the first try is answered 404, by design of Streamlit.
PROBES = ("/_stcore/health", "/_stcore/host-config")


@pytest.fixture(scope="module")
def home(demo_without_vault: Path) -> Path:
    """The demonstration, its vault and keys moved away."""
    return demo_without_vault


@pytest.fixture(scope="module")
def address(demo_address: str) -> str:
    return demo_address


@pytest.fixture(scope="module")
def signed_in(browser: Browser, address: str, sign_in) -> dict[str, object]:
    """The cookies of a leader who has signed in once."""
    window = browser.new_context()
    page = window.new_page()
    page.goto(address)
    sign_in(page, LEADER.name, LEADER.password)
    expect(page.get_by_role("heading", name="Overview", level=1)).to_be_visible(timeout=30_000)
    cookies = window.cookies()
    window.close()
    return {"cookies": cookies}


@pytest.fixture
def errors() -> list[str]:
    return []


@pytest.fixture
def page(visitor: BrowserContext, signed_in, errors: list[str]) -> Page:
    """A tab of the leader; its console's errors are kept."""
    visitor.add_cookies(signed_in["cookies"])
    tab = visitor.new_page()

    def note(message: ConsoleMessage) -> None:
        if message.type == "error" and not message.location["url"].endswith(PROBES):
            errors.append(message.text)

    tab.on("console", note)
    return tab


def settled(page: Page) -> Page:
    """Wait until the foot of the page is drawn and nothing is left to come."""
    expect(page.get_by_role("link", name="Accessibility statement")).to_be_visible(timeout=30_000)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=30_000)
    return page


def metric(home: Path, key: str, *options: str) -> bytes:
    """What `lookforward metric` prints."""
    environment = {**os.environ, "LOOKFORWARD_HOME": str(home)}
    command = [str(Path(sys.executable).with_name("lookforward")), "metric", key, *options]
    return subprocess.run(command, env=environment, capture_output=True, check=True).stdout


def choose_element(page: Page, name: str) -> None:
    page.get_by_role("combobox", name="People Promise element").click()
    page.get_by_role("option", name=name).click()


def figure(page: Page, label: str) -> str:
    return page.get_by_test_id("stMetric").filter(has_text=label).get_by_test_id("stMetricValue").inner_text()


def test_a_filter_shows_the_numbers_that_the_command_line_prints(home: Path, address: str, page: Page):
    page.goto(address)
    settled(page)
    choose_element(page, "We work flexibly")
    expect(page.get_by_text("Showing: England, We work flexibly")).to_be_visible()
    assert page.url.endswith("?element=we-work-flexibly")
    told = json.loads(metric(home, "conversation_totals", "--where", "element=we-work-flexibly", "--format", "json"))
    counts = {row["measure"]: f"{row['count']:,}" for row in told["rows"]}
    for label in ("Participants", "Ideas", "Comments", "Votes", "Sessions", "Feedback points"):
        assert figure(page, label) == counts[label]


def test_a_filter_goes_along_to_the_next_page_and_into_a_copied_link(address: str, page: Page, visitor: BrowserContext):
    page.goto(f"{address}/?element=we-are-a-team")
    settled(page).get_by_role("link", name="Sentiment").click()
    expect(page.get_by_role("heading", name="Sentiment", level=1)).to_be_visible()
    headline = settled(page).locator(".st-key-card-vote_balance h2").inner_text()
    page.get_by_role("button", name="Copy link").click()
    link = page.get_by_test_id("stCode").inner_text()
    assert link == f"{address}/sentiment?element=we-are-a-team"
    other = visitor.new_page()
    other.goto(link)
    assert settled(other).locator(".st-key-card-vote_balance h2").inner_text() == headline


def test_a_card_gives_the_file_that_the_command_line_prints(home: Path, address: str, page: Page):
    page.goto(f"{address}/sentiment?element=we-are-safe-and-healthy")
    card = settled(page).locator(".st-key-card-vote_balance")
    card.get_by_role("tab", name="Download").click()
    with page.expect_download() as waiting:
        card.get_by_role("button", name="Download CSV").click()
    got = Path(waiting.value.path()).read_bytes()
    assert got == metric(home, "vote_balance", "--where", "element=we-are-safe-and-healthy")
    name = waiting.value.suggested_filename
    assert name.startswith("vote-balance-")
    assert "we-are-safe-and-healthy" in name
    assert name.endswith(".csv")


def test_an_unknown_filter_shows_no_figure(address: str, page: Page):
    page.goto(f"{address}/sentiment?element=we-are-a-tem")
    expect(page.get_by_text("Did you mean 'we-are-a-team'?")).to_be_visible(timeout=30_000)
    assert page.locator("table, .js-plotly-plot, [data-testid=stMetric]").count() == 0


def test_every_control_is_large_enough_to_tap(address: str, page: Page):
    """24 by 24 pixels (WCAG 2.2, 2.5.8); links in a line of text are exempt."""
    page.set_viewport_size({"width": 820, "height": 1180})
    for url in ("", "ideas", "plan"):
        page.goto(f"{address}/{url}")
        settled(page)
        small = page.evaluate(
            """() => [...document.querySelectorAll('main button, main [role=tab], main [role=combobox]')]
                .filter(e => e.offsetParent)
                .map(e => [e.innerText, e.getBoundingClientRect()])
                .filter(([, box]) => box.width > 0 && (box.width < 24 || box.height < 24))
                .map(([text, box]) => `${text}: ${box.width} x ${box.height}`)"""
        )
        assert small == []


def test_the_filter_works_by_keyboard_alone(address: str, page: Page):
    page.goto(f"{address}/sentiment")
    settled(page).get_by_role("combobox", name="People Promise element").focus()
    page.keyboard.type("flexibly")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Showing: England, We work flexibly")).to_be_visible()
    expect(page.get_by_role("combobox", name="People Promise element")).to_be_focused()
    page.get_by_role("button", name="Remove ‘We work flexibly’").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Showing: England, all elements")).to_be_visible()


def test_an_idea_opens_on_its_own_link_with_its_comments(address: str, page: Page):
    page.goto(f"{address}/ideas")
    merged = settled(page).locator("[class*=st-key-idea-]").filter(has_text="merged from").last
    merged.get_by_role("button", name="Votes and comments of idea").click()
    page.set_viewport_size({"width": 390, "height": 844})
    heading = page.locator(".st-key-idea-detail h2")
    expect(heading).to_be_visible()
    name = heading.inner_text()
    page.reload()
    expect(page.locator(".st-key-idea-detail h2")).to_have_text(name, timeout=30_000)
    found = Axe().run(settled(page), options={"runOnly": RULES}).response["violations"]
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found] == []
    page.get_by_role("button", name="Back to all ideas").click()
    expect(page.get_by_role("searchbox", name="Search the wording")).to_be_visible()
