"""Wording that tries to be more than wording, in a real browser: nothing runs, opens, links away or asks elsewhere.

Every payload goes through every page in `tests/injection`, by what is sent; here Chromium has the last word.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from data_access.settings import Settings
from tests.injection.hostile import set_up
from tests.injection.judge import MARKS
from tests.injection.payloads import FOREIGN

pytestmark = pytest.mark.browser
PAGES = ("", "ideas", "ideas?idea=1", "themes", "sessions?session=S1", "you-said-we-did", "report")
# What a payload would leave behind: its script's mark, links and pictures of its own, what takes the page elsewhere.
FOUND = f"""() => [
    window.pwned === undefined ? '' : 'a script ran',
    ...[...document.querySelectorAll('a[href], area[href], form[action], iframe[src], img[src], svg a')]
        .map(one => one.href?.baseVal ?? one.href ?? one.src ?? one.action ?? '')
        .filter(to => /^(javascript|data:text|vbscript)/i.test(to) || to.includes('{FOREIGN}')),
    ...[...document.querySelectorAll('main *')].flatMap(one => one.getAttributeNames())
        .filter(name => /^on/.test(name)),
    ...[...document.querySelectorAll('main object, main embed, main base, main marquee, main plaintext')]
        .map(one => one.tagName),
].filter(Boolean)"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, served) -> Iterator[str]:
    """The dashboard of an installation whose every free text is a payload."""
    home = tmp_path_factory.mktemp("hostile") / "home"
    set_up(Settings(home=home, LOOKFORWARD_VAULT_URL="", LOOKFORWARD_DESK_URL="", releases=None, keys=None), 0)
    with served(home) as address:
        yield address


def test_payloads_are_read_and_do_nothing(hostile: str, visitor, sign_in) -> None:
    """`visitor` itself fails if anything is asked of another computer."""
    page: Page = visitor.new_page()
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.goto(hostile)
    sign_in(page, "analyst")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    seen: set[str] = set()
    for path in PAGES:
        page.goto(f"{hostile}/{path}")
        expect(page.get_by_role("button", name="Sign out")).to_be_visible()
        expect(page.get_by_test_id("stStatusWidget")).to_have_count(0)
        assert page.evaluate(FOUND) == [], path
        seen |= set(MARKS.findall(page.inner_text("body")))
        for summary in page.locator("summary").all()[:5]:
            summary.click()
        assert page.evaluate(FOUND) == [], path
        assert page.url.startswith(hostile)
    assert dialogs == []
    assert len(seen) > 20, "the control: payloads were there to be seen"


def test_a_payload_that_is_live_is_found(visitor) -> None:
    """The control of what is looked for."""
    page: Page = visitor.new_page()
    page.set_content(
        f"<main><a href='javascript:1'>x</a><a href='https://{FOREIGN}/'>y</a><b onclick='1'>z</b>"
        "<script>window.pwned=1</script></main>"
    )
    assert page.evaluate(FOUND) == ["a script ran", "javascript:1", f"https://{FOREIGN}/", "onclick"]
