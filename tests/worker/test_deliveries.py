"""From files in the inbox to an import and a release, as the worker does it."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from data_access.desk import audit, jobs, proposals
from data_access.desk.engine import reading
from data_access.desk.jobs import JobState
from data_access.problems import NothingThere
from data_access.releases.store import current_number, open_release
from data_access.tray.places import INBOX, place
from data_access.tray.reviews import file_of, imports_of, review_of
from data_access.vault.engine import open_vault

NEW = ("rows", "new", "changed", "unchanged", "repeated", "quarantined")


def counts(home: Path, token: str) -> dict[str, tuple[int, ...]]:
    return {one.table: tuple(getattr(one, name) for name in NEW) for one in review_of(home, token).tables}


def votes_shown(settings) -> int:
    return int(open_release(settings.releases_folder).table("votes_by_idea")["agree"].sum())


def test_a_review_says_what_files_would_do_and_writes_nothing_else(send, do, texts, home):
    token = send(texts(12))
    assert do("preview import", token=token).state is JobState.DONE
    found = review_of(home, token)
    assert counts(home, token) == {
        "conversation": (1, 1, 0, 0, 0, 0),
        "ideas": (2, 2, 0, 0, 0, 0),
        "comments": (1, 1, 0, 0, 0, 0),
        "votes": (12, 12, 0, 0, 0, 0),
    }
    assert (found.adapter, found.conversation, found.is_new_conversation) == ("template", "staff-voice", True)
    assert (found.people, dict(found.details), found.refusal) == (12, {"ideas": 1}, "")
    assert {one.name: (one.first_day, one.last_day) for one in found.files}["votes.csv"] == ("2022-02-01", "2022-02-01")
    assert not (home / "vault.db").exists()
    assert not (home / "keys").exists()


def test_loading_publishes_and_the_uploaded_files_are_gone(send, do, texts, home, settings, worker):  # noqa: PLR0917
    token = send(texts(12))
    told = do("commit import", token=token, conversation="Staff voice").result
    assert (told["import"], told["conversation"]) == (1, "staff-voice")
    assert sum(one["new"] for one in told["tables"]) == 16
    assert not place(home, INBOX, token).exists()
    assert worker.one()  # the publishing that follows
    assert (current_number(settings.releases_folder), votes_shown(settings)) == (1, 12)
    [line] = imports_of(home)
    assert (line.number, line.conversation, line.accepted, line.can_undo) == (1, "staff-voice", 16, True)


def test_the_same_files_again_are_nought_new_and_nought_changed(send, do, texts, home):
    do("commit import", token=send(texts(12)), conversation="staff-voice")
    token = send(texts(12))
    do("preview import", token=token)
    assert counts(home, token)["votes"] == (12, 0, 0, 12, 0, 0)
    assert (review_of(home, token).conversation, review_of(home, token).repeats) == ("staff-voice", 1)
    told = do("commit import", token=token, conversation="staff-voice").result
    assert (told["was_already_imported"], told["publishing"]) == (True, None)


def test_undoing_shows_the_numbers_of_before(send, do, texts, home, settings, worker):  # noqa: PLR0917
    do("commit import", token=send(texts(12)), conversation="staff-voice")
    worker.one()
    before = open_release(settings.releases_folder).table("votes_by_idea")
    do("commit import", token=send(texts(20)), conversation="staff-voice")
    worker.one()
    assert (current_number(settings.releases_folder), votes_shown(settings)) == (2, 20)
    told = do("undo import", **{"import": 2}).result
    assert (told["withdrawn"], told["release"]) == ([2], 1)
    assert open_release(settings.releases_folder).table("votes_by_idea").equals(before)
    assert [(line.number, line.state, line.can_undo) for line in imports_of(home)] == [
        (2, "undone", False),
        (1, "committed", True),
    ]


def test_a_file_without_a_needed_column_is_refused_with_the_header_it_should_have(send, do, texts, home):
    files = texts(12)
    files["votes.csv"] = files["votes.csv"].replace("cast_at", "moment")
    token = send(files)
    do("preview import", token=token)
    found = review_of(home, token)
    assert found.refusal.startswith("The files cannot be read")
    [fault] = found.faults
    assert (fault.file, fault.column, fault.shape) == ("votes.csv", "cast_at", "no such column")
    assert fault.expected == "the header participant, idea, cast_at, vote"


def test_a_file_by_another_name_that_lacks_a_column_is_not_taken_for_something_else(send, do, texts, home):
    """Votes without their times have all that a table of participants needs."""
    token = send({"week 47.csv": texts(12)["votes.csv"].replace("cast_at", "moment")})
    do("preview import", token=token)
    [fault] = review_of(home, token).faults
    assert (fault.file, fault.column) == ("week-47.csv", "cast_at")


def test_a_few_faulty_rows_are_left_out_and_come_back_to_be_mended(send, do, texts, home):
    files = texts(100, faulty=2)
    token = send(files)
    do("preview import", token=token)
    found = review_of(home, token)
    assert counts(home, token)["votes"] == (100, 98, 0, 0, 0, 2)
    assert (found.fault_count, found.needs_second_person) == (2, False)
    [rejects] = found.rejects
    assert (rejects.table, rejects.rows) == ("votes", 2)
    do("commit import", token=token, conversation="staff-voice")
    mended = file_of(home, token, rejects.file).decode("utf-8-sig").replace("maybe", "disagree")
    again = send({"mended votes.csv": mended}, token="f" * 32)
    assert do("commit import", token=again, conversation="staff-voice").result["tables"][0]["new"] == 2


def test_many_faulty_rows_take_a_second_person(send, do, texts, home, desk, worker):  # noqa: PLR0917
    token = send(texts(100, faulty=3))
    do("preview import", token=token)
    assert review_of(home, token).needs_second_person
    alone = do("commit import", token=token, conversation="staff-voice")
    assert (alone.state, "More than 2%" in alone.result["problem"]) == (JobState.FAILED, True)
    subject = {"token": token, "conversation": "staff-voice"}
    with desk.begin() as connection:
        asked = proposals.propose(
            connection, kind="load with many faults", subject=subject, summary="Load 97 rows.", asked_by="ann",
            now=worker.clock(),
        )  # fmt: skip
    waiting = do("commit import", by="bo", proposal=asked.id)
    assert (waiting.state, "second person approved" in waiting.result["problem"]) == (JobState.FAILED, True)
    with desk.begin() as connection:
        proposals.decide(connection, asked.id, is_approved=True, decided_by="bo", now=worker.clock())
    agreed = do("commit import", by="bo", proposal=asked.id)
    assert (agreed.state, agreed.result["import"]) == (JobState.DONE, 1)
    assert imports_of(home)[0].started_by == "ann"


@pytest.mark.parametrize(
    "kind", ["preview import", "commit import", "undo import", "publish ungrouped", "intake proof"]
)
@pytest.mark.parametrize("by", ["lee", "bo"])
def test_a_role_that_may_not_load_is_refused_where_the_work_is_done(send, do, texts, home, kind, by):  # noqa: PLR0917
    arguments = {"token": send(texts(12)), "conversation": "staff-voice", "import": 1}
    job = do(kind, by=by, **arguments)
    assert (job.state, "may not propose an import" in job.result["problem"]) == (JobState.FAILED, True)
    assert not (home / "vault.db").exists()


def test_an_account_disabled_since_it_asked_is_refused(send, do, texts, desk):
    from data_access.desk.users import disable_user

    with desk.begin() as connection:
        disable_user(connection, "ann")
    assert "disabled" in do("preview import", token=send(texts(12))).result["problem"]


def test_nobody_cuts_grouped_tables_alone(do, send, texts, desk, worker):
    do("commit import", token=send(texts(12)), conversation="staff-voice")
    worker.one()
    assert "second person" in do("publish grouped").result["problem"]
    with desk.begin() as connection:
        asked = proposals.propose(
            connection, kind="publish grouped", subject={"after": 1}, summary="Cut.", asked_by="ann", now=worker.clock()
        )
        # Another analyst is a second person, but none that may approve.
        proposals.decide(connection, asked.id, is_approved=True, decided_by="ada", now=worker.clock())
    assert "may not approve" in do("publish grouped", proposal=asked.id).result["problem"]


def test_files_of_any_name_are_recognised_by_their_columns(send, do, polis_data, home):
    source = polis_data / "london.youth.policing"
    names = {"votes": "week 47 (2).csv", "comments": "Kopie von ideen.csv", "participants-votes": "matrix.csv"}
    token = send({new: (source / f"{old}.csv").read_bytes() for old, new in names.items()})
    do("preview import", token=token)
    found = review_of(home, token)
    assert (found.adapter, found.refusal, found.asks) == ("polis", "", ("conversation",))
    assert {one.table: one.rows for one in found.tables} == {"ideas": 39, "votes": 640, "participants": 26}
    assert "24 were +1 and 0 were -1" in " ".join(found.evidence)


def test_notes_ask_for_their_session_before_anything_else(send, do, home):
    token = send({"notes.txt": "# Helps\nRotas\n"})
    do("preview import", token=token)
    assert review_of(home, token).asks == ("session",)
    do("preview import", token=token, session="s1", conversation="talk")
    assert counts(home, token) == {"feedback": (1, 1, 0, 0, 0, 0)}


def test_dates_that_may_be_read_two_ways_are_asked_about(send, do, texts, home):
    files = {"votes.csv": "participant,idea,cast_at,vote\np1,i1,03/04/2022 10:00,agree\n"}
    token = send(files)
    do("preview import", token=token, conversation="talk")
    assert review_of(home, token).asks == ("dates",)
    do("preview import", token=token, conversation="talk", dates="uk")
    assert (review_of(home, token).refusal, review_of(home, token).files[0].first_day) == ("", "2022-04-03")


def test_the_intake_proof_of_an_import_is_put_into_the_tray(send, do, texts, home):
    do("commit import", token=send(texts(12)), conversation="staff-voice")
    told = do("intake proof", **{"import": 1, "token": "e" * 32}).result
    document = file_of(home, told["token"], told["file"]).decode()
    assert document.startswith("# Intake proof of import 1")
    assert "16 rows = 16 accepted + 0 duplicate + 0 set aside." in document
    assert "no import 9" in do("intake proof", **{"import": 9, "token": "e" * 32}).result["problem"]


def test_a_delivery_that_has_gone_is_said_so(do, home):
    do("preview import", token="a" * 32)
    assert "not there any more" in review_of(home, "a" * 32).refusal
    with pytest.raises(NothingThere, match="Send the files again"):
        review_of(home, "b" * 32)


def test_everything_done_is_in_the_log(send, do, texts, desk, worker):
    do("commit import", token=send(texts(12)), conversation="staff-voice")
    worker.one()
    do("undo import", **{"import": 1})
    with reading(desk) as connection:
        told = [(entry.who, entry.what, entry.release) for entry in reversed(audit.entries(connection))]
        assert audit.verify_chain(connection) == len(told)
    assert [(what, release) for who, what, release in told if who == "ann"] == [
        ("asked: commit import", None),
        ("imported: import 1 of staff-voice", None),
        ("asked: publish ungrouped", None),
        ("job done: commit import", None),
        ("published: release 1", 1),
        ("job done: publish ungrouped", None),
        ("asked: undo import", None),
        ("undone: import 1 of staff-voice", None),
        ("job done: undo import", None),
    ]


def test_a_running_load_that_is_stopped_leaves_nothing(send, desk, texts, home, worker, monkeypatch):  # noqa: PLR0917
    """The wish to stop comes while votes are being stored: the transaction is rolled back."""
    with desk.begin() as connection:
        arguments = {"token": send(texts(12)), "conversation": "staff-voice"}
        number = jobs.ask(connection, kind="commit import", arguments=arguments, asked_by="ann", now=worker.clock())
    real = jobs.tell

    def tell(connection, job, secret, *, step, **said):
        if step.startswith(("Store", "store", "Stor")) or "votes" in step.casefold():
            jobs.cancel(connection, job, by="ada", now=said["now"])
        return real(connection, job, secret, step=step, **said)

    monkeypatch.setattr(jobs, "tell", tell)
    worker.one()
    with reading(desk) as connection:
        ended = jobs.job(connection, number)
    assert (ended.state, ended.result["problem"]) == (JobState.CANCELLED, "Stopped as asked. Nothing was changed.")
    engine = open_vault(f"sqlite:///{home / 'vault.db'}")
    with engine.connect() as connection:
        assert [connection.scalar(text(f"SELECT count(*) FROM {one}")) for one in ("import_run", "vote")] == [0, 0]
    engine.dispose()


def test_what_the_worker_gives_the_desk_holds_no_words(send, do, texts, desk):
    """Results and reviews' jobs are counts and names; wording lies in the tray alone."""
    token = send(texts(12))
    do("preview import", token=token)
    do("commit import", token=token, conversation="staff-voice")
    with reading(desk) as connection:
        told = str([(job.arguments, job.result, job.step) for job in jobs.newest(connection)])
        told += str(audit.entries(connection))
    assert [words for words in ("Rotas", "Onymous", "07700", "p11") if words in told] == []


def test_the_chores_delete_what_is_a_day_old(send, texts, home, settings, worker):
    import os
    from datetime import timedelta

    from dashboard.worker.chores import do_chores

    old, new = send(texts(12), token="a" * 32), send(texts(12), token="b" * 32)
    for token, hours in ((old, 25), (new, 23)):
        at = (worker.clock() - timedelta(hours=hours)).timestamp()
        os.utime(place(home, INBOX, token), (at, at))
    do_chores(settings, worker.clock())
    assert [place(home, INBOX, token).exists() for token in (old, new)] == [False, True]


def test_a_conversation_is_not_mixed_into_another_by_itself(send, do, texts, polis_data, home):
    """Files go by themselves only to where the same source went before."""
    do("commit import", token=send(texts(12)), conversation="staff-voice")
    source = polis_data / "london.youth.policing"
    token = send({one.name: one.read_bytes() for one in source.glob("*.csv")}, token="d" * 32)
    do("preview import", token=token)
    assert review_of(home, token).is_new_conversation


def test_files_of_another_title_do_not_rename_the_conversation_of_last_week(send, do, texts, home):
    """The template went into 'staff-voice' before; these files bring a conversation of their own."""
    do("commit import", token=send(texts(12)), conversation="staff-voice")
    files = texts(12) | {"conversation.csv": "title,opens_on,closes_on\nWinter,2022-02-01,2022-02-20\n"}
    token = send(files)
    do("preview import", token=token)
    found = review_of(home, token)
    assert (found.conversation, found.asks, "another title" in found.refusal) == ("winter", ("conversation",), True)
    do("preview import", token=token, conversation="winter")
    assert (review_of(home, token).refusal, review_of(home, token).is_new_conversation) == ("", True)
