"""Every bad cell is named with its place and shape, never its words; every row is accounted for."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.importing.checking.cells import Setting
from data_access.importing.checking.rows import Checked, Form, check_rows
from data_access.importing.checking.shapes import shape
from data_access.importing.reading.delimited import read_delimited
from data_access.importing.reading.text_table import TextTable
from data_access.importing.template_tables import template_table

SETTING = Setting("Europe/London", date(2022, 3, 1))


def check(name: str, text: str, **form: object) -> Checked:
    ours = Form(template_table(name), **form)  # type: ignore[arg-type]
    source = read_delimited(f"{name}.csv", text, ours.known)
    assert isinstance(source, TextTable), source
    return check_rows(source, ours, SETTING)


def places(checked: Checked) -> list[tuple[int, str, str, str]]:
    return [(fault.row, fault.column, fault.shape, fault.code) for fault in checked.faults]


VOTES = "participant,idea,cast_at,vote\n"


def test_all_faults_are_named_at_once_and_no_value_is_given_away():
    checked = check(
        "votes", VOTES + "p1,A,2022-03-01T10:00,agree\np2,,not a time,secretly yes\njo@trust.uk,A,2022-03-01,pass\n"
    )
    assert places(checked) == [
        (3, "cast_at", "text of 10 characters", "F23"),
        (3, "idea", "empty", "F19"),
        (3, "vote", "text of 12 characters", "F44"),
        (4, "participant", "text of 11 characters", "F31"),
    ]
    assert (checked.rows, checked.frame.height, checked.duplicate, checked.quarantined) == (3, 1, 0, 2)
    assert "secret" not in str(checked.faults)


def test_a_missing_required_column_is_a_fault_of_the_file():
    checked = check("votes", "participant,idea,vote\np1,A,agree\n")
    assert (0, "", "no column cast_at", "F19") in places(checked)


def test_columns_we_do_not_know_are_said_and_not_read():
    checked = check("votes", "mood," + VOTES + "good,p1,A,2022-03-01,agree\n")
    assert checked.notices == ("votes.csv: columns not read: mood.",)
    assert checked.frame.columns == ["row", "participant", "idea", "cast_at", "vote"]


def test_the_same_row_twice_counts_once_and_the_later_place_stands():
    """Where votes of one moment differ, the row order decides, so the last of equal rows is kept."""
    again = "p1,A,2022-03-01T10:00,agree\n"
    checked = check("votes", VOTES + again + "p1,A,2022-03-01T10:00,disagree\n" + again)
    assert checked.frame.select("row", "vote").rows() == [(3, "disagree"), (4, "agree")]
    assert (checked.duplicate, checked.quarantined) == (1, 0)


def test_one_key_with_two_contents_sets_both_rows_aside():
    checked = check("programmes", "programme,kind,name\nP,training,One\nP,training,Two\nQ,training,Three\n")
    assert places(checked) == [
        (2, "programme", "the same key as another row, with other content", "F38"),
        (3, "programme", "the same key as another row, with other content", "F38"),
    ]
    assert checked.frame["programme"].to_list() == ["Q"]


def test_answers_of_a_closed_list_are_read_however_they_are_spelled():
    checked = check("bookings", "booking,cohort,person,status\nb1,c,p1,Did-not ATTEND\nb2,c,p2,late_cancelled\n")
    assert checked.frame["status"].to_list() == ["did not attend", "late cancelled"]


def test_a_minus_sign_is_no_hyphen():
    """A vote of -1 was once read as 1, because both spell the same link."""
    table = template_table("votes")
    signed = Form(
        type(table)(
            "votes",
            "",
            tuple(
                type(column)(column.name, column.kind, column.meaning, column.is_required, ("1", "0", "-1"))
                for column in table.columns
            ),
            table.key,
        )
    )
    source = read_delimited("votes.csv", VOTES + "p,A,2022-03-01,-1\np,B,2022-03-01,1\n", signed.known)
    assert isinstance(source, TextTable)
    assert check_rows(source, signed, SETTING).frame["vote"].to_list() == ["-1", "1"]


def test_elements_are_known_by_official_names_and_aliases():
    checked = check(
        "ideas",
        "idea,posted_at,text,elements\n"
        "1,2022-03-01,a,Flexibility|We are a team\n2,2022-03-01,b,Parking\n3,2022-03-01,c,\n",
    )
    assert checked.frame.select("idea", "elements").rows() == [("1", "We work flexibly|We are a team"), ("3", None)]
    assert places(checked) == [(3, "elements", "text of 7 characters", "F45")]


def test_a_session_is_about_one_element():
    checked = check("sessions", "session,title,element\ns1,T,Flexibility|Staff voice\ns2,T,Staff voice\n")
    assert places(checked) == [(2, "element", "text of 23 characters", "F45")]
    assert checked.frame["element"].to_list() == ["We each have a voice that counts"]


def test_a_place_nobody_knows_is_kept_as_one_and_said():
    checked = check("participants", "participant,region\np1,Y60\np2,midlands\np3,Atlantis\np4,\n")
    assert checked.frame["region"].to_list() == ["Midlands", "Midlands", "Unknown code", None]
    assert checked.notices == ("participants.csv: region is not known in 1 rows; kept as 'Unknown code'.",)


@pytest.mark.parametrize(
    ("number", "is_read"), [("0", True), ("35", True), ("-3", False), ("NaN", False), ("1.5", False)]
)
def test_counts_are_whole_and_not_negative(number: str, is_read: bool):
    checked = check("cohorts", f"cohort,programme,capacity\nc,p,{number}\n")
    assert checked.frame["capacity"].to_list() == ([int(number)] if is_read else [])


@pytest.mark.parametrize(("number", "is_read"), [("0", False), ("1", True), ("5", True), ("6", False)])
def test_a_whole_number_keeps_its_bounds(number: str, is_read: bool):
    checked = check("bookings", f"booking,cohort,person,status,confidence_after\nb,c,p,attended,{number}\n")
    assert checked.quarantined == (0 if is_read else 1)


def test_text_that_is_too_long_is_refused_at_the_length_given():
    text = "idea,posted_at,text\n1,2022-03-01," + "x" * 20_000 + "\n2,2022-03-01," + "x" * 20_001 + "\n"
    assert places(check("ideas", text)) == [(3, "text", "text of 20,001 characters", "F31")]
    assert places(check("ideas", "idea,posted_at,text\n1,2022-03-01,four\n", longest={"text": 3})) == [
        (2, "text", "text of 4 characters", "F31")
    ]


def test_characters_nobody_typed_are_taken_out_and_counted():
    checked = check("ideas", "idea,posted_at,text\n1,2022-03-01,a\x00b\u202ec\n2,2022-03-01,Cafe\u0301 👩‍⚕️\n")
    assert checked.frame["text"].to_list() == ["abc", "Café 👩‍⚕️"]
    assert checked.notices == ("ideas.csv: control characters were taken out of 1 cells.",)


def test_a_formula_in_an_idea_is_text_and_stays_so():
    checked = check("ideas", 'idea,posted_at,text\n1,2022-03-01,"=HYPERLINK(""x"",""y"")"\n')
    assert checked.frame["text"].to_list() == ['=HYPERLINK("x","y")']


@pytest.mark.parametrize(
    ("text", "described"),
    [
        ("", "empty"),
        ("-3", "number -3"),
        ("07700900123", "number of 11 characters"),
        ("03/04/2022", "something like a date, 10 characters"),
        ("Jo Bloggs", "text of 9 characters"),
    ],
)
def test_a_value_is_described_without_giving_it_away(text: str, described: str):
    assert shape(text) == described
    assert shape(text, is_secret=True) == ("empty" if not text else f"text of {len(text)} characters")


good = st.sampled_from(["p1", "p2"]), st.sampled_from(["A", "B"]), st.sampled_from(["2022-03-01", "2022-03-02T09:00"])
bad = st.sampled_from(["", "x" * 121, "maybe", "jo@x.uk"])
lines = st.one_of(
    st.tuples(*good, st.sampled_from(["agree", "pass", "disagree", "maybe", ""])).map(list),
    st.tuples(bad, *good[1:], st.just("agree")).map(list),
    st.lists(st.sampled_from(["p1", "A"]), min_size=1, max_size=6),
)


@given(st.lists(lines, min_size=1, max_size=30))
def test_rows_are_accepted_or_duplicate_or_quarantined_and_nothing_else(written: list[list[str]]):
    """The ledger law, held against a plain count of the rows written."""
    text = VOTES + "".join(",".join(line) + "\n" for line in written)
    checked = check("votes", text)
    assert checked.rows == len(written)
    assert checked.rows == checked.frame.height + checked.duplicate + checked.quarantined
    accepted = {tuple(line) for line in written if len(line) == 4 and _is_sound(line)}
    assert checked.frame.height == len(accepted)
    assert checked.quarantined == sum(not (len(line) == 4 and _is_sound(line)) for line in written)


def _is_sound(line: list[str]) -> bool:
    participant, idea, cast_at, vote = line
    return (
        0 < len(participant) <= 120
        and "@" not in participant
        and idea != ""
        and cast_at.startswith("2022")
        and vote in ("agree", "pass", "disagree")
    )


def test_a_checked_table_that_loses_a_row_cannot_be_made():
    with pytest.raises(AssertionError, match="a row went missing"):
        Checked("votes", "votes.csv", pl.DataFrame({"row": [2]}), 3, 1, 0, (), ())
