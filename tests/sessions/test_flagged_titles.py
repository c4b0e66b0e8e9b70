"""Flagged titles, questions, reasons and names are put before people like posts, and shown once two have agreed."""

from __future__ import annotations

from datetime import UTC, datetime

from data_access.disclosure.text_decisions import UNDECIDED, TextDecisions
from data_access.progress import silent
from data_access.publishing.flagged import Flagged, flagged
from data_access.publishing.publish import publish
from data_access.releases.store import Release, open_release
from data_access.vault import reading

NOON = datetime(2022, 7, 1, 12, tzinfo=UTC)
TITLE, QUESTION, REASON = (
    "Meet me on 07700 900123",
    "What would Jane.Doe@example.org say?",
    "Rings 07700 900124 too often",
)
PROGRAMME = "Coaching, ring 07700 900125"
FILES = {
    "sessions.csv": f"session,title\ns1,{TITLE}\ns2,Voice\n",
    "feedback.csv": f"point,session,question,text\nf1,s2,{QUESTION},Time\nf2,s2,What helps?,Space\n",
    "ideas.csv": "idea,posted_at,title,text\ni1,2022-02-01T09:00,Wards,More time\n",
    "moderation_log.csv": "sequence,happened_at,kind,post_kind,target,reason\n"
    f"1,2022-02-02T09:00,remove,idea,i1,{REASON}\n",
    "programmes.csv": f'programme,kind,name\np1,training,"{PROGRAMME}"\n',
}


def waiting(home, decisions: TextDecisions = UNDECIDED) -> list[Flagged]:
    with reading.snapshot(home.engine) as connection:
        return flagged(connection, now=NOON, progress=silent, decisions={"talk": decisions})


def release(home, decisions: TextDecisions) -> Release:
    releases = home.folder / "releases"
    made = publish(
        engine=home.engine, releases_folder=releases, now=NOON, progress=silent, decisions={"talk": decisions}
    )
    return open_release(releases, made.number)


def said(release: Release) -> tuple[str, list[str], list[str], str]:
    """The title of s1, the questions, the moderator's reasons and the name of the programme."""
    tables = {
        name: release.table(name, "talk") for name in ("sessions", "session_points", "idea_origins", "programmes")
    }
    return (
        tables["sessions"].sort("session")["title"][0],
        tables["session_points"].sort("point")["question"].to_list(),
        tables["idea_origins"]["reject_reason"].to_list(),
        tables["programmes"]["name"].item(),
    )


def test_what_a_release_holds_back_of_titles_questions_reasons_and_names_waits_for_people(home):
    home.template(FILES)
    assert {(one.kind, one.id, one.text) for one in waiting(home)} == {
        ("session title", "s1", TITLE),
        ("session question", "s2", QUESTION),
        ("moderator's reason", "i1", REASON),
        ("programme name", "p1", PROGRAMME),
    }


def test_once_released_they_are_shown_and_no_longer_wait(home):
    home.template(FILES)
    assert said(release(home, UNDECIDED)) == (
        "[held back]",
        ["[held back]", "What helps?"],
        ["[held back]"],
        "[held back]",
    )
    agreed = TextDecisions(released=frozenset(one.text_hash for one in waiting(home)))
    assert said(release(home, agreed)) == (TITLE, [QUESTION, "What helps?"], [REASON], PROGRAMME)
    assert waiting(home, agreed) == []


def test_a_title_that_is_kept_back_stays_so_and_nobody_is_asked_again(home):
    home.template(FILES)
    (title,) = [one.text_hash for one in waiting(home) if one.kind == "session title"]
    kept = TextDecisions(kept_back=frozenset({title}))
    assert said(release(home, kept))[0] == "[held back]"
    assert title not in {one.text_hash for one in waiting(home, kept)}
