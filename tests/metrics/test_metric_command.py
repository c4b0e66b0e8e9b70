"""`lookforward metric` prints what the page shows."""

from __future__ import annotations

import json

import pytest
from typer import Typer
from typer.testing import CliRunner

from dashboard.cli import metric as command
from dashboard.exports import export
from dashboard.filters import Selection
from dashboard.results import answer
from data_access.frames import TABLES
from data_access.problems import BadSelection, NothingThere
from data_access.releases.store import ReleaseFacts, write_release
from data_access.vocabulary import ELEMENTS, slug


@pytest.fixture
def release(settings, made_up_release):
    """A release on disk with votes on one element, and the same cells in memory."""
    votes = {"voters": 20, "agree": 30, "pass": 5, "disagree": 10}
    made = made_up_release(
        votes_by_element=[{"element": ELEMENTS[2], "ideas": 3, "comments": 4, "participants": 30, **votes}],
        words_by_element=[{"element": "We are a team", "word": "team", "used_by_at_least": 20}],
    )
    facts = ReleaseFacts(published_at=made.published_at, code_version="test", thresholds={"talk": 10})
    settings.releases_folder.mkdir(parents=True)
    write_release(settings.releases_folder, {table.name: made.table(table.name) for table in TABLES}, facts)
    return made


@pytest.fixture
def run():
    app = Typer()
    command.add_to(app)
    app.callback()(lambda: None)

    def told(*words: str) -> str:
        outcome = CliRunner().invoke(app, ["metric", *words], catch_exceptions=False)
        assert outcome.exit_code == 0
        return outcome.stdout

    return told


def test_csv_is_the_file_of_the_card(release, run):
    result = answer("vote_balance", source=release, selection=Selection("talk", ELEMENTS[2]))
    told = run("vote_balance", "--where", f"element={slug(ELEMENTS[2])}")
    assert told.replace("\r\n", "\n") == export("csv", [result]).decode().replace("\r\n", "\n")


def test_json_adds_headline_notes_and_stamp(release, run):
    told = json.loads(run("words", "--format", "json", "--where", "element=we-are-a-team"))
    assert told["rows"] == [{"word": "team", "used_by_at_least": 20}]
    assert told["headline"] == "‘team’ was used by at least 20 participants on ‘We are a team’."
    assert told["notes"] == []
    assert (told["stamp"]["release"], told["stamp"]["published_at"]) == (1, "2021-03-02T09:14:00+00:00")
    places = {"regions": [], "icbs": [], "staff_groups": [], "participant_types": []}
    asked = {"element": "We are a team", **places, "period": None}
    assert told["selection"] == {"conversation": "talk", **asked}


def test_list_names_every_metric_with_its_question(run):
    told = run("--list").splitlines()
    assert told[0] == "metric,question"
    assert "vote_balance,\"Where do people agree, and where are they split?\"" in told  # fmt: skip


def test_what_is_not_offered_is_refused(release, run):
    with pytest.raises(BadSelection, match="no filter regions"):
        run("words", "--where", "regions=london")
    with pytest.raises(BadSelection, match="No tables by region, ICB or staff group were cut of this conversation"):
        run("words", "--where", "region=london")
    with pytest.raises(BadSelection, match="Did you mean 'we-are-a-team'"):
        run("words", "--where", "element=we-are-a-tea")
    with pytest.raises(NothingThere, match="no metric 'word'"):
        run("word")


def test_without_a_release_it_says_what_to_type(settings, run):
    with pytest.raises(NothingThere, match="lookforward publish"):
        run("words")
