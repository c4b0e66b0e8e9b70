"""Regions and staff groups against the rest, and consensus over them."""

from __future__ import annotations

import pytest

from dashboard.filters import Selection
from data_access.vocabulary import ELEMENTS, NOT_STATED
from tests.sentiment.conftest import cell, element, idea, text, worth

VOICE, FLEXIBLY, TEAM = ELEMENTS[2], ELEMENTS[5], ELEMENTS[6]


def two_regions(agree=900, disagree=100, effect=1.0):
    """London against England's rest of 500 for and 500 against on voice; on all ideas alike."""
    return {
        "region_by_element": [cell("region", "London", agree, disagree, about=VOICE)],
        "region": [cell("region", "London", 600, 600)],
        "votes_by_element": [element(VOICE, agree + 500, disagree + 500)],
        "votes_by_idea": [idea("1", 1200, 1200)],
        "vote_clustering": [worth(VOICE, effect), worth("All ideas", effect)],
    }


def test_a_region_is_held_against_england_without_it(told):
    """900 of 1,000 there, 500 of 1,000 in the rest."""
    result = told("region_differences", **two_regions())
    row = result.table.row(0, named=True)
    assert (row["region"], row["element"], row["verdict"]) == ("London", VOICE, "more")
    assert (row["share"], row["other_share"], row["difference"]) == pytest.approx((0.9, 0.5, 0.4))
    assert row["low"] < 0.4 < row["high"]


def test_the_headline_names_the_only_difference_beyond_chance(told):
    assert told("region_differences", **two_regions()).headline == (
        "One difference is beyond chance: London agrees 40 percentage points more than England’s rest on "
        "‘We each have a voice that counts’."
    )


def test_the_headline_counts_differences_and_names_the_largest(told):
    tables = two_regions()
    tables["region"] = [cell("region", "London", 100, 1100)]
    tables["votes_by_idea"] = [idea("1", 1200, 1200)]
    assert told("region_differences", **tables).headline == (
        "2 of 2 differences are beyond chance; the largest: London agrees 83.3 percentage points less than "
        "England’s rest."
    )


def test_the_headline_says_when_nothing_stands_out(told):
    result = told("region_differences", **two_regions(agree=500, disagree=500))
    assert result.headline == "No difference stands out from chance in 2 comparisons."


def test_votes_that_are_alike_make_a_difference_less_sure(told):
    alike = two_regions(agree=540, disagree=460, effect=1.0)
    assert told("region_differences", **two_regions(agree=560, disagree=440)).table["verdict"][0] == "more"
    assert told("region_differences", **(alike | two_regions(560, 440, effect=3.0))).table["verdict"][0] == (
        "no clear difference"
    )


def test_cells_without_votes_show_their_band_and_are_not_tested(told):
    tables = two_regions()
    tables["region_by_element"].append(cell("region", "Midlands", None, None, about=VOICE, band="40–60%"))
    result = told("region_differences", **tables)
    rows = {(row["region"], row["element"]): row for row in result.table.rows(named=True)}
    hidden = rows["Midlands", VOICE]
    assert (hidden["difference"], hidden["verdict"], hidden["agree_band"]) == (None, "cannot be compared", "40–60%")
    assert result.base == "2 comparisons, false discoveries at most 5%"
    assert "1 cell gives no votes to compare." in result.notes


def test_people_who_did_not_say_are_in_the_rest_and_no_region(told):
    tables = two_regions()
    tables["region_by_element"].append(cell("region", NOT_STATED, 10, 10, about=VOICE))
    assert told("region_differences", **tables).table["region"].unique().to_list() == ["London"]


def test_filtering_does_not_change_what_is_beyond_chance(told):
    """The rate is held over the whole grid, so a filter cannot pick a better chance."""
    tables = two_regions(560, 440)
    whole = told("region_differences", **tables).table.filter(element=VOICE)
    one = told("region_differences", VOICE, **tables).table
    assert one["q"].to_list() == whole["q"].to_list()
    tables["region_by_element"].append(cell("region", "Midlands", 5, 5, about=VOICE))
    chosen = told("region_differences", selection=Selection("talk", regions=("London",)), **tables).table
    assert chosen["region"].unique().to_list() == ["London"]


def test_grouped_tables_older_than_the_totals_are_not_compared(told):
    """More agree votes in the region than in England: the tables are of different days."""
    tables = two_regions()
    tables["votes_by_element"] = [element(VOICE, 800, 600)]
    assert told("region_differences", VOICE, **tables).table["verdict"].to_list() == ["cannot be compared"]


def test_without_grouped_tables_there_is_nothing_to_compare(told):
    for key in ("region_differences", "staff_group_differences"):
        result = told(key, votes_by_idea=[idea("1", 5, 5)])
        assert result.headline == "No votes by these groups are published that could be compared."


def test_staff_groups_are_compared_like_regions(told):
    result = told(
        "staff_group_differences",
        staff_group_by_element=[cell("staff_group", "Nursing", 900, 100, about=VOICE)],
        votes_by_element=[element(VOICE, 1400, 600)],
        vote_clustering=[worth(VOICE, 1.0)],
    )
    assert result.headline.startswith("One difference is beyond chance: Nursing agrees 40 percentage points more")


def regions_on_two_elements():
    return [
        cell("region", "London", 79, 19, about=FLEXIBLY),
        cell("region", "Midlands", 39, 59, about=FLEXIBLY),
        cell("region", "London", 19, 79, about=TEAM),
        cell("region", "Midlands", 19, 79, about=TEAM),
        cell("region", "South East", None, None, about=TEAM),
        cell("region", NOT_STATED, 98, 0, about=TEAM),
        cell("region", "London", 50, 48, about=VOICE),
    ]


def test_consensus_is_the_product_of_smoothed_shares_and_its_root(told):
    """80 of 100 and 40 of 100; 20 of 100 twice."""
    result = told("consensus_by_region", region_by_element=regions_on_two_elements())
    rows = {row["element"]: row for row in result.table.rows(named=True)}
    flexibly, team, voice = rows[FLEXIBLY], rows[TEAM], rows[VOICE]
    assert (flexibly["gac"], flexibly["gac_root"]) == pytest.approx((0.8 * 0.4, (0.8 * 0.4) ** 0.5))
    assert (flexibly["groups"], flexibly["lowest"], flexibly["lowest_share"]) == (2, "Midlands", pytest.approx(0.4))
    assert (team["gac"], team["left_out"]) == (pytest.approx(0.04), "South East")
    assert (voice["gac"], voice["groups"]) == (None, 1)
    assert result.table["element"][0] == FLEXIBLY


def test_the_headline_of_consensus_names_both_ends_and_who_agrees_least(told):
    result = told("consensus_by_region", region_by_element=regions_on_two_elements())
    assert result.headline == (
        "Regions are most of one mind on ‘We work flexibly’ (57%; 40% in Midlands, the region that agrees least) and "
        "least on ‘We are a team’ (20%)."
    )
    assert result.notes == ("Left out on ‘We are a team’: South East.",)
    one = told("consensus_by_region", TEAM, region_by_element=regions_on_two_elements())
    assert one.headline == "Consensus of 2 regions is 20%, with 20% in London, the region that agrees least."


def test_consensus_without_votes_says_so(told):
    assert told("consensus_by_staff_group").headline == (
        "No votes by staff groups are published that consensus could be worked out from."
    )


def bands(key, *told_bands):
    regions = ("London", "Midlands", "South East")
    return [
        {"idea": key, "region": region, "agree_band": band, "is_hidden": band is None}
        for region, band in zip(regions, told_bands, strict=True)
    ]


def test_ideas_every_region_agrees_with_come_first_and_say_who_is_left_out(told):
    """80 to 95 and 60 to 80: between √0.48 and √0.76."""
    result = told(
        "consensus_ideas",
        region_by_idea=[*bands("1", "60–80%", "80–95%", None), *bands("2", "80–95%", "40–60%", "80–95%")],
        votes_by_idea=[idea("1", 200, 50), idea("2", 200, 60)],
        texts=[text("1", "Rotas six weeks ahead."), text("2", "Paid handover")],
    )
    first = result.table.row(0, named=True)
    assert (first["idea"], first["at_least"], first["groups"], first["left_out"]) == ("1", 0.6, 2, "South East")
    assert (first["root_low"], first["root_high"]) == pytest.approx(((0.6 * 0.8) ** 0.5, (0.8 * 0.95) ** 0.5))
    assert result.headline == (
        "1 of 2 ideas has 60% agreement or more in every region shown; first ‘Rotas six weeks ahead’."
    )
    assert result.notes == ("Left out of some ideas: South East.",)


def test_no_idea_with_a_majority_everywhere_names_the_nearest(told):
    result = told(
        "consensus_ideas",
        region_by_idea=bands("1", "40–60%", "80–95%", "0–5%"),
        votes_by_idea=[idea("1", 200, 50)],
        texts=[text("1", "Rotas")],
    )
    assert result.headline == "No idea has 60% agreement in every region shown; ‘Rotas’ comes nearest."
    assert result.table["root_low"][0] == 0.0


def test_ideas_not_offered_by_region_say_so(told):
    result = told("consensus_ideas", votes_by_idea=[idea("1", 200, 50)])
    assert result.headline == "No idea drew enough votes in two regions or more to be shown."
