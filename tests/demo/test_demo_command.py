"""`lookforward demo`: one command that fills an installation, and never one that holds something else."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from dashboard.cli import demo
from dashboard.cli._demo_accounts import ACCOUNTS
from data_access.desk.audit import entries
from data_access.desk.engine import open_desk, reading
from data_access.desk.plan import plan_as_at
from data_access.desk.users import check_password, list_users
from data_access.importing.run import import_files, list_imports
from data_access.problems import ImportRefused
from data_access.progress import silent
from data_access.releases.store import list_releases
from data_access.settings import Settings
from data_access.vault.engine import open_vault
from data_access.vocabulary import Role

NOW = datetime(2026, 11, 20, 9, 14, tzinfo=UTC)


def run(*arguments: str) -> str:
    app = typer.Typer()
    demo.add_to(app)
    result = CliRunner().invoke(app, list(arguments), catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


@pytest.fixture
def settings_of_demo(demo_home_copy: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("LOOKFORWARD_HOME", str(demo_home_copy))
    return Settings()


def other_conversation(settings: Settings, folder: Path) -> None:
    folder.mkdir()
    (folder / "ideas.csv").write_text("idea,posted_at,text\nA,2021-02-01T09:00:00,Tea for night staff\n")
    engine = open_vault(settings.vault_url)
    import_files(
        engine=engine,
        keys_folder=settings.keys_folder,
        adapter="template",
        paths=[folder / "ideas.csv"],
        conversation="ours",
        started_by="test",
        now=NOW,
        progress=silent,
    )
    engine.dispose()


def test_every_account_can_sign_in_with_the_password_that_is_printed(settings_of_demo):
    with reading(open_desk(settings_of_demo.desk_url)) as connection:
        signed_in = {account.name: check_password(connection, account.name, account.password) for account in ACCOUNTS}
        log = entries(connection)
    roles = {name: user.role for name, user in signed_in.items() if user}
    assert roles == {
        "leader": Role.LEADER,
        "hr": Role.HR,
        "analyst": Role.ANALYST,
        "administrator": Role.ADMINISTRATOR,
        "auditor": Role.AUDITOR,
    }
    assert {name: user.regions for name, user in signed_in.items() if user and user.regions} == {
        "hr": ("Midlands", "South West")
    }
    assert sum("demonstration account" in entry.what for entry in log) == 5


def test_the_plan_arrives_at_the_desk_with_its_history(settings_of_demo):
    plan = plan_as_at(open_desk(settings_of_demo.desk_url), NOW.date())
    assert plan.actions.height == 35
    assert plan.actions["wording"].null_count() == 35
    assert set(plan.updates["recorded_by"]) == {"Demonstration"}


def test_a_second_run_changes_nothing_and_says_so(settings_of_demo):
    printed = json.loads(run("--json"))
    assert printed["was_already_imported"] is True
    assert printed["accounts"] == []
    assert printed["accounts_kept"] == [account.name for account in ACCOUNTS]
    assert len(list_releases(settings_of_demo.releases_folder)) == 1
    assert [one.number for one in list_imports(open_vault(settings_of_demo.vault_url))] == [1]


def test_another_seed_is_not_mixed_in_and_the_files_stay(settings_of_demo):
    votes = settings_of_demo.home / "demo" / "votes.csv"
    before = votes.read_bytes()
    with pytest.raises(ImportRefused, match="made from other files") as refused:
        run("--seed", "7")
    assert "lookforward undo 1" in str(refused.value)
    assert votes.read_bytes() == before


def test_it_stays_away_from_real_conversations_and_beside_them_makes_no_accounts(settings, tmp_path):
    other_conversation(settings, tmp_path / "ours")
    with pytest.raises(ImportRefused, match="holds other conversations"):
        run()
    assert list_releases(settings.releases_folder) == []
    assert not (settings.home / "demo").exists()
    assert "No accounts were made" in run("--add")
    with reading(open_desk(settings.desk_url)) as connection:
        assert list_users(connection) == []
    assert {one.conversation for one in list_imports(open_vault(settings.vault_url))} == {"ours", "look-forward-demo"}


def test_it_never_writes_over_files_that_are_not_its_own(settings, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "ideas.csv").write_text("idea\n")
    with pytest.raises(ImportRefused, match="not the demonstration's"):
        run("--folder", str(tmp_path / "mine"))
    assert (tmp_path / "mine" / "ideas.csv").read_text() == "idea\n"
    assert list_imports(open_vault(settings.vault_url)) == ()


def test_what_is_printed_says_made_up_and_what_to_do_next(settings_of_demo):
    shutil.rmtree(settings_of_demo.home / "demo")
    printed = run()
    assert printed.startswith("A made-up programme, not real data (seed 2021): 2,400 participants, 9")
    assert printed.rstrip().endswith("lookforward serve, then open http://127.0.0.1:8501")
    assert (settings_of_demo.home / "demo" / "votes.csv").exists()
