"""Every page in every state it can be in, at every width, by one visitor a role who turns from page to page.

What is held: no rule of axe for WCAG 2.0 to 2.2 A and AA is broken, nothing scrolls sideways (320 pixels are 400 %
zoom of 1,280), nothing is written to the console as an error, nothing jumps, and Tab leads everywhere and out again.
`visitor` of the conftest holds that nothing is asked of another computer; so does the window here.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Route, expect

from dashboard import catalogue
from dashboard.cli._demo_accounts import ACCOUNTS
from dashboard.permissions import roles_of
from data_access.releases.store import ReleaseFacts, write_release
from data_access.vocabulary import Role
from tests.pages.conftest import small_tables

pytestmark = pytest.mark.browser
RULES: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SCREENS: Final = ((1280, 900), (820, 1180), (390, 844))
NARROWEST: Final = (320, 640)
SLOWLY: Final = 90_000
HERE: Final = ("http://127.0.0.1", "ws://127.0.0.1", "data:", "blob:")
# Streamlit tries where it is served from; at a deep link the first try is answered 404, by design of Streamlit.
PROBES: Final = ("/_stcore/health", "/_stcore/host-config")
# Chrome's own measure: the worst sum of shifts in a window of at most five seconds without a pause of one.
SHIFTS: Final = """
window.shifts = {now: 0, worst: 0, first: 0, last: 0};
new PerformanceObserver(list => {
  for (const one of list.getEntries()) {
    if (one.hadRecentInput) continue;
    const s = window.shifts;
    if (one.startTime - s.last > 1000 || one.startTime - s.first > 5000) { s.now = 0; s.first = one.startTime; }
    s.now += one.value; s.last = one.startTime; s.worst = Math.max(s.worst, s.now);
  }
}).observe({type: 'layout-shift', buffered: true});
"""
MOST_SHIFT: Final = 0.1
PAGES: Final = [found.page for found in catalogue.all_pages()]
OF_LEADERS: Final = [page for page in PAGES if Role.LEADER in roles_of(page)]
VIEWS: Final = {
    "filtered": "?element=we-work-flexibly&region=london",
    "of one board": "?icb=qha",
    "of one type": "?participant-type=customer",
    "hidden": "?region=midlands&staff-group=estates-and-ancillary",
    "weeks": "sentiment?from=2021-02-01&to=2021-02-14",
    "an error in the link": "sentiment?element=we-are-a-tem",
    "empty": "ideas?words=zzzz",
    "ideas of a theme": "ideas?theme=wellbeing-support",
    "read a theme": "themes?view=read",
    "themes crossed": "themes?view=cross",
    "themes by week": "themes?view=when",
    "coding": "themes?view=coding",
    "groups": "sentiment?view=groups",
    "opinion groups": "sentiment?view=opinion",
    "regions": "participation?view=places",
    "boards": "participation?view=icbs",
    "staff groups": "participation?view=groups",
    "chance": "participation?view=change",
    "plan in progress": "plan?view=progress",
    "plan and evidence": "plan?view=evidence",
    "moderation": "method?view=moderation",
    "glossary": "method?view=words",
}


def in_use(controls: Locator) -> list[Locator]:
    """Those of some controls that can be used: what a bar has no room for is there, but inert."""
    return [one for one in controls.all() if one.evaluate("e => !e.closest('[inert]')") and one.is_visible()]


class Walker:
    """One signed-in window whose every error, foreign request and jump is kept."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.address, self.errors, self.strangers = address, [], []
        self.window: BrowserContext = browser.new_context(viewport={"width": 1280, "height": 900})
        self.window.add_init_script(SHIFTS)
        self.window.route("**/*", self._only_here)
        self.page: Page = self.window.new_page()
        self.page.on("console", self._note)

    def _only_here(self, route: Route) -> None:
        if route.request.url.startswith(HERE):
            route.continue_()
        else:
            self.strangers.append(route.request.url)
            route.abort()

    def _note(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.location["url"].endswith(PROBES):
            self.errors.append(message.text)

    def sign_in(self, name: str, password: str) -> None:
        self.page.goto(self.address)
        self.page.get_by_label("Account name").fill(name)
        self.page.get_by_label("Password", exact=True).fill(password)
        self.page.keyboard.press("Enter")
        expect(self.page.get_by_role("button", name="Sign out")).to_be_visible(timeout=SLOWLY)
        self.settle()

    def open(self, link: str) -> None:
        self.page.goto(f"{self.address}/{link}")
        self.settle()

    def turn_to(self, title: str) -> None:
        """Go to a page by the menu: a link in the bar, or one in a group."""
        bar = self.page.get_by_test_id("stTopNav")
        expect(bar.get_by_role("link").first).to_be_visible()
        link = bar.get_by_role("link", name=title, exact=True)
        if link.count() == 0:
            for group in in_use(bar.get_by_test_id("stTopNavSection")):
                group.click()
                link = self.page.get_by_role("menuitem", name=title, exact=True)
                if link.count():
                    break
                self.page.keyboard.press("Escape")
        link.first.click()
        expect(self.page.get_by_role("heading", name=title, level=1)).to_be_visible(timeout=SLOWLY)
        self.settle()

    def settle(self) -> None:
        expect(self.page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]')).to_be_visible(
            timeout=SLOWLY
        )
        expect(self.page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=SLOWLY)
        expect(self.page.locator("h1").first).to_be_visible(timeout=SLOWLY)

    def faults(self, *, screens: tuple[tuple[int, int], ...] = SCREENS) -> list[str]:
        """What is wrong with the page as it stands, at each width."""
        found: list[str] = []
        for width, height in screens:
            self.page.set_viewport_size({"width": width, "height": height})
            self.page.wait_for_timeout(300)
            for rule in Axe().run(self.page, options={"runOnly": RULES}).response["violations"]:
                found.append(f"{width}: {rule['id']}: {rule['nodes'][0]['html'][:160]}")
        for width, height in (*screens, NARROWEST):
            self.page.set_viewport_size({"width": width, "height": height})
            found += [f"{width}: scrolls {over} pixels sideways" for over in [self._sideways()] if over]
        self.page.set_viewport_size({"width": SCREENS[0][0], "height": SCREENS[0][1]})
        if self.page.locator("h1").count() != 1:
            found.append(f"{self.page.locator('h1').count()} h1")
        return found

    def _sideways(self) -> int:
        return int(
            self.page.evaluate(
                """() => Math.max(...[document.documentElement, document.querySelector('[data-testid=stMain]')]
                    .map(e => e.scrollWidth - e.clientWidth))"""
            )
        )

    @property
    def worst_shift(self) -> float:
        return float(self.page.evaluate("window.shifts.worst"))

    def leaves_nothing(self) -> None:
        """Hold that neither an error nor a foreign request came up on the way."""
        assert self.errors == []
        assert self.strangers == []


@pytest.fixture(scope="module")
def leader(browser: Browser, demo_address: str) -> Iterator[Walker]:
    account = next(account for account in ACCOUNTS if account.role is Role.LEADER)
    walker = Walker(browser, demo_address)
    walker.sign_in(account.name, account.password)
    yield walker
    walker.window.close()


def test_every_page_is_found_in_the_menu_and_breaks_no_rule_at_any_width(
    leader: Walker, demo_without_vault: Path
) -> None:
    faults = {}
    for page in OF_LEADERS:
        leader.turn_to(page.title)
        assert leader.page.title() == f"{page.title} - LookForward"
        faults[page.url] = leader.faults()
    assert {url: found for url, found in faults.items() if found} == {}
    assert leader.page.evaluate("document.documentElement.lang").startswith("en")
    assert not list(demo_without_vault.glob("vault*")), "the dashboard has made a vault"
    leader.leaves_nothing()


@pytest.mark.parametrize("state", VIEWS)
def test_every_state_of_a_page_breaks_no_rule_and_nothing_jumps(leader: Walker, state: str) -> None:
    leader.open(VIEWS[state])
    assert leader.faults() == []
    leader.leaves_nothing()


@pytest.mark.parametrize("url", ["", "themes", "sentiment", "ideas", "participation", "plan"])
def test_nothing_jumps_while_a_page_is_drawn(leader: Walker, url: str) -> None:
    leader.open(url)
    leader.page.wait_for_timeout(1000)
    print(f"{url or 'overview'}: layout shift {leader.worst_shift:.3f}")
    assert leader.worst_shift <= MOST_SHIFT


@pytest.mark.parametrize("face", ["Table", "Download", "About"])
def test_every_face_of_a_card_breaks_no_rule(leader: Walker, face: str) -> None:
    leader.open("sentiment")
    for tab in leader.page.get_by_role("tab", name=face).all():
        tab.click()
    assert leader.faults() == []
    leader.leaves_nothing()


@pytest.mark.parametrize("opened", ["Copy link", "Saved views", "Board pack", "More"])
def test_everything_that_opens_breaks_no_rule(leader: Walker, opened: str) -> None:
    leader.open("")
    leader.page.get_by_role("button", name=opened, exact=True).click()
    expect(leader.page.get_by_test_id("stPopoverBody")).to_be_visible()
    assert leader.faults(screens=SCREENS[:1]) == []
    leader.leaves_nothing()


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: str(screen[0]))
def test_every_page_can_be_reached_in_two_actions_at_each_width(leader: Walker, screen: tuple[int, int]) -> None:
    """A link in the bar, or one action to open what holds it; a phone has all of them in one list."""
    page = leader.page
    leader.open("")
    page.set_viewport_size({"width": screen[0], "height": screen[1]})
    page.wait_for_timeout(500)
    shown: set[str] = set()
    opener = page.get_by_role("button", name="Menu", exact=True)
    if opener.count() and opener.is_visible():
        opener.click()
        expect(page.get_by_test_id("stPopoverBody")).to_be_visible()
        shown |= {text.strip() for text in page.get_by_test_id("stPopoverBody").get_by_role("link").all_inner_texts()}
        page.set_viewport_size({"width": screen[0], "height": screen[1]})
        assert Axe().run(page, options={"runOnly": RULES}).response["violations"] == []
        page.get_by_test_id("stPopoverBody").get_by_role("link", name="Plan", exact=True).click()
        expect(page.get_by_role("heading", name="Plan", level=1)).to_be_visible(timeout=SLOWLY)
        expect(page.get_by_test_id("stPopoverBody")).to_have_count(0)
    else:
        bar = page.get_by_test_id("stTopNav")
        shown |= {one.inner_text().strip() for one in in_use(bar.get_by_role("link"))}
        for group in in_use(bar.get_by_test_id("stTopNavSection")):
            group.click()
            shown |= {text.strip() for text in page.get_by_role("menuitem").all_inner_texts()}
            page.keyboard.press("Escape")
    page.set_viewport_size({"width": SCREENS[0][0], "height": SCREENS[0][1]})
    assert shown == {one.title for one in OF_LEADERS}


FOCUS: Final = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const seen = e => {
    const style = getComputedStyle(e);
    return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
  };
  let ring = false, up = one;
  for (let level = 0; up && level < 5; level += 1, up = up.parentElement) ring = ring || seen(up);
  const box = one.getBoundingClientRect();
  return {
    what: (one.getAttribute('aria-label') || one.innerText || one.tagName).trim().slice(0, 60) + ' ' + one.tagName,
    ring, tabindex: one.tabIndex, drawn: box.width > 0 && box.height > 0,
  };
}"""


@pytest.mark.parametrize("page", OF_LEADERS, ids=lambda page: page.url)
def test_tab_leads_through_the_whole_page_with_the_focus_in_sight(leader: Walker, page) -> None:
    """The first stop skips to the content, the last control is reached, and nothing holds the focus."""
    leader.open("" if page.url == "overview" else page.url)
    leader.page.keyboard.press("Tab")
    stops = [leader.page.evaluate(FOCUS)]
    assert stops[0]["what"].startswith("Skip to main content")
    for _ in range(400):
        leader.page.keyboard.press("Tab")
        stop = leader.page.evaluate(FOCUS)
        if stop is None or stop["what"].startswith("Skip to main content"):
            break
        stops.append(stop)
    reached = [stop["what"] for stop in stops]
    assert any(what.startswith("Accessibility statement") for what in reached), reached[-3:]
    assert [stop["what"] for stop in stops if not stop["ring"]] == []
    assert [stop["what"] for stop in stops if stop["tabindex"] > 0 or not stop["drawn"]] == []


@pytest.mark.parametrize("role", [Role.ANALYST, Role.ADMINISTRATOR, Role.AUDITOR], ids=str)
def test_the_pages_of_the_other_roles_break_no_rule(browser: Browser, demo_address: str, role: Role) -> None:
    """What a leader does not have: data, wording, coding, people, the audit log."""
    account = next(account for account in ACCOUNTS if account.role is role)
    walker = Walker(browser, demo_address)
    walker.sign_in(account.name, account.password)
    own = [page for page in PAGES if role in roles_of(page) and page not in OF_LEADERS]
    faults = {}
    for page in own:
        walker.turn_to(page.title)
        faults[page.url] = walker.faults()
    assert {url: found for url, found in faults.items() if found} == {}
    walker.leaves_nothing()
    walker.window.close()


def test_before_and_after_the_first_release_and_when_a_newer_one_comes(
    tmp_path: Path, browser: Browser, served, with_people, password: str
) -> None:
    """First run; then a conversation without grouped tables, where places are not offered; then newer data."""
    home = with_people(tmp_path / "home")
    with served(home) as address:
        walker = Walker(browser, address)
        walker.page.goto(address)
        expect(walker.page.get_by_role("heading", name="Sign in to LookForward")).to_be_visible(timeout=SLOWLY)
        assert walker.faults() == [], "signed out"
        walker.sign_in("leader", password)
        expect(walker.page.get_by_role("heading", name="Nothing has been published yet")).to_be_visible()
        assert walker.faults() == [], "first run"
        for number in (1, 2):
            about = ReleaseFacts(published_at=datetime.now(UTC), code_version="test", thresholds={"voices": 10})
            write_release(home / "releases", small_tables(), about)
            if number == 1:
                walker.open("")
                walker.page.get_by_role("button", name="Region, ICB, staff group").click()
                expect(walker.page.get_by_text("cannot be chosen here")).to_be_visible()
                assert walker.faults() == [], "not offered"
                walker.page.keyboard.press("Escape")
        walker.page.get_by_role("button", name="Put this away").click()
        expect(walker.page.get_by_text("Newer data is available.")).to_be_visible(timeout=SLOWLY)
        assert walker.faults() == [], "newer data"
        walker.page.get_by_role("button", name="Show the newer data").click()
        expect(walker.page.get_by_text("Newer data is available.")).to_have_count(0, timeout=SLOWLY)
        walker.leaves_nothing()
        walker.window.close()
