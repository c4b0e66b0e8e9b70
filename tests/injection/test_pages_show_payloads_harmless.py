"""Every payload through every free text to every page: shown letter by letter, live nowhere."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from dashboard.catalogue import all_pages
from dashboard.web.door import door_of
from data_access.vocabulary import Role
from tests.injection.hostile import set_up
from tests.injection.hostile_import import set_up_by_import
from tests.injection.judge import MARKS, WORDINGS, is_escaped, live
from tests.injection.payloads import KINDS, payloads
from tests.web.spoken import app_of, client_of, installed, page_of, shown, signed_in

Sent = dict[str, list[ForwardMsg]]
WAYS = {"written": lambda settings: set_up(settings, 0), "imported": set_up_by_import}
VIEWS = ("groups", "evidence", "moderation", "report", "progress", "places", "record", "read", "coding")
QUERIES = ("", *(f"view={view}" for view in VIEWS), "idea=1", "session=S1")


def test_there_are_three_hundred_payloads_and_each_has_a_mark_of_its_own():
    assert len(payloads()) >= 300
    assert len(WORDINGS) == len(payloads())
    assert min(len(kind) for kind in KINDS.values()) >= 8
    for mark, wording in payloads():
        assert set(MARKS.findall(wording)) == {mark}


@pytest.fixture(scope="module", params=WAYS)
def sent(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, list[ForwardMsg]]]:
    """Everything an analyst, who sees most, is sent by every page; people and log by an administrator."""
    home = tmp_path_factory.mktemp("home")
    with installed(home, WAYS[request.param]) as settings, app_of(settings) as app, client_of(app) as client:
        door = door_of(settings)
        analyst, administrator = (signed_in(door, role.value) for role in (Role.ANALYST, Role.ADMINISTRATOR))
        found = {}
        for page in all_pages():
            who = administrator if page.page.roles and "analyst" not in page.page.roles else analyst
            for query in QUERIES if not page.page.is_office else ("",):
                found[f"{page.page.url}?{query}"] = page_of(client, who, page.page.url, query)
        yield found


def test_no_payload_is_live_on_any_page(sent: Sent):
    found = {f"{page}: {place}" for page, answers in sent.items() for answer in answers for place in live(answer)}
    assert not found, "\n".join(sorted(found)[:20])
    assert not [page for page, answers in sent.items() if "Something went wrong" in shown(answers)]


def test_the_payloads_do_reach_the_pages(sent: Sent):
    """The control: what is looked for above is there to be found, in every part of the dashboard."""
    marks = {page.partition("?")[0]: set(MARKS.findall(shown(answers))) for page, answers in sent.items()}
    assert len(set().union(*marks.values())) >= 60


@pytest.mark.parametrize("begins", ["**", "[", "$", ":red", "<b>", "https://"])
def test_a_payload_that_is_not_escaped_is_found(begins: str):
    """The control of the judge: payloads written as they came."""
    mark, own = next((mark, own) for mark, own in payloads() if own.startswith(begins))
    assert not is_escaped(own, mark)
