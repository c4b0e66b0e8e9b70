"""What goes out in the form of the template comes back in: the coding frame, and released wording."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from dashboard.cli import app, gather
from data_access.problems import NothingThere

gather()

IDEAS = """idea,author,posted_at,title,text,elements,is_seed
I1,p1,2022-03-01T10:00:00,Nights,"Better rotas, please",We work flexibly|We are a team,no
I2,p2,2022-03-01T11:00:00,Only a title,Only a title,,yes
I3,p3,2022-03-01T12:00:00,,=HYPERLINK is text here,,no
I4,p3,2022-03-01T13:00:00,Mine,My manager Jane Smith never listens,,no
"""
COMMENTS = 'comment,idea,author,posted_at,text\nC1,I1,p2,2022-03-02T10:00:00,"Yes, and -20 years late"\n'
VOTES = "participant,idea,cast_at,vote\np2,I1,2022-03-02T10:00:00,agree\n"
THEMES = (
    "frame_version,theme,name,element,parent,definition\n"
    "1,rota,Rotas,We work flexibly,,When the rota is meant\n2,rota,Rotas,We work flexibly,,When the rota is meant\n"
    "2,night,Nights,We work flexibly,rota,\n"
)
SESSIONS = "session,kind,title\nS1,big conversation,A session\n"
FEEDBACK = "point,session,question,text\nF1,S1,Why?,Because of time\n"


def run(*words: str) -> str:
    finished = CliRunner().invoke(app, list(words), catch_exceptions=False)
    assert finished.exit_code == 0, finished.output
    return finished.output


def brought(*words: str) -> list[dict[str, int | str]]:
    """Import and give the ledger: rows that were new, changed and unchanged, table by table."""
    answer = json.loads(run("import", "template", *words, "--json"))
    return [{name: line[name] for name in ("table", "new", "changed", "unchanged")} for line in answer["ledger"]]


@pytest.fixture
def published(settings, tmp_path: Path) -> Path:
    """A folder in which a conversation was written; it was imported and published."""
    folder = tmp_path / "first"
    folder.mkdir()
    written = {"ideas": IDEAS, "comments": COMMENTS, "votes": VOTES, "themes": THEMES}
    for name, text in (written | {"sessions": SESSIONS, "feedback": FEEDBACK}).items():
        (folder / f"{name}.csv").write_text(text)
    run("import", "template", str(folder), "--conversation", "first")
    run("publish")
    return tmp_path


def test_the_coding_frame_comes_back_as_nothing_new(published: Path):
    out = published / "frame"
    run("frame", "export", str(out))
    assert [file.name for file in out.iterdir()] == ["themes.csv"]
    assert brought(str(out), "--conversation", "first") == [{"table": "themes", "new": 0, "changed": 0, "unchanged": 3}]


def test_released_wording_goes_into_another_conversation_and_comes_out_the_same(published: Path):
    """What is held back stays; a cell that a spreadsheet would run is text again on the other side."""
    out = published / "texts"
    run("texts", "export", str(out), "--conversation", "first")
    ideas = pl.read_csv(out / "ideas.csv")
    assert ideas.columns == ["idea", "title", "text", "elements", "is_seed", "made_harmless"]
    assert ideas["text"].to_list() == ["Better rotas, please", "Only a title", "'=HYPERLINK is text here"]
    assert {line["table"]: line["new"] for line in brought(str(out), "--conversation", "second")} == {
        "ideas": 3,
        "comments": 1,
        "feedback": 1,
    }
    run("publish")
    again = published / "again"
    run("texts", "export", str(again), "--conversation", "second")
    same = {file.name: file.read_bytes() for file in out.iterdir()}
    assert {file.name: file.read_bytes() for file in again.iterdir()} == same
    (again / "ideas.csv").write_bytes(same["ideas.csv"] + b"\r\n")
    assert [(line["new"], line["changed"]) for line in brought(str(again), "--conversation", "second")] == [(0, 0)] * 3


def test_no_author_time_vote_or_held_back_word_goes_out(published: Path):
    out = published / "texts"
    run("texts", "export", str(out))
    told = "".join(file.read_text() for file in out.iterdir())
    assert [word for word in ("p1", "p2", "p3", "2022", "agree", "Jane", "I4") if word in told] == []
    assert sorted(file.name for file in out.iterdir()) == ["comments.csv", "feedback.csv", "ideas.csv"]


def test_lineage_is_printed_as_csv_and_json_with_the_columns_of_other_platforms(published: Path):
    header, *rows = run("lineage").splitlines()
    assert header == (
        "statement_id,created_at,statement_text,moderation_status,is_seed,themes,reject_reason,reject_note,"
        "edited_from_statement_id,replaced_by_statement_ids"
    )
    assert rows[1] == "I2,[x],Only a title: Only a title,live,yes,[z],[z],[z],[z],[z]" or rows[1].startswith(
        "I2,[x],Only"
    )
    told = json.loads(run("lineage", "--json"))
    assert [row["statement_id"] for row in told] == ["I1", "I2", "I3", "I4"]
    assert told[3]["statement_text"] is None


def test_an_unknown_conversation_is_named_with_those_there_are(published: Path):
    with pytest.raises(NothingThere, match=r"no conversation 'other'\. There are: first"):
        run("lineage", "--conversation", "other")
