"""What goes into a link comes out of it, and nothing that is not offered gets in."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.filters import Board, Choices, Divisions, Selection, params_from_selection, place, selection_from_params
from dashboard.periods import LAST_DAY, Period, period_of
from dashboard.wording import describe
from data_access.problems import BadSelection
from data_access.reference.lattice import lattice
from data_access.vocabulary import ELEMENTS, NOT_STATED

REGIONS = ("London", "Midlands", "North East and Yorkshire", "South West", NOT_STATED)
BOARDS = (
    Board("QMJ", "NHS North Central London Integrated Care Board", "London"),
    Board("QHL", "NHS Birmingham and Solihull Integrated Care Board", "Midlands"),
    Board("QJK", "NHS Devon Integrated Care Board", "South West"),
)
GROUPS = ("Administrative and Clerical", "Medical and Dental", NOT_STATED)
WEEKS = tuple(date(2021, 2, 1) + timedelta(days=7 * at) for at in range(5))
CHOICES = Choices(
    conversations=(("talk", "Staff voice"), ("spring", "Voices of spring")),
    divisions={"talk": Divisions(REGIONS, BOARDS, GROUPS, WEEKS)},
)


def read(**params: str | list[str]) -> Selection:
    return selection_from_params({name.replace("_", "-").strip("-"): value for name, value in params.items()}, CHOICES)


def some(values: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    """Any choice of values, in the order they are offered."""
    return st.sets(st.sampled_from(values)).map(lambda chosen: tuple(name for name in values if name in chosen))


@st.composite
def selections(draw: st.DrawFn) -> Selection:
    """Any selection the lattice can answer."""
    kind = draw(st.sampled_from(["region", "icb", "staff_group"]))
    regions = draw(some(REGIONS))
    codes = tuple(board.code for board in BOARDS if not regions or board.region in regions)
    weeks = st.tuples(st.sampled_from(WEEKS), st.sampled_from(WEEKS)).map(sorted)
    period = draw(st.none() | weeks.map(lambda two: period_of(*two)))
    return Selection(
        conversation="talk",
        element=draw(st.none() | st.sampled_from(ELEMENTS)),
        regions=regions,
        icbs=draw(some(codes)) if kind == "icb" and codes else (),
        staff_groups=draw(some(GROUPS)) if kind == "staff_group" else (),
        period=None if kind == "staff_group" else period,
    )


@settings(deadline=None)
@given(selections())
def test_a_selection_comes_back_from_its_link(selection: Selection):
    params = params_from_selection(selection, CHOICES)
    assert selection_from_params(params, CHOICES) == selection
    assert all(value == value.lower() and " " not in value for value in params.values())


def test_several_values_are_joined_by_commas_or_repeated_in_any_case_and_order():
    wanted = Selection("talk", regions=("Midlands", "South West"))
    assert read(region="midlands,south-west") == wanted
    assert read(region=["South West", "MIDLANDS"]) == wanted
    assert read(region="south-west,Midlands,midlands") == wanted
    assert params_from_selection(wanted, CHOICES) == {"region": "midlands,south-west"}


def test_a_board_is_named_by_code_or_name_and_says_its_own_region():
    assert read(icb="qhl").icbs == ("QHL",)
    assert read(icb="nhs-birmingham-and-solihull-integrated-care-board").icbs == ("QHL",)
    assert read(icb="qhl").division == {"icb"}
    assert read(region="midlands", icb="qhl").division == {"icb"}
    with pytest.raises(BadSelection, match="icb 'qmj', which is not offered"):
        read(region="midlands", icb="qmj")


def test_a_period_is_whole_closed_weeks_and_an_end_left_out_is_that_of_all():
    assert read(from_="2021-02-08", to="2021-02-21").period == Period(date(2021, 2, 8), date(2021, 2, 21))
    assert read(from_="2021-02-22").period == Period(date(2021, 2, 22), date(2021, 3, 7))
    assert read(to="2021-02-07").period == Period(date(2021, 2, 1), date(2021, 2, 7))
    assert Period(date(2021, 2, 8), date(2021, 2, 21)).weeks == (date(2021, 2, 8), date(2021, 2, 15))


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"region": "lodnon"}, "region 'lodnon', which is not offered. Did you mean 'london'?"),
        ({"region": "midlands,atlantis"}, "region 'atlantis', which is not offered. Offered: london, midlands"),
        ({"staff-group": "medical"}, "staff-group 'medical', which is not offered."),
        ({"from": "2021-02-02"}, "from '2021-02-02'. Only whole weeks that are over can be chosen: Mondays"),
        ({"to": "2021-02-08"}, "Sundays from 2021-02-07 to 2021-03-07"),
        ({"from": "2021-02-22", "to": "2021-02-07"}, "ends on 2021-02-07 before it begins on 2021-02-22"),
        (
            {"icb": "qhl", "staff-group": "medical-and-dental"},
            "Staff group and ICB cannot be chosen together: 5 people",
        ),
        ({"staff-group": "not-stated", "from": "2021-02-01"}, "Staff group and period cannot be chosen together"),
        ({"conversation": "spring", "region": "london"}, "No tables by region, ICB or staff group were cut of this"),
        ({"conversation": "spring", "from": "2021-02-01"}, "no week of this conversation is closed"),
    ],
)
def test_what_is_not_offered_is_refused_with_what_is(params: dict[str, str], said: str):
    with pytest.raises(BadSelection) as refused:
        selection_from_params(params, CHOICES)
    assert said in str(refused.value)


@settings(deadline=None)
@given(
    st.dictionaries(st.sampled_from(["region", "icb", "staff-group", "from", "to", "element"]), st.text(max_size=30))
)
def test_any_text_is_a_selection_that_is_offered_or_a_refusal(params: dict[str, str]):
    try:
        selection = selection_from_params(params, CHOICES)
    except BadSelection:
        return
    assert set(selection.regions) <= set(REGIONS)
    assert set(selection.staff_groups) <= set(GROUPS)
    assert selection.period is None or {selection.period.first, selection.period.last - LAST_DAY} <= set(WEEKS)


def test_every_pair_of_divisions_is_a_table_of_the_lattice_or_refused():
    tables = {frozenset(table.by) - ({"region"} if "icb" in table.by else set()) for table in lattice().tables}
    asked = {
        frozenset({"region"}): Selection("talk", regions=("London",)),
        frozenset({"icb"}): Selection("talk", icbs=("QHL",)),
        frozenset({"staff_group"}): Selection("talk", staff_groups=(NOT_STATED,)),
        frozenset({"region", "staff_group"}): Selection("talk", regions=("London",), staff_groups=(NOT_STATED,)),
    }
    for division, selection in asked.items():
        assert selection.division == division
        assert division in tables
    assert frozenset({"icb", "staff_group"}) not in tables


@pytest.mark.parametrize(
    ("selection", "said"),
    [
        (Selection("talk"), "England, all elements"),
        (Selection("talk", regions=("Midlands", "South West")), "Midlands and South West, all elements"),
        (Selection("talk", icbs=("QJK",)), "NHS Devon Integrated Care Board, all elements"),
        (
            Selection("talk", ELEMENTS[6], regions=("London",), staff_groups=("Medical and Dental",)),
            "London: Medical and Dental, We are a team",
        ),
        (
            Selection("talk", period=Period(date(2021, 2, 1), date(2021, 2, 14))),
            "England, all elements, 1 to 14 February 2021",
        ),
        (
            Selection("talk", period=Period(date(2021, 2, 22), date(2021, 3, 7))),
            "England, all elements, 22 February to 7 March 2021",
        ),
    ],
)
def test_a_selection_is_said_in_words(selection: Selection, said: str):
    assert describe(selection) == said
    assert describe(selection).startswith(place(selection))
