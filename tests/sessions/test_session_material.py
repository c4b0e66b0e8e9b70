"""What comes after a session and about it, links, attendance, regional groups, and what is held back."""

from __future__ import annotations

import polars as pl
import pytest

from data_access.problems import ImportRefused
from data_access.vocabulary import FeedbackMoment

ALIASES = {
    "Safety & Health": "We are safe and healthy",
    "Flexibility": "We work flexibly",
    "Recognition & Reward": "We are recognised and rewarded",
    "Learning & Development": "We are always learning",
    "Team": "We are a team",
    "Staff Voice": "We each have a voice that counts",
    "Compassion & Inclusivity": "We are compassionate and inclusive",
}
SESSION = "session,title,element\ns1,Voice,Staff Voice\n"


@pytest.mark.parametrize(("alias", "element"), ALIASES.items())
def test_each_name_a_trust_gave_its_session_is_an_element(home, alias, element):
    home.template({"sessions.csv": f"session,title,element\ns1,One,{alias}\n"})
    assert home.release().table("sessions", "talk")["element"].to_list() == [element]


def test_notes_after_a_session_are_points_of_it_and_notes_about_it_are_none(home):
    feedback = (
        "point,session,question,text,given\n"
        "a,s1,What helps?,Time,\n"
        "b,s1,What helps?,Space,in the session\n"
        "c,s1,What helps?,Later thought,afterwards\n"
        "d,s1,How was it?,Fewer slides,About the session\n"
    )
    home.template({"sessions.csv": SESSION, "feedback.csv": feedback})
    release = home.release()
    (row,) = release.table("sessions", "talk").rows(named=True)
    assert (row["points"], row["points_afterwards"], row["points_about"]) == (3, 1, 1)
    assert release.table("feedback_by_question", "talk").select("question", "points").rows() == [("What helps?", 3)]
    totals = dict(release.table("totals", "talk").select("measure", "count").rows())
    assert totals["feedback_points"] == 3
    assert release.table("session_points", "talk").sort("place")["point"].to_list() == ["a", "b", "c", "d"]


def test_pasted_notes_can_be_said_to_have_come_afterwards(home, tmp_path):
    home.template({"sessions.csv": SESSION})
    notes = tmp_path / "notes.txt"
    notes.write_text("# What helps?\nTime\n", encoding="utf-8")
    home.bring("notes", notes, session="s1")
    later = tmp_path / "later.txt"
    later.write_text("# What helps?\nTime\n\n", encoding="utf-8")
    home.bring("notes", later, session="s1", given=FeedbackMoment.AFTERWARDS)
    points = home.release().table("session_points", "talk").sort("place")
    assert points["given"].to_list() == ["in the session", "afterwards"]


def test_only_links_a_browser_may_open_are_published(home):
    links = "session,title,recording_link,slides_link,notes_link\n"
    home.template(
        {"sessions.csv": f"{links}s1,One,javascript:alert(1),https://example.org/a b,http://example.org/ok\n"}
    )
    row = home.release().table("sessions", "talk").row(0, named=True)
    assert (row["recording_link"], row["slides_link"], row["notes_link"]) == ("", "", "http://example.org/ok")


def test_attendance_under_the_threshold_is_hidden_and_uncounted_attendance_is_absent(home):
    home.template({"sessions.csv": "session,title,attended\na,One,10\nb,Two,9\nc,Three,\nd,Four,0\n"})
    rows = home.release().table("session_attendance", "talk").select("session", "attended", "is_hidden").rows()
    assert rows == [("a", 10, False), ("b", None, True), ("d", 0, False)]


def test_a_regional_group_is_a_kind_of_session_with_its_region(home):
    home.template({"sessions.csv": "session,title,kind,region\nr,Group,regional group,Y60\n"})
    row = home.release().table("sessions", "talk").row(0, named=True)
    assert (row["kind"], row["region"], row["element"]) == ("regional group", "Midlands", None)


def test_words_of_a_session_that_name_somebody_are_held_back(home):
    sessions = "session,title,key_themes,actions_agreed\ns1,One,Time|Ask Dr Jane Smith,Ring 07700 900123\n"
    home.template({"sessions.csv": sessions, "feedback.csv": "point,session,text\nf,s1,write to jo@example.org\n"})
    texts = home.release().table("texts", "talk").sort("kind", "id")
    assert texts.select("kind", "text", "is_held_back").rows() == [
        ("action agreed", "", True),
        ("feedback", "", True),
        ("key theme", "Time", False),
        ("key theme", "", True),
    ]


REFLECTIVE = {
    "programmes.csv": "programme,kind,name\nG,reflective group,Groups\nT,training,Course\n",
    "cohorts.csv": "cohort,programme\ng1,G\nt1,T\n",
}


@pytest.mark.parametrize("named", ["G", "g1"])
def test_notes_of_a_reflective_group_are_refused_and_nothing_is_stored(home, named):
    home.template(REFLECTIVE)
    with pytest.raises(ImportRefused, match="1 notes come from reflective groups") as refused:
        home.template({"feedback.csv": f"point,session,text\na,s1,fine\nb,{named},what I felt\n"}, "more")
    assert "what I felt" not in str(refused.value)
    assert home.release().table("session_points", "talk").height == 0


def test_notes_of_a_group_that_arrive_in_the_same_folder_are_refused_too(home):
    with pytest.raises(ImportRefused):
        home.template({**REFLECTIVE, "feedback.csv": "point,session,text\nb,g1,what I felt\n"})


def test_notes_that_came_before_their_group_are_never_published(home):
    home.template({"feedback.csv": "point,session,text\nb,g1,what I felt\nc,s1,a note\n"})
    home.template(REFLECTIVE, "later")
    release = home.release()
    assert release.table("texts", "talk").filter(pl.col("kind") == "feedback")["text"].to_list() == ["a note"]
    assert release.table("session_points", "talk")["point"].to_list() == ["c"]


def test_answers_of_people_in_reflective_groups_are_dropped_and_that_is_said(home):
    bookings = "booking,cohort,person,status,confidence_after\nb1,g1,p,attended,5\nb2,t1,q,attended,4\n"
    report = home.template({**REFLECTIVE, "bookings.csv": bookings})
    said = "bookings.csv: 1 answers of people in reflective groups were dropped; only their attendance is kept."
    assert said in report.notices
    with home.engine.connect() as connection:
        kept = connection.exec_driver_sql("SELECT source_id, confidence_after FROM booking ORDER BY 1").all()
    assert kept == [("b1", None), ("b2", 4)]
