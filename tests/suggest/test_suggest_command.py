"""`lookforward suggest`: one answer a row, in the order of the rows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dashboard.cli import app, gather
from dashboard.cli.suggest import texts_of
from data_access.problems import ImportRefused
from data_access.vocabulary import ELEMENTS


@pytest.fixture(scope="module", autouse=True)
def commands():
    if not app.registered_commands:
        gather()


def asked(file: Path, *options: str) -> str:
    done = CliRunner().invoke(app, ["suggest", str(file), *options])
    assert done.exit_code == 0, done.output
    return done.output


def test_every_row_gets_an_answer_in_its_place(tmp_path: Path):
    file = tmp_path / "notes.csv"
    file.write_text('who,Text\nx,"Flexible working,\nfor all"\ny,\nz,Thank people\n', encoding="utf-8-sig")
    answers = json.loads(asked(file, "--json"))
    assert [one["element"] for one in answers] == [ELEMENTS[5], None, ELEMENTS[1]]
    assert [sorted(one) for one in answers] == [["element", "runner_up", "score", "words"]] * 3
    assert answers[1] == {"element": None, "runner_up": None, "score": 0.0, "words": []}
    assert answers[2]["words"] == ["thank"]


def test_in_words_it_says_that_a_person_decides(tmp_path: Path):
    file = tmp_path / "notes.csv"
    file.write_text("text\nFlexible working\n")
    assert "We work flexibly" in asked(file)
    assert "These are suggestions, not codes: a person decides." in asked(file)


@pytest.mark.parametrize("content", [b"", b"note\nhello\n", b"text,text\na,b\n", b"text\n\xff\xfe\n"])
def test_a_file_that_cannot_be_read_is_refused_with_a_remedy(tmp_path: Path, content: bytes):
    file = tmp_path / "notes.csv"
    file.write_bytes(content)
    with pytest.raises(ImportRefused) as refused:
        texts_of(file)
    assert refused.value.remedy


def test_a_file_that_is_not_there_is_refused(tmp_path: Path):
    with pytest.raises(ImportRefused, match="no file"):
        texts_of(tmp_path / "none.csv")
