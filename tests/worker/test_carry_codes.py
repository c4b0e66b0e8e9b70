"""The worker carries accepted suggestions into the vault, and asks for a release that counts them."""

from __future__ import annotations

from data_access.coding.frame import ACCEPTED
from data_access.desk import code_decisions
from data_access.desk.code_decisions import Verdict
from data_access.desk.jobs import JobState
from data_access.releases.store import open_release


def test_an_accepted_suggestion_is_counted_in_the_next_release(do, send, texts, desk, settings, worker):  # noqa: PLR0917 - fixtures
    token = send({**texts(), "themes.csv": "frame_version,theme,name\n1,rotas,Rotas\n1,pay,Pay\n"})
    assert do("commit import", token=token, conversation="staff-voice").state is JobState.DONE
    verdicts = [Verdict("idea", "i1", "rotas", True, ("rotas",)), Verdict("comment", "c1", "pay", False)]
    with desk.begin() as connection:
        code_decisions.record(
            connection, conversation="staff-voice", frame_version=1, verdicts=verdicts, by="ann", now=worker.clock()
        )
    done = do("carry codes", conversation="staff-voice")
    assert done.state is JobState.DONE, done.result
    assert done.result["codes"] == 1
    while worker.one():
        pass
    coded = open_release(settings.releases_folder).table("item_themes").drop("conversation")
    assert coded.rows() == [("idea", "i1", "rotas", ACCEPTED)]


def test_carrying_nothing_imports_nothing(do, send, texts):
    token = send(texts())
    do("commit import", token=token, conversation="staff-voice")
    done = do("carry codes", conversation="staff-voice")
    assert (done.state, done.result["import"], done.result["codes"]) == (JobState.DONE, None, 0)


def test_a_leader_may_not_carry_codes(do, send, texts):
    do("commit import", token=send(texts()), conversation="staff-voice")
    assert do("carry codes", by="lee", conversation="staff-voice").state is JobState.FAILED
