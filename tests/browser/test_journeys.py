"""Two people and what they came for: a leader with a tablet before a meeting, an analyst with a keyboard alone.

The loader's journey is `test_data_journey.py`. Actions are counted and held to a number; times depend on the machine,
so they are printed and only held to what would make a person give up.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from dashboard.cli._demo_accounts import ACCOUNTS
from data_access.vocabulary import Role

pytestmark = pytest.mark.browser
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
LEADER = next(account for account in ACCOUNTS if account.role is Role.LEADER)
ANALYST = next(account for account in ACCOUNTS if account.role is Role.HR)
# A person waits a second for a click and ten for a file; a busy machine of the tests is given twenty times that.
PATIENCE = 20
SLOWLY = 60_000


class Person:
    """Somebody at the screen: each thing they do to a control is one action, and its time is kept."""

    def __init__(self, page: Page) -> None:
        self.page, self.actions = page, 0
        self.times: list[tuple[str, float, float]] = []

    @contextmanager
    def does(self, what: str, *, within: float) -> Iterator[None]:
        """Count an action and time what follows it; `within` are the seconds a person waits gladly."""
        began = time.monotonic()
        yield
        self.actions += 1
        self.times.append((what, time.monotonic() - began, within))

    def tell(self) -> None:
        """Print the times and hold them to what would make a person give up."""
        for what, took, within in self.times:
            print(f"{what}: {took:.1f} s (a person waits {within:g} s)")
        assert [what for what, took, within in self.times if took > within * PATIENCE] == []


def settled(page: Page) -> Page:
    expect(page.get_by_role("link", name="Accessibility statement")).to_be_visible(timeout=SLOWLY)
    expect(page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]')).to_be_visible(timeout=SLOWLY)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=SLOWLY)
    return page


def sideways(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def broken_rules(page: Page) -> list[str]:
    return [
        f"{rule['id']}: {rule['nodes'][0]['html']}"
        for rule in Axe().run(page, options={"runOnly": RULES}).response["violations"]
    ]


# --- The leader: London, six taps -----------------------------------------------------------------------


@pytest.fixture
def tablet(browser: Browser, demo_address: str, sign_in) -> Iterator[Page]:
    window = browser.new_context(viewport={"width": 820, "height": 1180}, has_touch=True, is_mobile=True)
    page = window.new_page()
    page.goto(demo_address)
    sign_in(page, LEADER.name, LEADER.password)
    expect(page.get_by_role("heading", name="Overview", level=1)).to_be_visible(timeout=SLOWLY)
    yield page
    window.close()


def test_a_leader_says_what_was_raised_and_whether_the_plan_is_on_track_in_six_taps(
    demo_address: str, tablet: Page
) -> None:
    """L1 to L6 of the leader's journey, by touch; nothing needs hovering."""
    ann = Person(tablet)
    _opens_the_link(ann, demo_address)
    _reads_the_top(tablet)
    _looks_at_the_trend(ann)
    _reads_the_first_theme(ann)
    _turns_to_the_plan(ann)
    _takes_the_pack(ann)
    assert ann.actions <= 6
    ann.tell()


def _opens_the_link(ann: Person, address: str) -> None:
    page = ann.page
    page.goto(f"{address}/?region=London")
    expect(page.get_by_role("heading", name="Overview", level=1)).to_be_visible(timeout=SLOWLY)
    expect(page.get_by_text("Showing: London, all elements (")).to_be_visible(timeout=SLOWLY)
    expect(page.get_by_text("Data to 2 March 2021 · Published")).to_be_visible()
    settled(page)


def _reads_the_top(page: Page) -> None:
    """The sentence names what the ranked list names first, and each figure stands beside England's."""
    first = page.locator(".st-key-ranked-themes a").first.inner_text().removeprefix("1. ").rsplit(":", 1)[0]
    expect(page.locator(".st-key-answer-themes").get_by_text(f"‘{first}’")).to_be_visible()
    figures = page.locator(".st-key-figures-conversation_totals")
    beside = [text for text in figures.locator("p").all_inner_texts() if text.startswith("England ")]
    assert len(beside) == figures.get_by_test_id("stMetric").count() > 0
    _scrolls_from_a_chart(page)


def _scrolls_from_a_chart(page: Page) -> None:
    """A finger that starts in the middle of a chart moves the page."""
    chart = page.locator(".stPlotlyChart:visible").first
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    assert box is not None
    top = "document.querySelector('[data-testid=stMain]').scrollTop"
    before = page.evaluate(top)
    finger, x, y = page.context.new_cdp_session(page), box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    for kind, moved in [("touchStart", 0), *(("touchMove", 25 * step) for step in range(1, 11)), ("touchEnd", None)]:
        points = [] if moved is None else [{"x": x, "y": y - moved}]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        page.wait_for_timeout(20)
    page.wait_for_function(f"before => {top} > before + 100", arg=before)


def _looks_at_the_trend(ann: Person) -> None:
    """L4: the table has the weeks that the chart draws."""
    card = ann.page.locator(".st-key-card-activity_by_day")
    with ann.does("Table of the trend", within=0.5):
        card.get_by_role("tab", name="Table").tap()
        expect(card.locator("tbody tr:visible").first).to_be_visible()
    weeks = card.locator("tbody tr:visible").count()
    assert f"{weeks} closed weeks" in card.inner_text()


def _reads_the_first_theme(ann: Person) -> None:
    """L3: from the ranked list to the ideas, by a link that can be shared."""
    page = ann.page
    with ann.does("First theme of the ranked list", within=1):
        page.locator(".st-key-ranked-themes a").first.tap()
        expect(page.get_by_role("heading", name="Ideas", level=1)).to_be_visible(timeout=SLOWLY)
    settled(page)
    assert "region=london" in page.url
    assert "theme=" in page.url
    expect(page.get_by_role("heading", level=2).first).to_contain_text("the theme ‘")
    expect(page.locator("[class*=st-key-idea-1]").first).to_be_visible()
    expect(page.locator("[class*=st-key-not-applied]").first).to_contain_text("London")


def _turns_to_the_plan(ann: Person) -> None:
    """L5: 35 actions, each with a word and a shape; the filter waits for the other pages."""
    page = ann.page
    with ann.does("Plan in the menu", within=1):
        page.get_by_test_id("stTopNav").get_by_role("link", name="Plan", exact=True).tap()
        expect(page.get_by_role("heading", name="Plan", level=1)).to_be_visible(timeout=SLOWLY)
    settled(page)
    assert "region=london" in page.url
    expect(page.get_by_text("Your filters (London, all elements) are kept")).to_be_visible()
    tiles = page.locator("[class*=st-key-tile-] p:first-child").all_inner_texts()
    told = [text.split(maxsplit=2) for text in tiles if text.split()[0].isdigit()]
    assert sorted(int(words[0]) for words in told) == list(range(1, 36))
    assert all(not words[1].isalnum() and words[2] for words in told), "a status has a shape and a word"


def _takes_the_pack(ann: Person) -> None:
    """L6: the board pack as a tagged PDF whose first page says London and the day."""
    page = ann.page
    with ann.does("Board pack", within=0.5):
        page.get_by_role("button", name="Board pack").tap()
        expect(page.get_by_role("button", name="PDF", exact=True)).to_be_visible()
    with ann.does("PDF", within=10), page.expect_download(timeout=240_000) as waiting:
        page.get_by_role("button", name="PDF", exact=True).tap()
    reader = PdfReader(waiting.value.path())
    catalogue: Any = reader.trailer["/Root"]
    assert (catalogue["/MarkInfo"]["/Marked"], catalogue["/Lang"]) == (True, "en-GB")
    first = " ".join(reader.pages[0].extract_text().split())
    assert "London" in first
    assert "2 March 2021" in first
    assert "london" in waiting.value.suggested_filename


def test_a_tablet_turned_round_fits_and_breaks_no_rule(demo_address: str, tablet: Page) -> None:
    tablet.goto(f"{demo_address}/?region=London")
    for width, height in ((820, 1180), (1180, 820)):
        tablet.set_viewport_size({"width": width, "height": height})
        settled(tablet)
        assert sideways(tablet) == 0
        assert broken_rules(tablet) == []


# --- The regional analyst: a keyboard alone -------------------------------------------------------------


class Typist(Person):
    """Somebody without a mouse: they move with Tab and work a control with keys."""

    presses = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.presses += 1
            self.page.keyboard.press(key)

    def reach(self, name: str, *, most: int = 150) -> None:
        """Press Tab until the control with that name has the focus."""
        for _ in range(most):
            if self.focused().startswith(name):
                return
            self.press("Tab")
        raise AssertionError(f"{most} presses of Tab do not lead to {name!r}; the focus is on {self.focused()!r}")

    def focused(self) -> str:
        """Give the accessible name of what has the focus, as near as the page tells it."""
        return str(
            self.page.evaluate(
                """() => {
                    const one = document.activeElement;
                    const named = one.labels && one.labels.length ? one.labels[0].innerText : '';
                    return (one.getAttribute('aria-label') || named || one.innerText || '').trim();
                }"""
            )
        )

    def from_the_top(self) -> None:
        """Begin again at the first stop, as a fresh page does."""
        self.page.evaluate("document.activeElement && document.activeElement.blur()")
        self.page.evaluate("window.getSelection().removeAllRanges(); document.body.focus()")


def test_a_regional_analyst_compares_checks_and_exports_with_the_keyboard_alone(
    demo_address: str, visitor: BrowserContext, browser: Browser, sign_in
) -> None:
    """A1 to A9 of the analyst's journey: twelve actions to the copied link, two more for a view of one's own."""
    page = visitor.new_page()
    bob = Typist(page)
    _signs_in(bob, demo_address)
    _chooses(bob)
    _reads_about(bob)
    _meets_a_small_group(bob)
    files = _takes_files(bob)
    assert sorted(files) == ["csv", "ods", "svg"]
    _reads_ideas(bob)
    link = _copies_the_link(bob)
    assert bob.actions <= 12
    _is_seen_by_another(browser, demo_address, link, page, sign_in)
    _keeps_a_view(bob)
    assert bob.actions <= 14
    print(f"{bob.actions} actions, {bob.presses} key presses")
    bob.tell()


def _signs_in(bob: Typist, address: str) -> None:
    """A1: a wrong password is announced; the right one opens the page."""
    page = bob.page
    page.goto(address)
    expect(page.get_by_label("Account name")).to_be_visible(timeout=SLOWLY)
    expect(page.get_by_label("Account name")).to_have_attribute("autocomplete", "username")
    for password in ("not the right one", ANALYST.password):
        with bob.does("Signing in", within=3):
            bob.reach("Account name")
            bob.press("Control+a")
            page.keyboard.type(ANALYST.name)
            bob.press("Tab")
            bob.press("Control+a")
            page.keyboard.type(password)
            bob.press("Enter")
            if password != ANALYST.password:
                expect(page.get_by_role("alert")).to_contain_text("is wrong", timeout=SLOWLY)
        bob.actions = min(bob.actions, 1)  # the wrong password is a check of ours, not a step of the journey
        bob.from_the_top()
    expect(page.get_by_role("heading", name="Overview", level=1)).to_be_visible(timeout=SLOWLY)
    settled(page)


def _chooses(bob: Typist) -> None:
    """A2 and A3: skip to the content, an element, two regions and Apply."""
    page = bob.page
    bob.from_the_top()
    bob.press("Tab")
    assert bob.focused() == "Skip to main content"
    with bob.does("An element", within=1):
        bob.press("Enter")
        bob.reach("People Promise element")
        page.keyboard.type("flexibly")
        bob.press("Enter")
        expect(page.get_by_text("Showing: England, We work flexibly")).to_be_visible(timeout=SLOWLY)
    settled(page)
    with bob.does("Two regions", within=1):
        bob.reach("Region")
        for typed in ("Mid", "South W"):
            page.keyboard.type(typed)
            bob.press("Enter")
        bob.press("Escape")
        bob.reach("Apply")
        bob.press("Enter")
        expect(page.get_by_text("Showing: Midlands and South West, We work flexibly")).to_be_visible(timeout=SLOWLY)
    settled(page)
    assert unquote(page.url).endswith("?element=we-work-flexibly&region=midlands,south-west")
    figures = page.locator(".st-key-figures-conversation_totals").inner_text()
    assert (
        figures.count("England ")
        == page.locator(".st-key-figures-conversation_totals").get_by_test_id("stMetric").count()
    )


def _reads_about(bob: Typist) -> None:
    """A4: numerator, denominator, interval and what is hidden."""
    card = bob.page.locator(".st-key-card-vote_balance")
    with bob.does("About", within=0.5):
        _reach_card(bob, "vote_balance")
        bob.press("End", "Enter")
        expect(card.get_by_role("tab", name="About")).to_have_attribute("aria-selected", "true")
    told = card.inner_text()
    for word in ("Counted on top", "Out of", "Wilson", "fewer than 10"):
        assert word in told, word


def _reach_card(bob: Typist, metric: str) -> None:
    """Move on to the faces of a card."""
    card = bob.page.locator(f".st-key-card-{metric}")
    for _ in range(200):
        if card.locator("[role=tab]:focus").count():
            return
        bob.press("Tab")
    raise AssertionError(f"no press of Tab leads to the faces of {metric}")


def _meets_a_small_group(bob: Typist) -> None:
    """A6: a group of a few is hidden, and the page says why; no total beside it would give it away."""
    page = bob.page
    with bob.does("A small staff group", within=1):
        bob.from_the_top()
        bob.reach("Staff group")
        page.keyboard.type("Estates")
        bob.press("Enter", "Escape")
        bob.reach("Apply")
        bob.press("Enter")
        expect(page.get_by_text("Estates and Ancillary, We work").first).to_be_visible(timeout=SLOWLY)
    settled(page)
    figures = page.locator(".st-key-figures-conversation_totals")
    assert "[c]" in figures.inner_text()
    expect(page.get_by_text("because fewer than 10 people took part there").first).to_be_visible()


def _takes_files(bob: Typist) -> dict[str, Path]:
    """A7: the same table three times; the workbook has a cover and the filters, the picture a title."""
    page, card = bob.page, bob.page.locator(".st-key-card-activity_by_day")
    files: dict[str, Path] = {}
    _reach_card(bob, "activity_by_day")
    bob.press("End", "ArrowLeft", "Enter")
    for kind in ("ods", "csv", "svg"):
        with bob.does(f"Download {kind}", within=2), page.expect_download(timeout=120_000) as waiting:
            bob.reach(f"Download {kind.upper()}")
            bob.press("Enter")
        files[kind] = Path(waiting.value.path())
        bob.press("Shift+Tab", "Shift+Tab", "Shift+Tab", "Shift+Tab", "Shift+Tab", "Shift+Tab")
    rows = len(files["csv"].read_text(encoding="utf-8-sig").splitlines())
    assert rows > 1
    sheets = CalamineWorkbook.from_path(str(files["ods"])).sheet_names
    assert "Cover" in sheets[0]
    assert "<title" in files["svg"].read_text(encoding="utf-8")
    assert "Download" in card.inner_text()
    return files


def _reads_ideas(bob: Typist) -> None:
    """A5: the wording, found and sorted, without anybody's name."""
    page = bob.page
    with bob.does("Ideas in the menu", within=1):
        bob.from_the_top()
        bob.reach("Ideas")
        bob.press("Enter")
        expect(page.get_by_role("heading", name="Ideas", level=1)).to_be_visible(timeout=SLOWLY)
    settled(page)
    with bob.does("Search", within=1):
        bob.reach("Search the wording")
        page.keyboard.type("rota")
        bob.press("Enter")
        expect(page.get_by_role("heading", level=2).first).to_contain_text("these words", timeout=SLOWLY)
    with bob.does("Order", within=1):
        bob.reach("Most votes")
        bob.press("ArrowRight", "Space")
        expect(page).to_have_url(re.compile("order=agreement"), timeout=SLOWLY)
    settled(page)
    assert "words=rota" in page.url
    told = page.locator("[class*=st-key-idea-]").all_inner_texts()
    assert told
    assert not any("author" in text.lower() for text in told)


def _copies_the_link(bob: Typist) -> str:
    page = bob.page
    with bob.does("Copy link", within=1):
        bob.from_the_top()
        bob.reach("Copy link")
        bob.press("Enter")
        expect(page.get_by_test_id("stCode")).to_be_visible()
    link = page.get_by_test_id("stCode").inner_text()
    bob.press("Escape")
    return link


def _is_seen_by_another(browser: Browser, address: str, link: str, page: Page, sign_in) -> None:
    """A8: in a window of its own, after signing in, the same page with the same numbers."""
    window = browser.new_context(viewport={"width": 1280, "height": 900})
    other = window.new_page()
    other.goto(link)
    sign_in(other, ANALYST.name, ANALYST.password)
    expect(other.get_by_role("heading", name="Ideas", level=1)).to_be_visible(timeout=SLOWLY)
    settled(other)
    seen = [text.locator("[class*=st-key-idea-]").all_inner_texts() for text in (page, other)]
    assert seen[0] == seen[1]
    assert other.url == page.url
    window.close()


def _keeps_a_view(bob: Typist) -> None:
    """A9: saved under a name, and there again after a reload."""
    page = bob.page
    saved = page.url
    with bob.does("Save the view", within=1):
        bob.from_the_top()
        bob.reach("Saved views")
        bob.press("Enter")
        bob.reach("Name of this view")
        page.keyboard.type("Flex working Q1")
        bob.press("Enter")
        expect(page.get_by_text("Saved as ‘Flex working Q1’.")).to_be_visible(timeout=SLOWLY)
    page.goto(page.url.split("/ideas")[0])
    settled(page)
    with bob.does("Open the view", within=1):
        bob.reach("Saved views")
        bob.press("Enter")
        bob.reach("Flex working Q1")
        bob.press("Enter")
        expect(page.get_by_role("heading", name="Ideas", level=1)).to_be_visible(timeout=SLOWLY)
    settled(page)
    assert page.url == saved
