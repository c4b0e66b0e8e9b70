"""No small change of bookings can be read by comparing two releases."""

from __future__ import annotations

import polars as pl
import pytest

from data_access.frames.programmes import PROGRAMME_TABLES
from data_access.publishing.renewed import renewed

K = {"talk": 10}


def tables(
    figures: dict[tuple[str | None, str], int | None], roles: dict[str, int | None] | None = None, answered=None
):
    """Programme tables of one programme: figures by (region, figure), roles, and how many answered."""
    rows = {
        "programmes": [{"programme": "T", "kind": "training", "name": "Course"}],
        "programme_figures": [
            {"region": region, "figure": figure, "count": count} for (region, figure), count in figures.items()
        ],
        "programme_roles": [{"role": role, "attended": count} for role, count in (roles or {}).items()],
        "programme_confidence": [{"answered": answered, "confident": None}] if answered else [],
    }
    made = {}
    for table in PROGRAMME_TABLES:
        usual = {"conversation": "talk", "programme": "T"}
        flags = [
            {**usual, "is_hidden": row.get(table.measures[0]) is None, **row} if table.has_hidden else {**usual, **row}
            for row in rows.get(table.name, [])
        ]
        made[table.name] = pl.DataFrame(flags, schema=table.schema) if flags else table.empty()
    return made


def told(tables_, region=None) -> dict[str, object]:
    rows = tables_["programme_figures"].filter(pl.col("region").eq_missing(pl.lit(region)))
    return {row["figure"]: "[c]" if row["is_hidden"] else row["count"] for row in rows.iter_rows(named=True)}


def main(attended: int, missed: int) -> dict[tuple[str | None, str], int | None]:
    return {(None, "attended"): attended, (None, "did not attend"): missed}


def test_the_first_release_tells_what_was_counted():
    fresh = tables(main(40, 12))
    assert renewed(fresh, [], K) == fresh


def test_a_cohort_of_three_more_absences_does_not_show():
    """20 more attended and 3 more did not: the 3 would be the new cohort's."""
    before, after = tables(main(40, 12)), tables(main(60, 15))
    made = renewed(after, [(1, before)], K)
    assert told(made) == {"attended": 40, "did not attend": 12}
    assert made["programmes"]["figures_of_release"].to_list() == [1]


def test_figures_are_renewed_once_enough_has_changed():
    before, stood = tables(main(40, 12)), tables(main(40, 12))
    made = renewed(tables(main(90, 22)), [(1, before), (2, stood)], K)
    assert told(made) == {"attended": 90, "did not attend": 22}
    assert made["programmes"]["figures_of_release"].to_list() == [None]


def test_every_earlier_release_is_compared_not_only_the_last():
    """Hidden in release 2, told in 1: 12 and 15 still differ by 3."""
    first, second = tables(main(40, 12)), tables({(None, "attended"): 40, (None, "did not attend"): None})
    assert told(renewed(tables(main(40, 15)), [(1, first), (2, second)], K))["did not attend"] == "[c]"


def test_figures_that_stand_keep_the_release_they_are_of():
    before = tables(main(40, 12))
    second = renewed(tables(main(60, 15)), [(1, before)], K)
    third = renewed(tables(main(63, 16)), [(1, before), (2, second)], K)
    assert third["programmes"]["figures_of_release"].to_list() == [1]
    assert told(third) == {"attended": 40, "did not attend": 12}


def test_another_figure_that_changed_a_little_is_hidden_with_its_regions():
    """Regions that are all told would add up to it."""
    waiting = {
        (None, "waiting"): 33,
        ("London", "waiting"): 20,
        ("Midlands", "waiting"): 13,
        ("South West", "waiting"): 0,
    }
    before = tables(main(40, 12) | {(None, "waiting"): 30})
    made = renewed(tables(main(40, 12) | waiting), [(1, before)], K)
    assert told(made)["waiting"] == "[c]"
    assert [told(made, region)["waiting"] for region in ("London", "Midlands", "South West")] == ["[c]", "[c]", 0]


def test_a_region_that_changed_a_little_is_hidden_with_the_smallest_beside_it():
    """From 20 to 23 in London while England grew by 13: alone, London would be England less the others."""
    before = tables(
        main(60, 12) | {("London", "attended"): 20, ("Midlands", "attended"): 25, ("South West", "attended"): 15}
    )
    after = tables(
        main(73, 12) | {("London", "attended"): 23, ("Midlands", "attended"): 35, ("South West", "attended"): 15}
    )
    made = renewed(after, [(1, before)], K)
    shown = {region: told(made, region)["attended"] for region in (None, "London", "Midlands", "South West")}
    assert shown == {None: 73, "London": "[c]", "Midlands": 35, "South West": "[c]"}


def test_roles_and_answers_are_compared_as_well():
    before = tables(main(60, 12), {"Peer": 20, "Champion": 40}, answered=40)
    after = tables(main(70, 12), {"Peer": 23, "Champion": 47}, answered=44)
    made = renewed(after, [(1, before)], K)
    assert made["programme_roles"]["attended"].to_list() == [None, None]
    assert made["programme_confidence"].select("answered", "is_hidden").rows() == [(None, True)]


@pytest.mark.parametrize("change", [0, 10, -10])
def test_no_change_and_a_change_of_k_are_told(change):
    before, after = tables(main(40, 30)), tables(main(40, 30 + change))
    assert told(renewed(after, [(1, before)], K))["did not attend"] == 30 + change


def test_publishing_twice_compares_the_two(bring, published):
    """The same through import and publish: 20 more attended, 3 more did not, and the page's figures stand."""
    programmes = "programme,kind,name\nT,training,Course\n"
    cohorts = "cohort,programme\nc1,T\nc2,T\n"
    header = "booking,cohort,person,status\n"
    first = "".join(f"a{at},c1,p{at},{'attended' if at < 40 else 'did not attend'}\n" for at in range(52))
    bring({"programmes.csv": programmes, "cohorts.csv": cohorts, "bookings.csv": header + first})
    assert told(_own(published()))["did not attend"] == 12
    more = "".join(f"b{at},c2,q{at},{'attended' if at < 20 else 'did not attend'}\n" for at in range(23))
    bring({"bookings.csv": header + more})
    second = published()
    england = told(_own(second))
    assert (england["attended"], england["did not attend"]) == (40, 12)
    assert second.table("programmes", "talk")["figures_of_release"].to_list() == [1]


def _own(release) -> dict[str, pl.DataFrame]:
    return {table.name: release.table(table.name, "talk") for table in PROGRAMME_TABLES}
