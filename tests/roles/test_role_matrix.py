"""Role × page × scope, through the websocket of the app as it is served: every cell written out, none unchecked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from dashboard import catalogue
from dashboard.specs import Page
from data_access.desk import audit
from data_access.desk.engine import reading
from data_access.vocabulary import Role
from tests.roles.home import BOARD, LONDON, MIDLANDS, regions_in
from tests.web.spoken import connected, heard, message, page_of, shown


@dataclass(frozen=True)
class Row:
    """A page: words that stand on it and nowhere else, and whether each role sees it, in the order of `Role`."""

    words: str
    sees: str


# A new page fails here until somebody decides who may see it.
#                      leader   hr  analyst  admin  auditor
TABLE: Final = {
    "overview":       Row("What colleagues said, where they agree,", "yes yes yes  -  yes"),
    "themes":         Row("What people had ideas about", "yes yes yes  -  yes"),
    "sentiment":      Row("no machine guesses at feelings", "yes yes yes  -  yes"),
    "ideas":          Row("Every idea that stands after moderation", "yes yes yes  -  yes"),
    "participation":  Row("online and in live sessions", "yes yes yes  -  yes"),
    "sessions":       Row("agreed in each live session and each regional group", "yes yes yes  -  yes"),
    "programmes":     Row("Places offered, booked and used in training", "yes yes yes  -  yes"),
    "plan":           Row("what the register does and does not know of each", "yes yes yes  -  yes"),
    "you-said-we-did": Row("or cannot be done.", "yes yes yes  -  yes"),
    "report":         Row("what the analysts recommend on that evidence", "yes yes yes  -  yes"),
    "snapshots":      Row("and see later what did", "yes yes yes  -  yes"),
    "method":         Row("What every number means, how the people behind it", "yes yes yes  -  yes"),
    "accessibility":  Row("what does not work yet, and whom to tell", "yes yes yes  -  yes"),
    "data":           Row("How long records are kept", " -   -  yes yes  - "),
    "wording":        Row("stays hidden until two people have agreed", " -   -  yes yes  - "),
    "people":         Row("Who may sign in, as what, and for which regions", " -   -   -  yes yes"),
    "audit":          Row("nobody can change or remove a row unseen", " -   -   -  yes yes"),
    "account":        Row("Sign out everywhere", "yes yes yes yes yes"),
}  # fmt: skip

ACCOUNT_OF: Final = {role: "hr-london" if role is Role.HR else role.value for role in Role}
CELLS: Final = [
    (page, role, word == "yes")
    for page, row in TABLE.items()
    for role, word in zip(Role, row.sees.split(), strict=True)
]
WITH_NUMBERS: Final = [found.page.url for found in catalogue.all_pages() if not found.page.is_office]
BEYOND: Final = ("region=midlands", "region=london,midlands", f"icb={BOARD[MIDLANDS]}", "region=london&region=midlands")


def test_every_page_has_its_row():
    assert set(TABLE) == {found.page.url for found in catalogue.all_pages()}


def test_a_page_nobody_decided_about_fails_the_build(monkeypatch: pytest.MonkeyPatch):
    """The control: the very thing the test above is to catch."""
    planted = catalogue.Found(Page(title="Planted", url="planted", section="", order=999), lambda _: None)
    there = (*catalogue.all_pages(), planted)
    monkeypatch.setattr(catalogue, "all_pages", lambda: there)
    with pytest.raises(AssertionError):
        test_every_page_has_its_row()


def test_the_words_of_a_page_are_those_of_no_other():
    words = [row.words for row in TABLE.values()]
    assert all(words)
    assert [one for one in words for other in words if one is not other and one in other] == []


def pages_offered(answers: list[ForwardMsg]) -> dict[str, str]:
    """Give the addresses of the pages in the menu, with what Streamlit calls them. 'Start' is no page of ours."""
    (menu,) = [one.navigation for one in answers if one.WhichOneof("type") == "navigation"]
    address = {found.page.title: found.page.url for found in catalogue.all_pages()} | {"Start": ""}
    return {address[page.page_name]: page.page_script_hash for page in menu.app_pages}


@pytest.mark.parametrize("role", Role)
def test_the_menu_names_the_pages_of_the_role_and_no_others(client, cookies, role: Role):
    offered = set(pages_offered(page_of(client, cookies[ACCOUNT_OF[role]], "account"))) - {""}
    assert offered == {page for page, own, may in CELLS if own is role and may}


@pytest.mark.parametrize(("page", "role", "may"), CELLS)
def test_a_page_shows_itself_to_the_roles_of_its_row_and_nothing_to_others(client, cookies, page, role, may):
    text = shown(page_of(client, cookies[ACCOUNT_OF[role]], page))
    assert (TABLE[page].words in text) is may
    assert "Something went wrong" not in text


@pytest.mark.parametrize(("page", "role"), [(page, role) for page, role, may in CELLS if not may])
def test_no_link_and_no_inner_name_opens_a_refused_page(client, cookies, page: str, role: Role):
    """The name Streamlit gives a page can be worked out or learnt from a colleague; sent by hand it opens nothing."""
    insider = next(other for name, other, may in CELLS if name == page and may)
    inner = pages_offered(page_of(client, cookies[ACCOUNT_OF[insider]], "account"))[page]
    by_name = message("rerun_script", page=page, query="element=we-are-a-team&view=record&idea=1&delivery=ab")
    by_inner_name = message("rerun_script")
    by_inner_name.rerun_script.page_script_hash = inner
    with connected(client, cookies[ACCOUNT_OF[role]]) as socket:
        for said in (by_name, by_inner_name):
            assert TABLE[page].words not in shown(heard(socket, said))


@pytest.mark.parametrize("page", WITH_NUMBERS)
@pytest.mark.parametrize("query", BEYOND)
def test_an_hr_account_gets_nothing_of_a_page_for_another_region(client, cookies, page: str, query: str):
    text = shown(page_of(client, cookies["hr-london"], page, query))
    assert "Your account may see England and its own regions (London); the link asks for Midlands." in text
    assert TABLE[page].words not in text
    assert "card-" not in text
    assert regions_in(text) == set()


@pytest.mark.parametrize("page", WITH_NUMBERS)
@pytest.mark.parametrize("query", ["", "region=london", f"icb={BOARD[LONDON]}", "view=groups", "view=places"])
def test_no_page_sends_an_hr_account_a_number_of_another_region(client, cookies, page: str, query: str):
    text = shown(page_of(client, cookies["hr-london"], page, query))
    assert MIDLANDS not in regions_in(text)


@pytest.mark.parametrize(
    ("account", "sees"), [("leader", {LONDON, MIDLANDS}), ("hr-london", {LONDON}), ("hr-midlands", {MIDLANDS})]
)
def test_the_numbers_of_a_region_do_reach_those_who_may_see_them(client, cookies, account: str, sees: set[str]):
    """The control: the numbers that are looked for above are really sent, on the page Participation."""
    assert regions_in(shown(page_of(client, cookies[account], "participation", "view=places"))) == sees


def test_what_was_refused_is_in_the_log_without_what_was_asked_for(client, cookies, door):
    page_of(client, cookies["hr-london"], "sentiment", "region=midlands")
    with reading(door.engine) as connection:
        newest = audit.entries(connection, 1)[0]
    assert (newest.who, newest.what, newest.scope) == ("hr-london", "refused: page sentiment", "London")
