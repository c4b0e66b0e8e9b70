"""Totals, stages, elements, themes, words, the ledger, sessions and their feedback."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.filters import Selection
from dashboard.results import answer
from data_access.vocabulary import ELEMENTS, NOT_CODED

TALK = Selection("talk")
VOICE, FLEXIBLY = ELEMENTS[2], ELEMENTS[5]
BALANCE = {"voters": 20, "agree": 30, "pass": 5, "disagree": 10}
HIDDEN = {**dict.fromkeys(("comments", "participants", *BALANCE)), "is_hidden": True}


def answer_of(key, release, selection=TALK):
    return answer(key, source=release, selection=selection)


def totals(**counts):
    return [{"measure": name, "count": count, "is_hidden": count is None} for name, count in counts.items()]


def element(name, ideas, **measures):
    return {"element": name, "ideas": ideas, "comments": 4, "participants": 25, **BALANCE, **measures}


def theme(code, name, ideas, of=None, **measures):
    return {"theme": code, "name": name, **element(of, ideas, **measures)}


def session(key, points, of=None, *, title="Staff voice", held_on=date(2021, 3, 1)):
    return {
        "session": key,
        "kind": "big conversation",
        "title": title,
        "element": of,
        "held_on": held_on,
        "host_roles": "Chief people officer|Chair",
        "points": points,
    }


# Totals


def test_totals_come_in_one_order_and_what_is_not_supplied_stays_absent(made_up_release):
    release = made_up_release(totals=totals(votes=60, ideas=2, comments=1, participants=12))
    result = answer_of("conversation_totals", release)
    assert result.table.rows() == [
        ("Participants", 12),
        ("Ideas", 2),
        ("Comments", 1),
        ("Votes", 60),
        ("Sessions", None),
        ("Feedback points", None),
    ]
    assert result.hidden_rows == ()
    assert result.headline == "12 participants contributed 2 ideas, 1 comment and 60 votes."
    assert result.base == "12 participants"


def test_a_hidden_number_of_participants_is_not_told_in_the_headline(made_up_release):
    result = answer_of(
        "conversation_totals", made_up_release(totals=totals(participants=None, ideas=1, comments=0, votes=3))
    )
    assert result.hidden_rows == (0,)
    assert (result.headline, result.base) == (
        "Participants contributed 1 idea, 0 comments and 3 votes.",
        "3 votes",
    )


def test_totals_of_an_element_count_its_votes_and_its_sessions(made_up_release):
    release = made_up_release(
        votes_by_element=[element(VOICE, 7), element(FLEXIBLY, 2)],
        sessions=[session("S1", 40, VOICE), session("S2", 2, VOICE), session("S3", 9, FLEXIBLY)],
    )
    counts = dict(answer_of("conversation_totals", release, Selection("talk", VOICE)).table.rows())
    assert counts == {
        "Participants": 25,
        "Ideas": 7,
        "Comments": 4,
        "Votes": 30 + 5 + 10,
        "Sessions": 2,
        "Feedback points": 40 + 2,
    }


def test_a_hidden_element_hides_its_totals_but_not_its_ideas(made_up_release):
    release = made_up_release(votes_by_element=[element(VOICE, 7, **HIDDEN)])
    result = answer_of("conversation_totals", release, Selection("talk", VOICE))
    assert result.table["count"].to_list() == [None, 7, None, None, 0, 0]
    assert result.hidden_rows == (0, 2, 3)


# Stages of taking part


def test_stages_are_shares_of_those_who_registered(made_up_release):
    release = made_up_release(
        totals=totals(registered=200, signed_in=150, participants=100, voters=80, contributors=40)
    )
    result = answer_of("funnel", release)
    assert result.table.rows() == [
        ("Registered", 200, 1.0),
        ("Signed in", 150, 0.75),
        ("Took part in any way", 100, 0.5),
        ("Voted", 80, 0.4),
        ("Commented", None, None),
        ("Posted an idea or a comment", 40, 0.2),
    ]
    assert result.headline == "100 people took part, 50% of the 200 who registered."


def test_a_source_that_does_not_know_who_registered_says_so(made_up_release):
    result = answer_of("funnel", made_up_release(totals=totals(participants=100, voters=80)))
    assert result.headline == "100 people took part; how many registered is not known."
    assert result.base == "100 people took part"


def test_a_filter_that_does_not_apply_is_named_and_left_out_of_the_selection(made_up_release):
    result = answer_of("funnel", made_up_release(totals=totals(participants=100)), Selection("talk", VOICE))
    assert result.selection == TALK
    assert result.notes == (f"The filter ‘{VOICE}’ does not apply here: these numbers are for all elements.",)


# Elements and themes


def test_elements_come_by_number_of_ideas_and_uncoded_ideas_last(made_up_release):
    release = made_up_release(
        votes_by_element=[element(NOT_CODED, 50), element(VOICE, 3), element(FLEXIBLY, 8)],
        votes_by_idea=[{"idea": str(at), **BALANCE, "comments": 0, "merged_from": 0} for at in range(60)],
    )
    result = answer_of("ideas_by_element", release)
    assert result.table["element"].to_list()[:2] == [FLEXIBLY, VOICE]
    assert result.table["ideas"].to_list() == [8, 3, 0, 0, 0, 0, 0, 50]
    assert result.headline == f"‘{FLEXIBLY}’ drew the most ideas: 8."
    assert result.notes == ("60 ideas in all, of which 50 not yet coded to an element.",)


def test_elements_that_draw_equally_many_ideas_are_both_named(made_up_release):
    release = made_up_release(votes_by_element=[element(VOICE, 8), element(FLEXIBLY, 8)])
    assert answer_of("ideas_by_element", release).headline == f"‘{VOICE}’ and ‘{FLEXIBLY}’ each drew the most ideas: 8."


def test_ideas_without_a_theme_are_shown_even_when_there_are_none(made_up_release):
    release = made_up_release(votes_by_theme=[theme("T1", "Rosters", 5, FLEXIBLY), theme("T2", "Answers", 9, VOICE)])
    result = answer_of("themes", release)
    assert result.table.select("name", "ideas", "votes").rows() == [
        ("Answers", 9, 45),
        ("Rosters", 5, 45),
        (NOT_CODED, 0, 0),
    ]
    assert result.headline == "‘Answers’ came up most, in 9 ideas."
    assert result.base == "2 themes in use, 0 ideas not yet coded"


def test_an_element_keeps_its_own_themes_and_the_uncoded_ideas(made_up_release):
    release = made_up_release(
        votes_by_theme=[
            theme("T1", "Rosters", 5, FLEXIBLY),
            theme("T2", "Answers", 9, VOICE),
            theme(NOT_CODED, NOT_CODED, 3),
        ]
    )
    result = answer_of("themes", release, Selection("talk", FLEXIBLY))
    assert result.table["name"].to_list() == ["Rosters", NOT_CODED]
    assert result.notes == (f"Themes of the element ‘{FLEXIBLY}’. ‘{NOT_CODED}’ counts ideas of all elements.",)


def test_themes_are_ranked_by_agreement_with_hidden_ones_after_those_shown(made_up_release):
    release = made_up_release(
        votes_by_theme=[
            theme("T1", "Rosters", 5, agree=10, disagree=90),
            theme("T2", "Parking", 1, **HIDDEN),
            theme("T3", "Answers", 9, agree=95, disagree=5),
        ]
    )
    result = answer_of("theme_balance", release)
    assert result.table["name"].to_list() == ["Answers", "Rosters", "Parking", NOT_CODED]
    assert result.hidden_rows == (2,)
    assert result.headline == "Agreement is highest on ‘Answers’ (95%) and lowest on ‘Rosters’ (10%)."
    assert result.base == "2 themes with votes"


# Words


def test_words_are_ranked_by_step_and_then_by_letter(made_up_release):
    release = made_up_release(
        words=[{"word": word, "used_by_at_least": step} for word, step in (("pay", 10), ("team", 50), ("time", 50))]
    )
    result = answer_of("words", release)
    assert result.table.rows() == [("team", 50), ("time", 50), ("pay", 10)]
    assert result.headline == "‘team’ and ‘time’ were each used by at least 50 participants."


def test_more_than_three_words_of_a_step_are_counted(made_up_release):
    release = made_up_release(words=[{"word": word, "used_by_at_least": 20} for word in "abcde"])
    expected = "‘a’, ‘b’, ‘c’ and 2 more words were each used by at least 20 participants."
    assert answer_of("words", release).headline == expected
    assert answer_of("words", made_up_release()).headline == "No word was used by enough participants to be shown."


# The ledger


def ledger(subject, outcome, count, reason=""):
    return {"subject": subject, "outcome": outcome, "reason": reason, "count": count}


def test_the_ledger_states_its_equation_over_all_reasons(made_up_release):
    release = made_up_release(
        moderation=[
            ledger("events", "merge", 2),
            ledger("votes", "withheld", 3, "removed"),
            ledger("votes", "counted", 90),
            ledger("votes", "withheld", 4, "closed"),
            ledger("votes", "superseded", 5),
            ledger("comments", "counted", 8),
            ledger("ideas", "live", 6),
        ]
    )
    result = answer_of("moderation_ledger", release)
    assert result.headline == (
        "Every vote is accounted for: 102 cast = 90 counted + 5 superseded + 4 withheld (closed) + 3 withheld "
        "(removed)."
    )
    assert result.notes == ("Every comment is accounted for: 8 posted = 8 counted.",)
    happened = result.table.filter(result.table["count"] > 0)
    assert happened["subject"].to_list() == ["ideas", "comments", *["votes"] * 4, "acts of moderation"]
    assert happened["count"].to_list() == [6, 8, 90, 5, 4, 3, 2]


def test_the_ledger_tells_what_did_not_happen_too(made_up_release):
    """Every kind of act, every state of an idea and every fate has a row, at nought."""
    table = answer_of("moderation_ledger", made_up_release(moderation=[ledger("events", "split", 1)])).table
    assert table.filter(table["subject"] == "acts of moderation").select("outcome", "count").rows() == [
        ("split", 1),
        ("merge", 0),
        ("rejected", 0),
        ("remove", 0),
        ("restore", 0),
        ("retitle", 0),
    ]
    assert table.filter(table["subject"] == "votes").select("outcome", "reason").rows() == [
        ("counted", ""),
        ("superseded", ""),
        ("withheld", "cast after the close"),
        ("withheld", "not shown (strict)"),
        ("withheld", "removed"),
        ("withheld", "split"),
        ("withheld", "unknown idea"),
    ]


def test_rejected_lines_merged_ideas_and_erased_votes_are_told(made_up_release):
    release = made_up_release(
        moderation=[
            ledger("events", "rejected", 2, "merge: merged into itself"),
            ledger("ideas", "merged", 3),
            ledger("votes", "counted", 9),
            ledger("votes", "erased", 4, "on request"),
        ]
    )
    result = answer_of("moderation_ledger", release)
    assert result.headline == "Every vote is accounted for: 13 cast = 9 counted + 4 erased."
    assert result.notes == (
        "2 lines of the log were rejected, each with its reason, and did nothing.",
        "3 ideas were merged into others.",
    )


# Sessions


def test_sessions_come_by_date_with_their_hosts_in_words(made_up_release):
    release = made_up_release(
        sessions=[
            session("S2", 9, VOICE, title="Voice", held_on=date(2021, 3, 8)),
            session("S1", 30, FLEXIBLY, title="Rosters", held_on=date(2021, 3, 1)),
        ]
    )
    result = answer_of("sessions", release)
    assert result.table.select("session", "host_roles").rows() == [
        ("S1", "Chief people officer, Chair"),
        ("S2", "Chief people officer, Chair"),
    ]
    assert result.headline == "2 sessions left 39 feedback points; ‘Rosters’ left the most (30)."
    only = answer_of("sessions", release, Selection("talk", VOICE))
    assert (only.table["session"].to_list(), only.headline) == (["S2"], "1 session left 9 feedback points.")


def test_a_question_asked_in_two_sessions_is_one_row(made_up_release):
    release = made_up_release(
        sessions=[session("S1", 0, VOICE), session("S2", 0, FLEXIBLY)],
        feedback_by_question=[
            {"session": "S1", "question": "What next?", "points": 4},
            {"session": "S2", "question": "What next?", "points": 5},
            {"session": "S2", "question": "", "points": 2},
        ],
    )
    result = answer_of("feedback_by_question", release)
    assert result.table.rows() == [("What next?", 2, 9), ("Without a question", 1, 2)]
    assert result.headline == "‘What next?’ drew the most feedback: 9 points."
    only = answer_of("feedback_by_question", release, Selection("talk", VOICE))
    assert only.table.rows() == [("What next?", 1, 4)]


def test_questions_that_drew_equally_much_are_not_told_as_one(made_up_release):
    release = made_up_release(
        sessions=[session("S1", 0)],
        feedback_by_question=[{"session": "S1", "question": words, "points": 4} for words in ("How?", "Why?")],
    )
    expected = "‘How?’ and 1 more question each drew the most feedback: 4 points."
    assert answer_of("feedback_by_question", release).headline == expected


POINTS = st.lists(
    st.tuples(st.sampled_from("PQ"), st.sampled_from(["why?", "how?", ""]), st.integers(0, 9)), max_size=9
)


@settings(max_examples=30)
@given(notes=POINTS)
def test_feedback_by_question_equals_its_slow_twin(made_up_release, notes):
    cells = {(place, question): points for place, question, points in notes}
    release = made_up_release(
        sessions=[session("P", 0), session("Q", 0)],
        feedback_by_question=[
            {"session": place, "question": question, "points": points} for (place, question), points in cells.items()
        ],
    )
    twin = {}
    for (_, question), points in cells.items():
        sessions, total = twin.get(question or "Without a question", (0, 0))
        twin[question or "Without a question"] = (sessions + 1, total + points)
    expected = sorted(((name, *counts) for name, counts in twin.items()), key=lambda row: (-row[2], row[0]))
    assert answer_of("feedback_by_question", release).table.rows() == expected
