"""What moderators did, on the Method page; and totals supplied without votes, on Ideas and Sentiment."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from dashboard.cli import app as commands
from dashboard.cli import gather
from data_access.settings import Settings

PROPOSALS = (
    "id;title;body;supports;state;published_at\n"
    "1;Time;More time for teams;12;accepted;2021-02-03 10:00:00 UTC\n"
    "2;Pay;More pay;30;accepted;2021-02-03 11:00:00 UTC\n"
    "3;Gone;Withdrawn by its author;50;withdrawn;2021-02-03 12:00:00 UTC\n"
)
LOG = "sequence,happened_at,kind,target,sources\n1,2021-02-04T10:00:00,merge,1,2\n2,2021-02-04T11:00:00,merge,1,1\n"
gather()


def plain(text: str) -> str:
    return text.replace("\\", "").replace("\u2060", "")


def words(page: AppTest) -> str:
    return plain("\n".join(element.value for kind in (page.header, page.markdown, page.text) for element in kind))


def table(page: AppTest, alt: str) -> list[list[str]]:
    found = next(one for one in page.table if one.proto.alt == alt)
    return [[plain(str(value)) for value in row] for row in found.value.to_numpy().tolist()]


@pytest.fixture
def open_supplied(settings: Settings, tmp_path: Path, open_page: Callable[..., AppTest]) -> Callable[..., AppTest]:
    """Open a page over two Decidim proposals, merged into one, and a third that was withdrawn: the newest release."""
    for name, text in (("proposals", PROPOSALS), ("moderation_log", LOG)):
        (tmp_path / f"{name}.csv").write_text(text)
    for line in (
        ("import", "decidim", str(tmp_path / "proposals.csv"), "--conversation", "supports"),
        ("import", "template", str(tmp_path / "moderation_log.csv"), "--conversation", "supports"),
        ("publish",),
    ):
        finished = CliRunner().invoke(commands, list(line), catch_exceptions=False)
        assert finished.exit_code == 0, finished.output
    return open_page


def test_supplied_totals_stand_on_ideas_marked_as_such_and_as_a_range(open_supplied):
    """12 and 30 supported; merged, at least 30 and at most 42 did; who withdrew took 50 along."""
    told = words(open_supplied("ideas"))
    assert "no votes in the export" in told
    assert "agree 30 to 42, supplied by decidim" in told
    assert "Most support by supplied totals: ‘Time’, 30 to 42 people." in told
    assert "50" not in told


def test_supplied_totals_stand_on_sentiment_without_an_interval(open_supplied):
    page = open_supplied("sentiment")
    assert "Most support by supplied totals: ‘Time’, 30 to 42 people." in words(page)
    assert table(page, "Table: Totals supplied without votes")[0][:4] == ["Time", "30", "42", "[x]"]


def test_what_moderators_did_is_a_view_of_the_method_page(open_supplied):
    page = open_supplied("method", view="moderation")
    told = words(page)
    assert "There were no votes to account for." in told
    assert {plain(one.label): one.value for one in page.metric} == {
        "Merge": "1",
        "Rejected": "1",
        "Remove": "0",
        "Restore": "0",
        "Retitle": "0",
        "Split": "0",
    }
    assert "merge: merged into itself: 1 line" in told
    assert "1 of 3 ideas stand as they are; others replaced 1." in told


def test_a_conversation_with_votes_shows_no_card_of_supplied_totals(open_page):
    assert "supplied" not in words(open_page("ideas"))


def test_the_ledger_adds_up_on_the_page(open_page):
    rows = table(open_page("method", view="moderation"), "Table: votes and comments, and what became of them")
    total, *terms = [int(row[1].replace(",", "").strip("*")) for row in rows]
    assert total == sum(terms)
    assert total > 0
