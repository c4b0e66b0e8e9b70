"""Answers for a place or a group: beside England, [c] with the reason, and England where no table divides."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard import charts
from dashboard.filters import Selection
from dashboard.metrics import METRICS, metric_named
from dashboard.periods import Period
from dashboard.results import answer, text_table
from data_access.reference.lattice import lattice
from data_access.vocabulary import ELEMENTS

FLEXIBLY, TEAM = ELEMENTS[5], ELEMENTS[6]
MIDLANDS = Selection("talk", regions=("Midlands",))
PLACES = ("London", "Midlands")


def votes(agree: int | None, passed: int | None, disagree: int | None, band: str | None) -> dict[str, object]:
    counts = {"agree": agree, "pass": passed, "disagree": disagree}
    return {**counts, "agree_band": band, "has_votes": agree is not None}


@pytest.fixture
def release(made_up_release):
    """60 + 40 = 100 people; on flexible work 48 + 32 agree, 0 pass, 12 + 8 disagree; on the team a band and a [c]."""
    hidden = {"participants": None, **votes(None, None, None, None), "is_hidden": True}
    return made_up_release(
        totals=[{"measure": "participants", "count": 100}, {"measure": "votes", "count": 100}],
        votes_by_element=[
            {
                "element": FLEXIBLY, "ideas": 2, "comments": 3, "participants": 90, "voters": 80, "agree": 80,
                "pass": 0, "disagree": 20,
            },
            {
                "element": TEAM, "ideas": 1, "comments": 1, "participants": 50, "voters": 50, "agree": 30, "pass": 10,
                "disagree": 10,
            },
        ],
        region=[
            {"region": "London", "participants": 60, **votes(48, 0, 12, "60–80%")},
            {"region": "Midlands", "participants": 40, **votes(32, 0, 8, "60–80%")},
        ],
        region_by_element=[
            {"element": FLEXIBLY, "region": "London", "participants": 55, **votes(48, 0, 12, "60–80%")},
            {"element": FLEXIBLY, "region": "Midlands", "participants": 35, **votes(32, 0, 8, "60–80%")},
            {"element": TEAM, "region": "London", **hidden},
            {"element": TEAM, "region": "Midlands", "participants": 30, **votes(None, None, None, "40–60%")},
        ],
        region_by_week=[
            {"week": date(2021, 2, 1), "region": "Midlands", "participants": 20},
            {"week": date(2021, 2, 8), "region": "Midlands", "participants": None, "is_hidden": True},
            {"week": date(2021, 2, 1), "region": "London", "participants": 31},
            {"week": date(2021, 2, 8), "region": "London", "participants": 33},
        ],
    )  # fmt: skip


def by_element(result) -> dict[str, dict[str, object]]:
    return {row["element"]: row for row in result.table.iter_rows(named=True)}


def test_votes_of_a_region_stand_beside_englands(release):
    """32 of 40 for or against agree in the Midlands; 80 of 100 in England; 30 of all 50 votes on the team."""
    result = answer("vote_balance", source=release, selection=MIDLANDS)
    rows = by_element(result)
    assert (rows[FLEXIBLY]["agree"], rows[FLEXIBLY]["agree_share"], rows[FLEXIBLY]["england_share"]) == (32, 0.8, 0.8)
    assert (rows[TEAM]["agree"], rows[TEAM]["agree_band"], rows[TEAM]["england_of_all"]) == (None, "40–60%", 0.6)
    assert rows[TEAM]["participants"] == 30
    assert result.headline.startswith("Midlands: ")
    assert result.selection == MIDLANDS
    assert result.not_applied == ()


def test_with_an_element_its_share_is_held_against_englands(release):
    chosen = Selection("talk", FLEXIBLY, regions=("Midlands",))
    result = answer("vote_balance", source=release, selection=chosen)
    assert result.headline == "Midlands: 80% of votes for or against agree on ‘We work flexibly’ (England 80%)."
    banded = answer("vote_balance", source=release, selection=Selection("talk", TEAM, regions=("Midlands",)))
    assert banded.headline == "Midlands: 40–60% of all votes agree on ‘We are a team’ (England 60%)."


def test_what_is_hidden_is_c_and_never_nought(release):
    result = answer("vote_balance", source=release, selection=Selection("talk", regions=PLACES))
    shown = {row["Element"]: row for row in text_table(result).to_dicts()}
    assert [shown[TEAM][name] for name in ("Participants", "Agree", "Agree share")] == ["[c]"] * 3
    assert shown[TEAM]["Agree among all votes, within"] == "[c]"
    assert shown[TEAM]["Agree share, England"] == "75%"
    assert shown[FLEXIBLY]["Agree"] == "80"
    assert any("hidden [c]: fewer than 10 participants" in note for note in result.notes)


def test_an_element_nobody_spoke_of_is_nought_and_not_hidden(release):
    result = answer("ideas_by_element", source=release, selection=MIDLANDS)
    quiet = by_element(result)[ELEMENTS[0]]
    assert (quiet["participants"], quiet["part_share"], quiet["england_participants"]) == (0, 0.0, 0)


def test_people_of_a_region_are_shares_of_all_its_people(release):
    """35 of 40 in the Midlands took part on flexible work, 90 of 100 in England."""
    result = answer("ideas_by_element", source=release, selection=MIDLANDS)
    row = by_element(result)[FLEXIBLY]
    assert (row["participants"], row["part_share"], row["england_part_share"]) == (35, 0.875, 0.9)
    assert result.headline == (
        "Midlands: ‘We work flexibly’ drew the most people: 35 people, 87.5% of those there (England 90%)."
    )


def test_totals_stand_beside_englands(release):
    """32 + 0 + 8 votes in the Midlands, 100 in England; together 60 + 40 people."""
    result = answer("conversation_totals", source=release, selection=MIDLANDS)
    assert result.table.rows() == [("Participants", 40, 100), ("Votes", 40, 100)]
    assert result.base == "40 participants"
    both = answer("conversation_totals", source=release, selection=Selection("talk", regions=PLACES))
    assert both.table.rows() == [("Participants", 100, 100), ("Votes", 100, 100)]
    team = answer("conversation_totals", source=release, selection=Selection("talk", TEAM, regions=PLACES))
    assert team.table["count"].to_list() == [None, None]
    assert team.hidden_rows == (0, 1)


def test_weeks_stand_in_for_days_and_follow_the_period(release):
    result = answer("activity_by_day", source=release, selection=MIDLANDS)
    assert result.table.rows() == [(date(2021, 2, 1), 20), (date(2021, 2, 8), None)]
    assert result.headline == "Midlands: the week of 1 February 2021 was the busiest, with 20 participants."
    second = Selection("talk", regions=("London",), period=Period(date(2021, 2, 8), date(2021, 2, 14)))
    assert answer("activity_by_day", source=release, selection=second).table.rows() == [(date(2021, 2, 8), 33)]


def test_where_no_table_divides_a_metric_england_stands_there_and_says_so(release):
    result = answer("words", source=release, selection=MIDLANDS)
    assert result.selection == Selection("talk")
    assert result.not_applied == (
        "Not offered for Midlands: no protected table divides words by NHS England region. "
        "These numbers are for England.",
    )
    assert result.notes[:1] == result.not_applied


def test_the_reason_of_the_lattice_is_given_where_it_was_weighed(made_up_release):
    release = made_up_release(region_by_idea=[{"idea": "1", "region": "London", "agree_band": "40–60%"}])
    asked = Selection("talk", staff_groups=("Medical and Dental",))
    (said,) = answer("top_ideas", source=release, selection=asked).not_applied
    assert lattice().not_offered["idea by staff group"] in said


def test_a_conversation_without_grouped_tables_says_that_it_has_none(made_up_release):
    (said,) = answer("vote_balance", source=made_up_release(), selection=MIDLANDS).not_applied
    assert said.startswith("Not offered for Midlands: this conversation was not published by these groups.")


def test_ideas_with_many_voters_show_a_band_beside_england(made_up_release):
    """80 of 100 votes agree in England."""
    release = made_up_release(
        votes_by_idea=[
            {"idea": key, "voters": 100, "agree": 80, "pass": 0, "disagree": 20, "comments": 0, "merged_from": 0}
            for key in ("1", "2")
        ],
        region_by_idea=[
            {"idea": "1", "region": "Midlands", "agree_band": "60–80%"},
            {"idea": "1", "region": "London", "agree_band": None, "is_hidden": True},
        ],
        texts=[{"kind": "idea", "id": "1", "idea": "1", "title": "Rotas", "text": "", "is_held_back": False}],
    )
    result = answer("top_ideas", source=release, selection=MIDLANDS)
    assert result.table.rows() == [("1", "Rotas", "60–80%", 0.8, 100)]
    assert result.headline == "Midlands: 60–80% of all votes agree with ‘Rotas’ (England 80%)."
    assert "1 idea has fewer than 150 voters and can be shown for England only." in result.notes
    hidden = answer("top_ideas", source=release, selection=Selection("talk", regions=PLACES))
    assert text_table(hidden)["Agree among all votes there, within"].to_list() == ["[c]"]


DIVIDED = [key for key, module in METRICS.items() if module.METRIC.divisions]


@pytest.mark.parametrize("key", DIVIDED)
def test_a_metric_that_can_be_divided_names_tables_of_the_lattice_and_has_an_answer(key: str):
    module = metric_named(key)
    assert module.METRIC.divisions <= {table.name for table in lattice().tables}
    record = module.DIVIDED.record  # type: ignore[attr-defined]  # only metrics with divisions have it
    assert record.key == key
    names = {column.name for column in record.columns}
    chart = record.chart
    drawn = [chart.category, *chart.values, chart.low, chart.high, chart.focus, *chart.band]
    assert [name for name in drawn if name and name not in names] == []
    labels = [column.label for column in record.columns]
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("key", ["vote_balance", "ideas_by_element"])
def test_the_chart_says_the_part_and_england_in_words(key: str, release):
    result = answer(key, source=release, selection=MIDLANDS)
    figure = charts.figure(result)
    told = " ".join(str(note.text) for note in figure.layout.annotations)
    assert "○ England" in told
    assert "●" in told
    assert ("▭ 40–60% of all votes; ○ England 60%" in told) == (key == "vote_balance")


@pytest.fixture
def told_by_week(made_up_release):
    """Two weeks: 20 + 30 votes on flexible work alone, 45 over both, because five people voted again."""
    first, second = date(2021, 2, 1), date(2021, 2, 8)

    def cast(begins: date, ends: date, element: str, agree: int, disagree: int) -> dict[str, object]:
        counts = {"agree": agree, "pass": 0, "disagree": disagree}
        return {"first_week": begins, "last_week": ends, "element": element, **counts}

    return made_up_release(
        totals=[{"measure": "participants", "count": 60}],
        activity_by_day=[
            {"day": date(2021, 2, 3), "participants": 20, "ideas": 2, "comments": 3, "votes": 20},
            {"day": date(2021, 2, 4), "participants": 20, "ideas": 1, "comments": 4, "votes": 5},
            {"day": date(2021, 2, 9), "is_hidden": True},
        ],
        votes_by_period=[
            row
            for element in (FLEXIBLY, "All ideas")
            for row in (
                cast(first, first, element, 15, 5),
                cast(second, second, element, 24, 6),
                cast(first, second, element, 36, 9),
            )
        ],
    )  # fmt: skip


WEEK_1 = Period(date(2021, 2, 1), date(2021, 2, 7))
BOTH_WEEKS = Period(date(2021, 2, 1), date(2021, 2, 14))


@pytest.mark.parametrize(("period", "votes_told", "share"), [(WEEK_1, 20, 0.75), (BOTH_WEEKS, 45, 0.8)])
def test_a_period_counts_votes_cast_in_it_and_never_adds_weeks_up(told_by_week, period, votes_told, share):
    result = answer("vote_balance", source=told_by_week, selection=Selection("talk", FLEXIBLY, period=period))
    row = by_element(result)[FLEXIBLY]
    assert (row["votes"], row["agree_share"], row["voters"]) == (votes_told, share, None)
    assert result.headline.endswith(f"against {share:.0%} over all ideas.")
    assert result.selection.period == period


def test_totals_of_a_period_add_up_what_was_posted_and_not_people(told_by_week):
    """2 + 1 ideas and 3 + 4 comments in the first week; a hidden day hides those of both weeks."""
    told = dict(
        answer("conversation_totals", source=told_by_week, selection=Selection("talk", period=WEEK_1)).table.rows()
    )
    assert (told["Participants"], told["Ideas"], told["Comments"], told["Votes"]) == (None, 3, 7, 20)
    both = answer("conversation_totals", source=told_by_week, selection=Selection("talk", period=BOTH_WEEKS))
    assert dict(both.table.rows())["Ideas"] is None
    assert both.base == "45 votes"
    shown = dict(text_table(both).rows())
    assert (shown["Ideas"], shown["Participants"]) == ("[c]", "[x]")


def test_a_region_over_a_period_keeps_the_region_and_says_that_the_period_does_not_apply(release):
    asked = Selection("talk", regions=("Midlands",), period=WEEK_1)
    result = answer("vote_balance", source=release, selection=asked)
    assert result.selection == MIDLANDS
    assert result.not_applied == (
        "The period 1 to 7 February 2021 does not apply here: these numbers are for all days.",
    )
