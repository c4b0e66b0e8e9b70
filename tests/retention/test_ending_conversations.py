"""Two people complete a conversation, thirty days run, a purge leaves figures and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest
from sqlalchemy import text
from typer.testing import CliRunner

import dashboard.cli as command_line
from data_access.desk import audit, proposals
from data_access.desk.engine import open_desk, reading
from data_access.desk.retention import certificates, sound_alarms, standings_of
from data_access.desk.users import add_user
from data_access.health import findings
from data_access.importing.run import import_files
from data_access.problems import BadConfiguration, NothingThere, Tampered, UserProblem
from data_access.progress import silent
from data_access.publishing.publish import publish
from data_access.releases.store import current_number, open_release
from data_access.retention.complete import complete_conversation
from data_access.retention.erase import erase_people
from data_access.retention.people import listed
from data_access.retention.purge import purge_conversation
from data_access.settings import Settings
from data_access.vault.engine import open_vault
from data_access.vault.retention import KEPT, rows_left
from data_access.vault.schema import Base
from data_access.vocabulary import Role
from tests import databases
from tests.erasure.conftest import FILES, KEY

NOON = datetime(2022, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
PASSWORD = "seven quiet elements"


@pytest.fixture
def talk(settings: Settings, tmp_path: Path) -> Settings:
    """An installation with one conversation of three people, published, and accounts of an analyst and a clerk."""
    folder = tmp_path / "source"
    folder.mkdir()
    for name, content in FILES.items():
        (folder / name).write_text(content, encoding="utf-8")
    bring(settings, folder)
    released(settings, NOON)
    with open_desk(settings.desk_url).begin() as connection:
        for name, role in (("ann", Role.ANALYST), ("bob", Role.ADMINISTRATOR), ("eve", Role.LEADER)):
            add_user(connection, name=name, password=PASSWORD, role=role, now=NOON, cost=4)
    return settings


def bring(settings: Settings, folder: Path, key: str = KEY) -> None:
    engine = open_vault(settings.vault_url)
    try:
        import_files(
            engine=engine,
            keys_folder=settings.keys_folder,
            adapter="template",
            paths=[folder],
            conversation=key,
            started_by="a test",
            now=NOON,
            progress=silent,
        )
    finally:
        engine.dispose()


def released(settings: Settings, at: datetime) -> int:
    engine = open_vault(settings.vault_url)
    try:
        folders = {"releases_folder": settings.releases_folder, "keys_folder": settings.keys_folder}
        return publish(engine=engine, **folders, now=at, progress=silent).number
    finally:
        engine.dispose()


def completed(settings: Settings, at: datetime = NOON) -> None:
    complete_conversation(settings, KEY, asked_by="ann", confirmed_by="bob", now=at, progress=silent)


def purged(settings: Settings, at: datetime = NOON + DAY) -> dict[str, object]:
    return dict(purge_conversation(settings, KEY, by="a test", now=at, progress=silent).facts)


def balance(settings: Settings, number: int) -> list[tuple[object, ...]]:
    table = open_release(settings.releases_folder, number).table("votes_by_idea")
    return table.filter(pl.col("conversation") == KEY).select("idea", "agree", "disagree").rows()


def test_completing_takes_two_people(talk: Settings):
    with pytest.raises(UserProblem, match="two people"):
        complete_conversation(talk, KEY, asked_by="Bob ", confirmed_by="bob", now=NOON, progress=silent)


def test_nothing_is_added_to_a_completed_conversation(talk: Settings, tmp_path: Path):
    completed(talk)
    (tmp_path / "source" / "votes.csv").write_text(FILES["votes.csv"] + "zoe,i1,agree,2022-02-04T09:00\n")
    with pytest.raises(UserProblem, match="was completed on 1 March 2022"):
        bring(talk, tmp_path / "source")


def test_a_purge_needs_a_completed_conversation(talk: Settings):
    with pytest.raises(UserProblem, match="not completed yet"):
        purged(talk)


def test_a_purge_deletes_every_row_and_the_key(talk: Settings):
    completed(talk)
    facts = purged(talk)
    assert facts["rows deleted"] == {
        "comment": 2,
        "idea": 2,
        "idea_version": 2,
        "participant": 3,
        "participant_version": 3,
        "vote": 3,
    }
    assert facts["rows left"] == 0
    if databases.IS_ON_SERVER:
        assert facts["searched"] == "a database server's files are its keeper's to search"
    else:
        assert (facts["pseudonyms looked for"], facts["pseudonyms found"]) == (3, 0)
    assert facts["key destroyed"] == "yes"
    assert not (talk.keys_folder / f"{KEY}.key").exists()


def test_a_purge_twice_is_a_purge_once(talk: Settings):
    completed(talk)
    purged(talk)
    facts = purged(talk, NOON + 2 * DAY)
    assert (facts["rows deleted"], facts["key destroyed"]) == ({}, "was gone already")


def test_a_purge_takes_nothing_of_another_conversation(talk: Settings, tmp_path: Path):
    bring(talk, tmp_path / "source", key="other")
    completed(talk)
    purged(talk)
    engine = open_vault(talk.vault_url)
    with engine.connect() as connection:
        assert rows_left(connection, "other") == 15
        assert connection.scalar(text("SELECT count(*) FROM vote")) == 3
    engine.dispose()
    assert (talk.keys_folder / "other.key").exists()


def test_figures_of_a_purged_conversation_stay_in_later_releases(talk: Settings, tmp_path: Path):
    completed(talk)
    purged(talk)
    bring(talk, tmp_path / "source", key="other")
    later = released(talk, NOON + 2 * DAY)
    assert later > 1
    assert balance(talk, later) == balance(talk, 1) == [("i1", 1, 1), ("i2", 1, 0)]


def test_no_purge_while_the_final_release_is_not_as_it_was_written(talk: Settings):
    completed(talk)
    number = current_number(talk.releases_folder)
    (talk.releases_folder / f"{number:04d}" / "votes_by_idea.parquet").write_bytes(b"spoilt")
    with pytest.raises(Tampered, match="Nothing was deleted"):
        purged(talk)
    engine = open_vault(talk.vault_url)
    with engine.connect() as connection:
        assert rows_left(connection, KEY) == 15
    engine.dispose()


def test_every_table_of_the_vault_says_how_it_is_purged():
    """A new table without conversation and import would stay behind."""
    unclear = [
        table.name
        for table in Base.metadata.sorted_tables
        if table.name not in KEPT and not {"conversation_id", "import_id"} & set(table.columns.keys())
    ]
    assert unclear == []


def doctor_says(settings: Settings, at: datetime) -> list[tuple[bool, str]]:
    return [(one.is_fine, one.says) for one in findings(settings, at) if one.subject == "retention"]


def test_the_doctor_counts_down_and_sounds_the_alarm_after_thirty_days(talk: Settings):
    assert doctor_says(talk, NOON) == []
    completed(talk)
    assert doctor_says(talk, NOON + DAY) == [(True, "talk: 29 days left to delete its rows, by 31 March 2022")]
    late = [(False, "talk: its rows should have been deleted by 31 March 2022")]
    assert doctor_says(talk, NOON + 30 * DAY + timedelta(minutes=1)) == late
    purged(talk, NOON + 31 * DAY)
    assert doctor_says(talk, NOON + 40 * DAY) == []


def test_the_alarm_is_written_into_the_audit_log_once(talk: Settings):
    completed(talk)
    with open_desk(talk.desk_url).begin() as connection:
        heard = [sound_alarms(connection, NOON + days * DAY) for days in (29, 31, 32)]
        overdue = [entry.scope for entry in audit.entries(connection) if entry.what.startswith("overdue")]
    assert (heard, overdue) == ([[], [KEY], []], [KEY])


def test_certificates_hold_counts_and_are_named_in_the_audit_log(talk: Settings):
    completed(talk)
    purged(talk)
    with reading(open_desk(talk.desk_url)) as connection:
        found = certificates(connection)
        said = " ".join(entry.what for entry in audit.entries(connection))
        audit.verify_chain(connection)
    assert [one.kind for one in found] == ["purge", "completion"]
    assert all(one.hash[:16] in said for one in found)
    files = sorted(path.name for path in (talk.home / "certificates").iterdir())
    assert files == [
        "0001-completion-talk.json", "0001-completion-talk.txt", "0002-purge-talk.json", "0002-purge-talk.txt"
    ]  # fmt: skip


def test_a_lost_key_is_told_and_nobody_is_taken_for_unknown(talk: Settings):
    """With a fresh key every id would be unknown: 0 of 1 found would be a lie."""
    (talk.keys_folder / f"{KEY}.key").unlink()
    with pytest.raises(BadConfiguration, match="key of this conversation is missing"):
        erase_people(talk, ["ann"], conversation=KEY, with_text=False, by="a test", now=NOON, progress=silent)


def test_a_list_is_read_with_or_without_heading_each_person_once(tmp_path: Path):
    file = tmp_path / "list.csv"
    file.write_text('\ufeffparticipant,reason\nann,asked\n\n"bob",asked\nann,again\n', encoding="utf-8")
    assert listed(file) == ("ann", "bob")


@pytest.fixture
def typed(talk: Settings) -> Callable[..., str]:
    """Type a command, with an answer on standard input."""
    command_line.gather()

    def run(*words: str, answer: str = "") -> str:
        return CliRunner().invoke(command_line.app, list(words), input=answer, catch_exceptions=False).output

    return run


def test_a_conversation_is_ended_from_the_command_line(talk: Settings, typed: Callable[..., str]):
    assert "Asked." in typed("complete", KEY, "--account", "ann", answer=f"{PASSWORD}\n")
    told = typed("complete", KEY, "--account", "bob", "--confirm", answer=f"{PASSWORD}\n")
    assert "'talk' is completed" in told
    assert "15 rows deleted, key destroyed: yes" in typed("purge", KEY, "--yes")
    with reading(open_desk(talk.desk_url)) as connection:
        (one,) = standings_of(connection)
        (agreed,) = proposals.decided_ones(connection)
    assert one.purged_at is not None
    assert (agreed.asked_by, agreed.decided_by) == ("ann", "bob")


@pytest.mark.parametrize(
    ("words", "answer", "problem"),
    [
        (("--account", "ann"), "wrong", "do not go together"),
        (("--account", "eve"), PASSWORD, "role leader may not"),
        (("--account", "ann", "--confirm"), PASSWORD, "role analyst may not"),
    ],
)
def test_accounts_without_the_right_end_nothing(
    talk: Settings, typed: Callable[..., str], words: tuple[str, ...], answer: str, problem: str
):
    with pytest.raises(UserProblem, match=problem):
        typed("complete", KEY, *words, answer=f"{answer}\n")
    with reading(open_desk(talk.desk_url)) as connection:
        assert proposals.open_ones(connection) == []


def test_confirming_what_nobody_asked_for_says_what_to_type(talk: Settings, typed: Callable[..., str]):
    with pytest.raises(NothingThere, match="Nobody asked to complete 'talk' yet"):
        typed("complete", KEY, "--account", "bob", "--confirm", answer=f"{PASSWORD}\n")


def test_erasing_from_the_command_line_says_how_many_were_found(
    talk: Settings, typed: Callable[..., str], tmp_path: Path
):
    (tmp_path / "list.txt").write_text("ann\nzoe\n")
    assert "talk: 1 of 2 people found. Deleted: 1 votes, 1 comments" in typed("erase", str(tmp_path / "list.txt"))
    (tmp_path / "list.txt").write_text("zoe\n")
    told = typed("erase", str(tmp_path / "list.txt"))
    assert told == "talk: 0 of 1 people found.\nNothing was changed.\n"
