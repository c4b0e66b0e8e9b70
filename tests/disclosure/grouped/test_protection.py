"""Protection by hand-made people: what is hidden, what proves it, and that the checker finds every lie."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from small_lattices import small_lattice

from data_access.disclosure.check import Proof, faults
from data_access.disclosure.coarsen import NotProtected, protect_or_coarsen
from data_access.disclosure.increments import as_earlier, joined
from data_access.disclosure.model import system
from data_access.disclosure.proofs import earlier_system, proof_frames, proof_from, worlds_of
from data_access.disclosure.protect import protect
from data_access.disclosure.protection import Protection, Rule, keeps_facts
from data_access.disclosure.together import protect_together
from data_access.publishing.grouped import report
from data_access.publishing.grouped_carried import is_same, with_carried

LATTICE = small_lattice("region", "staff_group", "both", "region_by_element")
RULE = Rule(k=10, known_records=0)
REGIONS = ("London", "Midlands", "South")
GROUPS = ("Doctors", "Nurses", "Porters")


def people(counts: list[list[int]], *, elements: dict[str, list[int]] | None = None) -> pl.DataFrame:
    """One row a region, one column a staff group; `elements` gives people of each region, all of them nurses."""
    rows = [
        {"family": "everyone", "slice": "", "region": region, "staff_group": group, "participants": count}
        for region, row in zip(REGIONS, counts, strict=False)
        for group, count in zip(GROUPS, row, strict=True)
        if count
    ]
    for element, by_region in (elements or {}).items():
        rows += [
            {"family": "element", "slice": element, "region": region, "staff_group": "Nurses", "participants": count}
            for region, count in zip(REGIONS, by_region, strict=True)
            if count
        ]
    return pl.DataFrame(rows)


def hidden(protection: Protection, table: str) -> set[tuple[str, ...]]:
    labels = protection.system.labels.with_columns(hidden=protection.is_hidden)
    names = [name for name in ("slice", "region", "staff_group") if name in labels.columns]
    return {
        tuple(value for value in row if value)
        for row in labels.filter((pl.col("table") == table) & pl.col("hidden")).select(names).rows()
    }


SMALL = [[30, 40, 3], [35, 45, 25], [28, 50, 40]]


def test_a_small_cell_takes_three_others_with_it_so_that_no_sum_gives_it_away():
    """Rows and columns are shown: one hidden cell is a subtraction, four at the corners of a rectangle are none."""
    protection = protect(system(people(SMALL), LATTICE), RULE)
    corners = hidden(protection, "both")
    assert ("London", "Porters") in corners
    assert len(corners) == 4
    assert hidden(protection, "region") == hidden(protection, "staff_group") == set()


def test_nothing_is_hidden_where_nothing_is_small():
    protection = protect(system(people([[30, 40, 13], [35, 45, 25]]), LATTICE), RULE)
    assert not protection.is_hidden.any()
    assert protection.worlds == ()


@pytest.mark.parametrize(("value", "reach"), [(1, (0, 10)), (5, (0, 10)), (7, (2, 12)), (9, (4, 14))])
def test_worlds_of_a_small_count_lie_at_least_the_threshold_apart(value: int, reach: tuple[int, int]):
    assert RULE.reach(value) == reach
    assert reach[1] - reach[0] >= RULE.k


def test_a_record_the_attacker_knows_widens_the_range():
    assert Rule(k=10, known_records=1).reach(3) == (0, 11)


def proof(protection: Protection) -> Proof:
    return proof_from(proof_frames(protection, LATTICE.version))


def test_the_checker_accepts_what_was_proved():
    assert faults(proof(protect(system(people(SMALL), LATTICE), RULE))) == []


def test_the_checker_finds_a_cell_that_should_not_be_shown():
    honest = proof(protect(system(people(SMALL), LATTICE), RULE))
    cover = next(i for i, shown in enumerate(honest.is_shown) if not shown and not honest.is_small[i])
    shown = [is_shown or i == cover for i, is_shown in enumerate(honest.is_shown)]
    assert any("shown cell another number" in fault for fault in faults(replace(honest, is_shown=shown)))


def test_the_checker_finds_a_missing_world():
    honest = proof(protect(system(people(SMALL), LATTICE), RULE))
    assert any("less than the threshold apart" in fault for fault in faults(replace(honest, worlds=[])))


def test_the_checker_finds_a_world_with_fewer_than_no_people():
    honest = proof(protect(system(people(SMALL), LATTICE), RULE))
    worlds = [*honest.worlds, {0: -honest.truth[0] - 1}]
    assert any("fewer than no people" in fault for fault in faults(replace(honest, worlds=worlds)))


def test_the_checker_finds_another_number_in_the_release():
    honest = proof(protect(system(people(SMALL), LATTICE), RULE))
    values = [
        value + (1 if shown and not place else 0)
        for place, (value, shown) in enumerate(zip(honest.values, honest.is_shown, strict=True))
    ]
    assert any("another number" in fault for fault in faults(replace(honest, values=values)))


def test_no_slice_grows_beyond_everybody_in_any_world():
    """Two nurses of London took part in the element, and there are nine: a world of ten would need a tenth nurse."""
    frame = people([[30, 9, 30], [35, 45, 25], [28, 50, 40]], elements={"Voice": [2, 40, 45], "Team": [9, 45, 50]})
    # Everybody else took part in Team, so that somebody is in some element everywhere.
    rest = frame.filter((pl.col("family") == "everyone") & (pl.col("staff_group") != "Nurses"))
    whole = pl.concat([frame, rest.with_columns(family=pl.lit("element"), slice=pl.lit("Team"))])
    protection = protect(system(whole, LATTICE), RULE)
    assert protection.uncovered == ()
    assert all(
        keeps_facts(protection.system, world.added_to(protection.system.truth) - protection.system.truth)
        for world in protection.worlds
    )


def two_releases(before: list[list[int]], after: list[list[int]]) -> Protection:
    first = protect(system(people(before), LATTICE), RULE)
    frames = proof_frames(first, LATTICE.version)
    whole = joined(earlier_system(frames, 1), system(people(after), LATTICE))
    return protect_together(whole, worlds_of(frames), RULE)


def test_three_newcomers_between_two_releases_are_hidden_in_the_second():
    """33 after 30 would say it: each release is safe alone."""
    before = [[30, 40, 20], [35, 45, 25], [28, 50, 40]]
    after = [[33, 40, 20], [35, 65, 25], [28, 50, 55]]
    protection = two_releases(before, after)
    labels = protection.system.labels.with_columns(hidden=protection.is_hidden, grown=protection.system.is_increment)
    now = labels.filter((pl.col("release") == 0) & ~pl.col("grown") & pl.col("hidden"))
    assert ("both", "London", "Doctors") in now.select("table", "region", "staff_group").rows()
    assert protection.uncovered == ()
    assert faults(proof(protection)) == []
    told = report(protection)  # London, doctors, and doctors of London grew by three
    assert told["grown_by_few"] == 3
    assert told["secondary"] > 3


def test_an_unchanged_second_release_hides_nothing():
    same = [[30, 40, 20], [35, 45, 25], [28, 50, 40]]
    protection = two_releases(same, same)
    assert not (protection.is_hidden & ~protection.system.is_increment).any()


def test_twelve_newcomers_are_enough_to_be_shown():
    before = [[30, 40, 20], [35, 45, 25], [28, 50, 40]]
    after = [[42, 40, 20], [35, 45, 25], [28, 50, 40]]
    protection = two_releases(before, after)
    assert not (protection.is_hidden & ~protection.system.is_increment).any()


def test_the_second_release_shows_what_the_first_showed_unless_it_changed():
    first = system(people(SMALL), LATTICE)
    protection = protect(first, RULE)
    earlier = earlier_system(proof_frames(protection, LATTICE.version), 4)
    again = as_earlier(first, 4, protection.is_hidden)
    assert np.array_equal(earlier.value, again.value)
    assert np.array_equal(earlier.is_hidden_before, again.is_hidden_before)
    assert earlier.labels.equals(again.labels)
    assert np.array_equal(earlier.cells.times(earlier.truth), again.value)


def test_three_newcomers_in_all_stop_the_second_release():
    """England's total says three came; wherever they are, they are fewer than ten: wait until more have come."""
    first = protect(system(people([[30, 40, 20], [35, 45, 25], [28, 50, 40]]), LATTICE), RULE)
    frames = proof_frames(first, LATTICE.version)
    now = system(people([[33, 40, 20], [35, 45, 25], [28, 50, 40]]), LATTICE)
    with pytest.raises(NotProtected, match="the earlier ones stand"):
        protect_or_coarsen(joined(earlier_system(frames, 1), now), RULE, worlds_of(frames))


def test_the_same_people_give_the_same_protection_twice():
    first = protect(system(people(SMALL), LATTICE), RULE)
    second = protect(system(people(SMALL).sample(fraction=1, shuffle=True, seed=3), LATTICE), RULE)
    assert np.array_equal(first.is_hidden, second.is_hidden)
    assert [world.change.tolist() for world in first.worlds] == [world.change.tolist() for world in second.worlds]


def test_a_third_release_is_held_against_both_before_it():
    """Doctors of London: 30, 42, then 45. Three since the second are hidden in the third, fifteen since the first."""
    first = protect(system(people([[30, 40, 20], [35, 45, 25], [28, 50, 40]]), LATTICE), RULE)
    frames = proof_frames(first, LATTICE.version)
    for number, counts in enumerate(
        ([[42, 40, 20], [35, 45, 25], [28, 50, 40]], [[45, 40, 20], [35, 65, 25], [28, 50, 55]]), start=1
    ):
        whole = joined(earlier_system(frames, number), system(people(counts), LATTICE))
        protection = protect_together(whole, worlds_of(frames), RULE)
        frames = proof_frames(protection, LATTICE.version)
    assert protection.uncovered == ()
    assert faults(proof_from(frames)) == []
    grown = protection.system.labels.with_columns(value=protection.system.value).filter(
        pl.Series(protection.system.is_increment)
        & (pl.col("table") == "both")
        & (pl.col("region") == "London")
        & (pl.col("staff_group") == "Doctors")
    )
    assert sorted(grown["value"].to_list()) == [3, 12, 15]
    hidden_now = protection.system.labels.filter(pl.Series(protection.is_hidden)).filter(pl.col("release") == 0)
    assert ("both", "London", "Doctors") in hidden_now.select("table", "region", "staff_group").rows()


def test_a_carried_slice_keeps_its_numbers_and_its_pattern():
    """One of twelve Londoners left the element: nobody cuts it anew, and its cells are those published before."""
    then = people([[30, 40, 20], [35, 45, 25]], elements={"Voice": [12, 40, 0]})
    then = pl.concat(
        [then, then.filter(pl.col("family") == "everyone").with_columns(family=pl.lit("element"), slice=pl.lit("Team"))]
    )
    frames = proof_frames(protect(system(then, LATTICE), RULE), LATTICE.version)
    now = then.with_columns(
        participants=pl.when((pl.col("slice") == "Voice") & (pl.col("region") == "London"))
        .then(11)
        .otherwise(pl.col("participants") + pl.when(pl.col("slice") == "Voice").then(0).otherwise(12))
    )
    made, carried = with_carried(now, earlier_system(frames, 1), LATTICE, 10, LATTICE.cut_now(is_over=True))
    assert carried == {("element", "Voice")}
    whole = joined(earlier_system(frames, 1), made, carried=carried)
    protection = protect_together(whole, worlds_of(frames), RULE)
    cells = protection.system.labels.with_columns(value=protection.system.value, hidden=protection.is_hidden).filter(
        (pl.col("slice") == "Voice") & (pl.col("table") == "region_by_element")
    )
    assert cells.select("release", "region", "value").rows() == [
        (1, "London", 12),
        (1, "Midlands", 40),
        (0, "London", 12),
        (0, "Midlands", 40),
    ]
    assert not cells["hidden"].any()
    assert faults(proof_from(proof_frames(protection, LATTICE.version))) == []


def test_the_same_people_are_known_again_and_one_more_is_not():
    everybody = people(SMALL, elements={"Voice": [12, 40, 45]})
    last = earlier_system(proof_frames(protect(system(everybody, LATTICE), RULE), LATTICE.version), 1)
    assert is_same(everybody.sample(fraction=1, shuffle=True, seed=5), last)
    assert not is_same(everybody.with_columns(pl.col("participants") + 1), last)
    assert not is_same(everybody.filter(pl.col("family") == "everyone"), last)


def test_somebody_who_came_in_a_week_that_is_not_over_does_not_stop_the_proof():
    """London has thirty doctors and only 28 of them in an element so far: the link is held as far as it is true."""
    frame = people(SMALL, elements={"Voice": [28, 45, 50]})
    protection = protect(system(frame, LATTICE), RULE)
    assert protection.uncovered == ()
    assert faults(proof(protection)) == []
