"""`lookforward plan …`: what is printed, what goes out and comes back, what is refused."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from dashboard.cli import plan as command
from dashboard.cli._plan_tables import PLAN_TABLES, _tamed, hand_over, plain_frames, preview
from data_access.desk.plan_shapes import BY_NAME
from data_access.problems import ImportRefused, NothingThere, UserProblem

REFERENCE = Path(__file__).parents[2] / "data_access" / "reference"
Run = Callable[..., str]


@pytest.fixture
def run(settings) -> Run:
    """Run a plan command in an empty installation and give what it printed; problems are raised."""

    def made(*arguments: object) -> str:
        result = CliRunner().invoke(command.commands, [str(argument) for argument in arguments])
        if isinstance(result.exception, UserProblem):
            raise result.exception
        assert result.exit_code == 0, result.output
        return result.output

    return made


def shown(run: Run, *arguments: object) -> list[dict[str, object]]:
    return json.loads(run("show", "--json", *arguments))


def test_before_anything_is_loaded_the_answer_is_what_to_do(run):
    with pytest.raises(NothingThere, match="lookforward plan import"):
        run("show")


def test_import_without_a_file_loads_the_published_register(run):
    assert run("import").splitlines()[0] == "49 rows were added and 0 changed; 0 say what is known already."
    actions = shown(run)
    assert [action["number"] for action in actions] == list(range(1, 36))
    assert Counter(action["status"] for action in actions) == {"no status recorded": 35}
    assert {action["wording"] for action in actions} == {None}
    assert actions[1]["due"] == "not stated (no timescales are given for organisation and ICS actions)"


def test_the_reference_tables_import_by_their_own_layout_and_equal_the_published_register(run):
    files = (REFERENCE / "plan_actions.csv", REFERENCE / "plan_actions_unnumbered.csv")
    assert run("import", *files).startswith("49 rows were added")
    assert run("import").startswith("0 rows were added and 0 changed; 49")


def test_a_check_tells_the_difference_and_stores_nothing(run):
    assert run("import", "--check").startswith("49 rows would be added")
    with pytest.raises(NothingThere):
        run("show")


def test_a_status_that_was_set_is_shown_with_its_history(run):
    run("import")
    run("set", 7, "--status", "at risk", "--reason", "no measure yet", "--note", "Asked", "--by", "Head of OD")
    action = shown(run)[6]
    assert (action["status"], action["reason"], action["note"]) == ("at risk", "no measure yet", "Asked")
    told = json.loads(run("history", 7, "--json"))
    assert [(row["version"], row["kind"], row["recorded_by"]) for row in told][1] == (2, "status", "Head of OD")
    assert "Head of OD  status: at risk as at " in run("history", 7)


def test_the_plain_list_names_every_action_and_says_status_by_word_and_shape(run):
    run("import")
    run("set", 7, "--status", "complete")
    lines = run("show").splitlines()
    assert "  ★ complete               1" in lines
    assert "  – no status recorded    34" in lines
    assert "   7  ★ complete            wording not loaded" in lines
    assert len([line for line in lines if "wording not loaded" in line]) == 35


def test_as_at_an_earlier_day_shows_the_status_of_that_day(run):
    run("import")
    run("set", 7, "--status", "on track", "--as-at", "2022-03-31")
    run("set", 7, "--status", "complete", "--as-at", "2023-03-31")
    days = ("2022-03-30", "2022-03-31", "2023-03-30", "2023-03-31")
    assert [shown(run, "--as-at", day)[6]["status"] for day in days] == [
        "no status recorded",
        "on track",
        "on track",
        "complete",
    ]
    assert shown(run, "--known-on", "2022-06-01")[6]["status"] == "no status recorded"


def test_a_day_that_has_not_come_is_refused(settings):
    result = CliRunner().invoke(command.commands, ["show", "--as-at", "2999-01-01"])
    assert result.exit_code == 2
    assert "has not come yet" in result.output


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_was_exported_imports_as_the_same_plan(run, tmp_path, monkeypatch, form):
    filled(run, tmp_path)
    run("export", tmp_path / "out", "--format", form)
    before = shown(run)
    assert run("import", tmp_path / "out").startswith("0 rows were added and 0 changed")
    monkeypatch.setenv("LOOKFORWARD_HOME", str(tmp_path / "another"))
    run("import", tmp_path / "out")
    again = [{**action, "version": None} for action in shown(run)]
    assert again == [{**action, "version": None} for action in before]
    run("export", tmp_path / "again")
    run("export", tmp_path / "first")
    assert {path.name for path in (tmp_path / "again").iterdir()} == {f"{name}.csv" for name in PLAN_TABLES}
    for name in PLAN_TABLES:
        assert (tmp_path / "again" / f"{name}.csv").read_bytes() == (tmp_path / "first" / f"{name}.csv").read_bytes()


def filled(run: Run, folder: Path) -> None:
    """A plan with something in each table, and words that a spreadsheet would run."""
    source = folder / "source"
    source.mkdir()
    rows = [
        f'{number},"Action {number}, ""in short""",=1+1|Chief nurse,by 202{number % 5 + 1}' for number in range(1, 36)
    ]
    (source / "plan_actions.csv").write_text("\n".join(["number,wording,leads,due_stated", *rows, ""]))
    (source / "plan_commitments.csv").write_text("commitment,wording\nU01,@home\n")
    (source / "milestones.csv").write_text("action,milestone,text,due_stated,reached_on\n7,M1,-first,2022,2022-05-01\n")
    (source / "updates.csv").write_text(
        "action,as_at,recorded_at,status,note\n7,2022-03-31,2022-04-01T09:00:00,on track,+1\n"
    )
    (source / "evidence.csv").write_text("action,kind,item,response\n7,theme,T1,doing\n")
    run("import", source, "--by", "Head of OD")


def test_cells_that_a_spreadsheet_would_run_are_tamed_in_the_file(run, tmp_path):
    filled(run, tmp_path)
    run("export", tmp_path / "out")
    assert pl.read_csv(tmp_path / "out" / "updates.csv", infer_schema=False)["note"].to_list() == ["'+1"]
    assert shown(run)[6]["note"] == "+1"


@given(st.text(alphabet="'=+-@ab ", max_size=6))
def test_taming_a_cell_and_reading_it_back_gives_the_same_words(cell):
    tame = _tamed(cell)
    assert not tame.startswith(("=", "+", "-", "@"))
    assert plain_frames({"updates": pl.DataFrame({"note": [tame]})})["updates"]["note"].to_list() == [cell]


def test_a_register_file_that_is_not_35_actions_is_refused_with_the_difference(run, tmp_path):
    rows = [f"{number},words" for number in (*range(1, 35), 34)]
    (tmp_path / "plan_actions.csv").write_text("\n".join(["number,wording", *rows[:-1], ""]))
    with pytest.raises(ImportRefused, match="missing: 35"):
        run("import", tmp_path / "plan_actions.csv")
    (tmp_path / "plan_actions.csv").write_text("\n".join(["number,wording", *rows[:-1], "34,other words", ""]))
    with pytest.raises(ImportRefused, match=r"Actions missing, repeated or faulty: 34, 35\."):
        run("import", tmp_path / "plan_actions.csv")


def test_tables_of_a_conversation_are_not_loaded_as_a_plan(run, tmp_path):
    (tmp_path / "themes.csv").write_text("frame_version,theme,name\n1,T1,Rest\n")
    with pytest.raises(ImportRefused, match="lookforward import template"):
        run("import", tmp_path / "themes.csv")


def test_the_import_of_a_template_hands_the_plan_over(settings, run):
    frame = pl.DataFrame({"number": range(1, 36), "row": range(2, 37)})
    now = datetime(2024, 5, 1, tzinfo=UTC)
    told = preview({"plan_actions": frame}, settings=settings, started_by="Analyst", now=now)
    assert told[0] == "35 rows would be added and 0 changed; 0 say what is known already."
    lines = hand_over({"plan_actions": frame}, settings=settings, started_by="Analyst", now=now)
    assert lines[0] == "35 rows were added and 0 changed; 0 say what is known already."
    assert len(shown(run)) == 35
    assert hand_over({}, settings=settings, started_by="Analyst", now=now) == []


def test_a_refused_register_is_refused_by_the_preview_already(settings):
    frame = pl.DataFrame({"number": range(1, 35)})
    with pytest.raises(ImportRefused, match="missing: 35"):
        preview({"plan_actions": frame}, settings=settings, started_by="Analyst", now=datetime(2024, 5, 1, tzinfo=UTC))


def test_every_table_of_the_plan_goes_out_and_comes_in():
    assert set(PLAN_TABLES) == set(BY_NAME)
