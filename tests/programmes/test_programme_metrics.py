"""What pages say of programmes, against slow twins in plain Python."""

from __future__ import annotations

import math
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.components.kept import figure as figure_of
from dashboard.components.programme_choice import of_programme
from dashboard.filters import Selection
from dashboard.results import answer, text_table
from data_access.vocabulary import BookingStatus

TALK = Selection("talk")
STATUSES = [status.value for status in BookingStatus]


def programme(key: str = "T", **values: object) -> dict[str, object]:
    usual = {"kind": "training", "name": f"Course {key}", "cohorts": 2, "cohorts_without_capacity": 0, "capacity": 36}
    return {"programme": key, **usual, **values}


def figure(name: str, count: int | None, region: str | None = None, key: str = "T") -> dict[str, object]:
    return {"programme": key, "region": region, "figure": name, "count": count, "is_hidden": count is None}


def england(**counts: int | None) -> list[dict[str, object]]:
    every = dict.fromkeys([*STATUSES, "interest registered"], 0) | {
        name.replace("_", " "): count for name, count in counts.items()
    }
    return [figure(name, count) for name, count in every.items()]


def shown(key, release):
    return answer(key, source=release, selection=TALK)


def slow_wilson(part: int, whole: int) -> tuple[float, float]:
    """Both ends by solving (p - q)² = z² q (1 - q) / n for q, as Wilson (1927) writes it."""
    z = 1.959963984540054
    p, n = part / whole, whole
    a, b, c = 1 + z * z / n, -(2 * p + z * z / n), p * p
    root = math.sqrt(b * b - 4 * a * c)
    return (-b - root) / (2 * a), (-b + root) / (2 * a)


counts = st.integers(10, 400)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from([None, "London", "Midlands"]), st.tuples(counts, counts), min_size=1))
def test_the_dna_rate_equals_its_slow_twin(made_up_release, regions):
    cells = [
        figure(status, count, region)
        for region, pair in regions.items()
        for status, count in zip(("attended", "did not attend"), pair, strict=True)
    ]
    rows = shown("programme_dna", made_up_release(programmes=[programme()], programme_figures=cells)).table
    twin = {}
    for region, (came, missed) in regions.items():
        twin[region or "England"] = Fraction(missed, came + missed), slow_wilson(missed, came + missed)
    assert set(rows["region"]) == set(twin)
    for row in rows.iter_rows(named=True):
        rate, (low, high) = twin[row["region"]]
        assert row["dna_rate"] == pytest.approx(float(rate), abs=1e-12)
        assert (row["dna_low"], row["dna_high"]) == (pytest.approx(low, abs=1e-9), pytest.approx(high, abs=1e-9))


def test_the_dna_rate_leaves_cancellations_out_and_says_its_formula(made_up_release):
    cells = england(attended=90, did_not_attend=10, late_cancelled=50, early_cancelled=20, booked=30)
    result = shown("programme_dna", made_up_release(programmes=[programme()], programme_figures=cells))
    assert result.table["dna_rate"].to_list() == [10 / (90 + 10)]
    assert result.headline == "10% did not attend: 10 of 100 expected."
    assert result.metric.measure == "DNA rate = did not attend ÷ (attended + did not attend)"


def test_a_rate_is_hidden_where_either_side_is(made_up_release):
    cells = [*england(attended=90, did_not_attend=None), figure("attended", 12, "London")]
    cells += [figure("did not attend", 15, "London")]
    result = shown("programme_dna", made_up_release(programmes=[programme()], programme_figures=cells))
    assert text_table(result)["DNA rate"].to_list() == ["[c]", "55.6%"]
    assert result.headline == "The DNA rate cannot be shown: too few attended or did not."


def test_a_cost_is_worked_out_only_where_one_was_given(made_up_release):
    cells = [*england(did_not_attend=12), figure("did not attend", 20, key="U")]
    costed = [programme(cost_per_place_pence=4550), programme("U", cost_per_place_pence=None)]
    result = shown("programme_cost", made_up_release(programmes=costed, programme_figures=cells))
    assert text_table(result).rows() == [("Course T", "45.5", "12", "546"), ("Course U", "[x]", "20", "[x]")]
    assert result.headline == "Non-attendance cost £546 in 1 of 2 programmes."
    without = shown("programme_cost", made_up_release(programmes=[costed[1]], programme_figures=cells))
    assert without.headline == "No cost of a place was supplied."


def test_places_left_are_what_nobody_holds_and_a_missing_capacity_is_said(made_up_release):
    cells = england(booked=10, attended=11, did_not_attend=0, waiting=14, late_cancelled=12)
    result = shown("programme_places", made_up_release(programmes=[programme()], programme_figures=cells))
    assert result.table.select("places_held", "places_left").rows() == [(10 + 11, 36 - 21)]
    assert result.headline == "2 cohorts with 36 places; 15 left."
    unknown = programme(capacity=None, cohorts_without_capacity=1)
    result = shown("programme_places", made_up_release(programmes=[unknown], programme_figures=cells))
    assert text_table(result).select("Places", "Places held", "Places left").rows() == [("[x]", "21", "[x]")]
    assert result.headline == "2 cohorts; how many places they have was not supplied."
    assert "Course T: 1 of 2 cohorts do not say how many places they have; none is assumed." in result.notes


def test_figures_that_wait_say_which_release_they_are_of(made_up_release):
    release = made_up_release(programmes=[programme(figures_of_release=3)], programme_figures=england())
    (note,) = [note for note in shown("programme_places", release).notes if "release 3" in note]
    assert note.startswith("Course T: the figures are those of release 3.")


def band(cohort: str, name: str, at_least: int | None, at_most: int | None) -> dict[str, object]:
    is_hidden = at_least is None
    ends = {"at_least": at_least, "at_most": at_most, "is_hidden": is_hidden}
    return {"programme": "T", "cohort": cohort, "figure": name, **ends}


def test_a_cohort_is_written_in_bands_and_places_left_follow_from_them(made_up_release):
    cohort = {"programme": "T", "held_on": date(2022, 5, 4), "is_above_capacity": False}
    release = made_up_release(
        programmes=[programme()],
        cohorts=[
            {**cohort, "cohort": "a", "capacity": 24},
            {**cohort, "cohort": "b", "capacity": None},
            {**cohort, "cohort": "c", "capacity": 12, "is_above_capacity": True},
        ],
        cohort_figures=[
            *(band(name, "places held", 20, 29) for name in "abc"),
            *(band("a", figure, *ends) for figure, ends in (("attended", (10, 19)), ("did not attend", (0, 9)))),
            *(band("a", figure, *ends) for figure, ends in (("waiting", (0, 0)), ("booked", (None, None)))),
        ],
    )
    result = shown("cohort_bands", release)
    names = ["Places", "Places held", "Attended", "Did not attend", "Waiting", "Booked", "Places left", "Mind"]
    assert text_table(result).select(names).rows() == [
        ("24", "20 to 29", "10 to 19", "fewer than 10", "0", "[c]", "0 to 4", "[z]"),
        ("[x]", "20 to 29", "[x]", "[x]", "[x]", "[x]", "[x]", "[z]"),
        ("12", "20 to 29", "[x]", "[x]", "[x]", "[x]", "none", "More attended than there were places"),
    ]
    assert result.headline == "3 cohorts; for 1 of them the number of places was not supplied."


def test_a_month_without_a_meeting_of_a_reflective_group_is_named(made_up_release):
    days = (date(2022, 2, 10), date(2022, 2, 24), date(2022, 4, 7))
    cohorts = [
        {"programme": "G", "cohort": str(day), "held_on": day, "minutes": 75, "is_above_capacity": False}
        for day in days
    ]
    release = made_up_release(programmes=[programme("G", kind="reflective group")], cohorts=cohorts)
    result = shown("programme_months", release)
    assert result.table.select("month", "meetings").rows() == [("Feb 2022", 2), ("Mar 2022", 0), ("Apr 2022", 1)]
    assert result.headline == "3 meetings in 3 months; none in 1, first in Mar 2022."
    monthly = made_up_release(programmes=[programme("G", kind="reflective group")], cohorts=cohorts[:2])
    assert shown("programme_months", monthly).headline == "The groups met at least once in each of 1 month: 2 meetings."


def test_faults_are_named_with_their_programme(made_up_release):
    faults = [
        {"programme": "", "fault": "bookings of unknown cohorts", "count": 11, "is_hidden": False},
        {"programme": "T", "fault": "people with more than one place", "count": None, "is_hidden": True},
    ]
    result = shown("booking_faults", made_up_release(programmes=[programme()], booking_notes=faults))
    assert text_table(result).rows() == [
        ("Course T", "people with more than one place", "[c]"),
        ("[z]", "bookings of unknown cohorts", "11"),
    ]


def test_regions_show_each_figure_that_may_be_shown(made_up_release):
    cells = [*england(attended=40), figure("attended", 25, "London"), figure("attended", None, "Midlands")]
    result = shown("programme_regions", made_up_release(programmes=[programme()], programme_figures=cells))
    rows = text_table(result).select("Region", "Attended").rows()
    assert rows == [("England", "40"), ("London", "25"), ("Midlands", "[c]")]


def test_one_role_came_most_often(made_up_release):
    rows = [
        {"programme": "T", "role": role, "attended": count, "is_hidden": count is None}
        for role, count in (("Peer", 20), ("Guardian", None), ("Champion", 31), ("Not stated", 50), ("Supervisor", 0))
    ]
    result = shown("booking_roles", made_up_release(programmes=[programme()], programme_roles=rows))
    assert result.table["role"].to_list() == ["Champion", "Peer", "Guardian", "Not stated"]
    assert result.headline == "Champion was the role most often given: 31 bookings."


def test_confidence_has_its_base_and_a_band_where_the_count_is_small(made_up_release):
    rows = [{"programme": "T", "answered": 80, "confident": None, "confident_band": "95–100%", "is_hidden": False}]
    result = shown("programme_confidence", made_up_release(programmes=[programme()], programme_confidence=rows))
    assert result.headline == "Within 95–100% of 80 answers were confident or very confident."
    exact = [{**rows[0], "answered": 90, "confident": 60, "confident_band": "60–80%"}]
    result = shown("programme_confidence", made_up_release(programmes=[programme()], programme_confidence=exact))
    assert result.headline == "66.7% of 90 answers were confident or very confident."
    low, high = slow_wilson(60, 90)
    assert result.table.select("share_low", "share_high").row(0) == (pytest.approx(low), pytest.approx(high))


def test_a_programme_without_a_name_keeps_its_id(made_up_release):
    release = made_up_release(programmes=[programme(name=None)], programme_figures=england(attended=10))
    assert set(shown("programme_bookings", release).table["programme"]) == {"T"}


def test_a_card_of_one_programme_holds_its_rows_and_is_kept(made_up_release):
    """The same answer as long as its source stands, so that the figure and the table of the card are kept with it."""
    rows = [
        {"programme": name, "role": role, "attended": people, "is_hidden": False}
        for name, people in (("T", 40), ("U", 25))
        for role in ("Champion", "Peer")
    ]
    programmes = [programme(), programme() | {"programme": "U", "name": "Another training"}]
    both = shown("booking_roles", made_up_release(programmes=programmes, programme_roles=rows))
    names = both.table["programme"].unique().sort().to_list()
    assert len(names) == 2
    cards = [of_programme(both, name) for name in names]
    assert [card.table.height for card in cards] == [2, 2]
    assert all(name in card.metric.title for name, card in zip(names, cards, strict=True))
    assert [of_programme(both, name) is card for name, card in zip(names, cards, strict=True)] == [True, True]
    assert figure_of(of_programme(both, names[0])) is figure_of(cards[0])
    assert figure_of(cards[0]) is not figure_of(cards[1])
