"""A booking file, faults and all, from the template to a release: every number added up by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import polars as pl
import pytest

from data_access.importing.pseudonyms import conversation_key
from data_access.vault.erasure import Person, erase

PROGRAMMES = "programme,kind,name,cost_per_place_pence,notice_days\nT,training,Course,4500,7\n"
COHORTS = "cohort,programme,held_on,region,capacity,minutes\nc1,T,2022-05-04,Midlands,24,90\nc2,T,2022-06-01,,12,\n"
HEADER = "booking,cohort,person,role,region,status,confidence_after\n"


def bookings(*groups: tuple[str, int, str, str, str], first: int = 1) -> str:
    """Rows of one booking a person: cohort, how many, region, status, role."""
    rows, number = [], first
    for cohort, many, region, status, role in groups:
        for _ in range(many):
            rows.append(f"b{number},{cohort},p{number},{role},{region},{status},")
            number += 1
    return HEADER + "\n".join(rows) + "\n"


def figures(release, region: str | None = None) -> dict[str, object]:
    """The figures of the programme: a count, or [c] where it is hidden; noughts left out."""
    rows = release.table("programme_figures", "talk").filter(pl.col("region").eq_missing(pl.lit(region)))
    told = {row["figure"]: "[c]" if row["is_hidden"] else row["count"] for row in rows.iter_rows(named=True)}
    return {figure: count for figure, count in told.items() if count != 0}


def notes(release) -> list[tuple[str, str, object]]:
    rows = release.table("booking_notes", "talk").select("programme", "fault", "count", "is_hidden").rows()
    return [(programme, fault, "[c]" if hidden else count) for programme, fault, count, hidden in rows]


@pytest.fixture
def course(bring, published):
    """A course with two cohorts and the bookings given."""

    def made(text: str, more: dict[str, str] | None = None):
        bring({"programmes.csv": PROGRAMMES, "cohorts.csv": COHORTS, "bookings.csv": text, **(more or {})})
        return published()

    return made


def test_figures_of_england_are_exact_and_a_region_of_few_takes_another_with_it(course):
    release = course(
        bookings(
            ("c1", 20, "London", "attended", ""),
            ("c1", 12, "Midlands", "attended", ""),
            ("c2", 4, "South West", "attended", ""),
            ("c1", 11, "London", "did not attend", ""),
            ("c2", 3, "London", "late cancelled", ""),
        )
    )
    assert figures(release) == {"attended": 20 + 12 + 4, "did not attend": 11, "late cancelled": "[c]"}
    assert figures(release, "London") == {"attended": 20, "did not attend": 11, "late cancelled": "[c]"}
    assert figures(release, "Midlands") == {"attended": "[c]"}
    assert figures(release, "South West") == {"attended": "[c]"}
    assert figures(release, "North West") == {}


def test_a_cohort_is_told_as_bands(course):
    release = course(bookings(("c1", 20, "London", "attended", ""), ("c1", 2, "London", "waiting", "")))
    told = {
        (row["cohort"], row["figure"]): "[c]" if row["is_hidden"] else (row["at_least"], row["at_most"])
        for row in release.table("cohort_figures", "talk").iter_rows(named=True)
    }
    assert told["c1", "waiting"] == (0, 9)
    assert told["c1", "did not attend"] == (0, 0)
    # 20 attended and c2 had fewer than 10: with the band of c1, c2 would be 0 for certain.
    assert told["c1", "attended"] == "[c]"
    assert told["c2", "attended"] == (0, 9)


def test_a_file_full_of_faults_is_taken_each_fault_named_and_kept(bring, published):
    text = bookings(
        ("c1", 12, "London", "attended", ""),
        ("c2", 14, "London", "attended", ""),
        ("nowhere", 10, "London", "booked", ""),
    )
    text += "".join(f"d{at},c2,p{at},,London,booked,\n" for at in range(1, 11))  # p1 to p10 hold a place of c1 already
    report = bring({"programmes.csv": PROGRAMMES, "cohorts.csv": COHORTS, "bookings.csv": text})
    (line,) = [line for line in report.ledger if line.table == "bookings"]
    assert (line.rows, line.accepted, line.quarantined) == (46, 46, 0)
    said = "\n".join(report.notices)
    assert "bookings.csv: rows 2, 38: more than one booking by one person, programme T. Kept as it is." in said
    assert said.count("more than one booking by one person") == 10
    assert "bookings.csv: more attended than there are places, cohort c2. Kept as it is." in said
    rows = ", ".join(str(row) for row in range(28, 38))
    assert f"bookings.csv: rows {rows}: unknown cohort, cohort nowhere. Kept as it is." in said
    assert "p1" not in said
    assert [fault["fault"] for fault in report.proof["booking_faults"]].count("unknown cohort") == 1
    release = published()
    assert notes(release) == [
        ("", "bookings of unknown cohorts", 10),
        ("T", "cohorts with more attendances than places", 1),
        ("T", "people with more than one place", 10),
    ]
    assert figures(release) == {"attended": 12 + 14, "booked": 10}


def test_few_people_with_two_places_are_noted_without_their_number(course):
    text = bookings(("c1", 12, "London", "attended", "")) + "d1,c2,p1,,London,booked,\n"
    assert notes(course(text)) == [("T", "people with more than one place", "[c]")]


def test_a_second_booking_that_was_given_back_is_no_fault(course):
    text = bookings(("c1", 12, "London", "attended", "")) + "d1,c2,p1,,London,early cancelled,\n"
    assert notes(course(text)) == []


def test_meeting_again_is_what_reflective_groups_are_for(bring, published):
    groups = {
        "programmes.csv": "programme,kind,name\nG,reflective group,Groups\n",
        "cohorts.csv": "cohort,programme,held_on\ng1,G,2022-02-10\ng2,G,2022-03-10\n",
        "bookings.csv": HEADER + "".join(f"b{c}{p},g{c},p{p},,,attended,\n" for c in (1, 2) for p in range(12)),
    }
    report = bring(groups)
    assert not any("more than one booking" in notice for notice in report.notices)
    release = published()
    assert notes(release) == []
    assert figures(release) == {"attended": 24}
    assert release.table("programme_confidence", "talk").is_empty()


def test_a_fault_of_an_earlier_import_goes_when_its_cohort_arrives(bring, published):
    bring({"programmes.csv": PROGRAMMES, "bookings.csv": bookings(("c1", 11, "London", "attended", ""))})
    assert notes(published()) == [("", "bookings of unknown cohorts", 11)]
    bring({"cohorts.csv": COHORTS})
    release = published()
    assert notes(release) == []
    assert figures(release) == {"attended": 11}


def answers(counts: Sequence[tuple[int, str]]) -> str:
    rows = [answer for many, answer in counts for answer in [answer] * many]
    return HEADER + "".join(f"b{at},c1,p{at},,London,attended,{answer}\n" for at, answer in enumerate(rows))


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ([(30, "5"), (10, "4"), (12, "2"), (10, "")], (52, 40, "60–80%", False)),
        ([(30, "5"), (9, "2"), (10, "")], (39, None, "60–80%", False)),  # nine were not confident
        ([(30, "5"), (12, "2"), (9, "")], (None, None, None, True)),  # nine did not answer
        ([(9, "5"), (20, "")], (None, None, None, True)),  # nine answered
        ([(12, "5")], (12, None, "95–100%", False)),  # everybody: no exact hundred per cent
    ],
)
def test_confidence_is_told_with_its_base_and_only_of_enough_people(course, counts, told):
    rows = course(answers(counts)).table("programme_confidence", "talk")
    assert rows.select("answered", "confident", "confident_band", "is_hidden").rows() == [told]


def test_roles_are_brought_to_a_short_list(course):
    release = course(
        bookings(
            ("c1", 12, "London", "attended", "Clinical Supervisor"),
            ("c1", 11, "London", "attended", "line manager of a ward"),
            ("c1", 13, "London", "attended", "Wellbeing champion and peer"),
            ("c1", 10, "London", "attended", "Astronaut"),
            ("c1", 14, "London", "attended", ""),
        )
    )
    rows = release.table("programme_roles", "talk").filter(pl.col("attended") != 0).select("role", "attended").rows()
    assert rows == [
        ("Champion", 13),
        ("Line manager", 11),
        ("Not stated", 14),
        ("Other role", 10),
        ("Supervisor", 12),
    ]


def test_interest_is_counted_before_there_is_a_place(course):
    interest = "interest,programme,person,role,region\n" + "".join(f"i{at},T,q{at},,London\n" for at in range(15))
    release = course(bookings(("c1", 12, "London", "attended", "")), {"interests.csv": interest})
    assert figures(release) == {"attended": 12, "interest registered": 15}


def test_places_are_known_only_where_every_cohort_says_how_many(bring, published):
    cohorts = "cohort,programme,capacity\nc1,T,24\nc2,T,\n"
    bring({"programmes.csv": PROGRAMMES, "cohorts.csv": cohorts})
    row = published().table("programmes", "talk").row(0, named=True)
    assert (row["cohorts"], row["cohorts_without_capacity"], row["capacity"]) == (2, 1, None)


def test_no_pseudonym_of_a_booker_is_in_any_table(course, vault):
    release = course(bookings(("c1", 20, "London", "attended", "Peer")))
    with vault.connect() as connection:
        people = {person for (person,) in connection.exec_driver_sql("SELECT person FROM booking")}
    names = ["programmes", "programme_figures", "cohorts", "cohort_figures", "programme_roles"]
    everything = " ".join(str(release.table(name).to_dicts()) for name in (*names, "booking_notes"))
    assert len(people) == 20
    assert not [person for person in people if person in everything]


def test_erasing_somebody_takes_their_interest_as_well(bring, vault, tmp_path):
    """Interest goes by the pseudonym of bookings; a test of erasures knew bookings only."""
    bring(
        {
            "programmes.csv": PROGRAMMES,
            "cohorts.csv": COHORTS,
            "bookings.csv": HEADER + "b1,c1,p,,London,booked,\n",
            "interests.csv": "interest,programme,person\ni1,T,p\ni2,T,q\n",
        }
    )
    key = conversation_key(tmp_path / "home" / "keys", "talk")
    person = Person("nobody", key.booking_pseudonyms(["p"])["p"], "a mark")
    with vault.begin() as connection:
        erased = erase(connection, 1, [person], with_text=False, now=datetime(2022, 8, 1, tzinfo=UTC))
        left = connection.exec_driver_sql("SELECT source_id FROM interest").all()
    assert (erased.people, erased.bookings, left) == (1, 2, [("i2",)])
