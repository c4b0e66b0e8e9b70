"""The command line's door: what is printed, what is returned, and which code it ends with."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer import Typer
from typer.testing import CliRunner, Result

from dashboard.cli import importing
from data_access.problems import ImportRefused, UserProblem
from data_access.settings import Settings

Run = Callable[..., Result]


@pytest.fixture
def run(settings: Settings) -> Run:
    app = Typer()
    importing.add_to(app)
    return lambda *words: CliRunner().invoke(app, [str(word) for word in words], catch_exceptions=True)


@pytest.fixture
def london(polis_data: Path) -> Path:
    return polis_data / "london.youth.policing"


def test_an_import_prints_its_ledger(run: Run, london: Path):
    result = run("import", "polis", london)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "Import 1 of 'london-youth-policing':",
        "  table         file                    rows  new  changed  unchanged  repeated  refused",
        "  ideas         comments.csv              39   39        0          0         0        0",
        "  votes         votes.csv                640  640        0          0         0        0",
        "  participants  participants-votes.csv    26   26        0          0         0        0",
    ]


def test_a_second_import_says_that_nothing_changed(run: Run, london: Path):
    run("import", "polis", london)
    result = run("import", "polis", london)
    assert result.stdout.splitlines()[-1] == "Nothing was changed."
    assert "as import 1." in result.stdout


def test_json_gives_the_same_answer_to_machines(run: Run, london: Path):
    answer = json.loads(run("import", "polis", london, "--conversation", "Young London", "--json").stdout)
    assert (answer["import"], answer["conversation"], answer["was_already_imported"]) == (1, "young-london", False)
    assert [(line["table"], line["accepted"]) for line in answer["ledger"]] == [
        ("ideas", 39),
        ("votes", 640),
        ("participants", 26),
    ]
    assert (answer["faults"], answer["plan"]) == ([], [])


def test_a_check_with_faults_ends_with_the_code_of_a_refusal(run: Run, tmp_path: Path):
    (tmp_path / "ideas.csv").write_text("idea,posted_at,text\nA,someday,x\nB,2022-03-01,y\n")
    result = run("import", "template", tmp_path / "ideas.csv", "--check")
    assert result.exit_code == ImportRefused.exit_code
    assert "Checked; nothing was written. What would happen to 'ideas':" in result.stdout
    assert "row 2  posted_at  text of 7 characters  expected a date and time" in result.stdout
    assert run("imports", "--json").stdout.strip() == "[]"


def test_a_refused_import_raises_its_problem(run: Run, polis_data: Path):
    result = run("import", "polis", polis_data / "american-assembly.bowling-green")
    assert isinstance(result.exception, ImportRefused)
    assert "has no votes.csv" in str(result.exception)


def test_imports_are_listed_and_proved(run: Run, london: Path):
    run("import", "polis", london)
    [listed] = json.loads(run("imports", "--json").stdout)
    assert (listed["number"], listed["state"], listed["rows"], listed["accepted"]) == (1, "committed", 705, 705)
    assert run("imports").stdout.splitlines()[1].split()[:4] == ["1", "london-youth-policing", "polis", "committed"]
    proof = json.loads(run("imports", "1", "--proof", "--json").stdout)
    assert proof["facts"]["sign"]["own_agree"] == 24
    assert [len(file["sha256"]) for file in proof["files"]] == [64] * 5
    assert run("imports", "1").stdout.splitlines()[0] == "Import 1 of 'london-youth-policing' (polis), committed"
    assert run("imports", "--proof").exit_code == 2


def test_undo_says_what_it_deleted(run: Run, london: Path):
    run("import", "polis", london)
    assert run("undo", "1").stdout == (
        "Import 1 of 'london-youth-policing' is undone. Rows deleted: participants 26, ideas 39, votes 640.\n"
        "Publish to update the pages.\n"
    )
    assert isinstance(run("undo", "1").exception, UserProblem)


def test_an_unknown_adapter_is_answered_with_those_there_are(run: Run, london: Path):
    assert str(run("import", "excel", london).exception) == (
        "There is no adapter 'excel'. Adapters: decidim, forms, go-vocal, notes, polis, template, your-priorities."
    )


@pytest.mark.parametrize("form", ["csv", "xlsx", "ods"])
def test_the_template_is_written_with_its_guide(form: str, run: Run, tmp_path: Path):
    result = run("template", tmp_path / "t", "--format", form)
    count = len(list((tmp_path / "t").iterdir()))
    assert result.stdout == f"{count} files in {tmp_path / 't'}. Start with {tmp_path / 't' / 'README.md'}.\n"


def test_a_vault_that_nobody_has_filled_says_how_to_begin(run: Run):
    assert run("imports").stdout == "Nothing has been imported yet. Start with: lookforward import --help\n"


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("imports",), 0, "Nothing has been imported yet"),
        (("imports", "1"), 1, "Nothing has been imported yet"),
        (("undo", "1"), 1, "Nothing has been imported yet"),
    ],
)
def test_looking_for_an_import_makes_no_vault(run: Run, settings: Settings, words, code: int, says: str):
    result = run(*words)
    assert result.exit_code == code
    assert says in (result.stdout + str(result.exception or ""))
    assert not settings.home.exists()


def test_a_check_before_the_first_import_makes_no_vault(run: Run, settings: Settings, london: Path):
    told = run("import", "polis", london, "--check").stdout.splitlines()
    assert [line.split()[2] for line in told[2:]] == ["39", "640", "26"]
    assert not (settings.home / "vault.db").exists()
