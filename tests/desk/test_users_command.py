"""`lookforward users`: what is typed, what is answered, what the audit log says of it."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from dashboard.cli.users import users as command
from data_access.desk import audit
from data_access.desk.engine import open_desk, reading
from data_access.problems import BadSelection, NothingThere
from data_access.settings import Settings

PASSWORD = "seven quiet elements\n"


def typed(*words: str, password: str = PASSWORD) -> str:
    answer = CliRunner().invoke(command, list(words), input=password, catch_exceptions=False)
    assert answer.exit_code == 0
    return answer.output


def logged(settings: Settings) -> list[str]:
    with reading(open_desk(settings.desk_url)) as connection:
        audit.verify_chain(connection)
        return [entry.what for entry in reversed(audit.entries(connection))]


def test_an_account_is_added_listed_changed_and_disabled(settings: Settings) -> None:
    assert typed("add", "Ann", "--role", "hr", "--region", "south-west", "--region", "LONDON") == "Added ann as hr.\n"
    assert typed("list") == "ann                  hr             South West, London\n"
    assert typed("role", "ann", "--role", "analyst") == "ann is analyst now.\n"
    assert typed("password", "ann") == "ann has a new password.\n"
    assert typed("disable", "ann") == "ann can no longer sign in.\n"
    assert typed("list") == "ann                  analyst          (disabled)\n"
    assert logged(settings) == [
        "added account ann as hr", "made account ann analyst", "changed the password of ann", "disabled account ann",
    ]  # fmt: skip


def test_every_command_answers_in_json(settings: Settings) -> None:
    added = json.loads(typed("add", "ann", "--role", "leader", "--name", "Ann Example", "--json"))
    assert added == {
        "name": "ann", "display_name": "Ann Example", "role": "leader", "regions": [], "is_disabled": False,
    }  # fmt: skip
    assert json.loads(typed("list", "--json")) == [added]


def test_an_empty_list_says_what_to_type(settings: Settings) -> None:
    assert "lookforward users add NAME --role leader" in typed("list")


@pytest.mark.parametrize(
    ("words", "password", "problem", "says"),
    [
        (("add", "ann", "--role", "hr", "--region", "Atlantis"), PASSWORD, BadSelection, "no region 'Atlantis'"),
        (("add", "ann", "--role", "leader"), "short\n", BadSelection, "15 to 64"),
        (("add", "ann", "--role", "leader"), "", BadSelection, "15 to 64"),
        (("disable", "bo"), "", NothingThere, "no account called 'bo'"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(settings: Settings, words, password, problem, says) -> None:
    with pytest.raises(problem, match=says):
        CliRunner().invoke(command, list(words), input=password, catch_exceptions=False)
    assert logged(settings) == []


def test_a_password_may_hold_a_space_but_is_never_printed(settings: Settings) -> None:
    assert "seven" not in typed("add", "ann", "--role", "leader")
