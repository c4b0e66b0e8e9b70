"""Tables of small groups wait for the end of a conversation, so that what few people did in between hides nothing."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from made_up_people import made_up_people
from small_lattices import small_lattice

from data_access.disclosure.check import faults
from data_access.disclosure.coarsen import NotProtected, protect_or_coarsen
from data_access.disclosure.increments import joined
from data_access.disclosure.model import TOTAL, of_tables, system
from data_access.disclosure.proofs import earlier_system, proof_frames, proof_from, worlds_of
from data_access.disclosure.protect import protect
from data_access.disclosure.protection import Protection, Rule
from data_access.disclosure.together import protect_together
from data_access.frames.grouped import DATED_FAMILY
from data_access.progress import silent
from data_access.publishing import grouped
from data_access.publishing.grouped import Earlier, protected_cells
from data_access.publishing.grouped_carried import families_with, with_carried
from data_access.publishing.grouped_waiting import tables_now
from data_access.reference.lattice import lattice

LATTICE = small_lattice("region", "both", "region_by_element", at_the_close={"both"})
RULE = Rule(k=10, known_records=0)
RUNNING, OVER = LATTICE.cut_now(is_over=False), LATTICE.cut_now(is_over=True)
THEN = {"London": {"Doctors": 30, "Nurses": 40}, "South": {"Doctors": 28, "Nurses": 50}}
NOW = {"London": {"Doctors": 33, "Nurses": 52}, "South": {"Doctors": 40, "Nurses": 53}}


def people(counts: dict[str, dict[str, int]]) -> pl.DataFrame:
    """Everybody, all of them in the one element."""
    own = pl.DataFrame(
        [
            {"region": region, "staff_group": group, "participants": number}
            for region, groups in counts.items()
            for group, number in groups.items()
        ]
    )
    names = pl.DataFrame({"family": ["element", "everyone"], "slice": ["Voice", ""]})
    return names.join(own, how="cross")


def while_it_runs(counts: dict[str, dict[str, int]]) -> dict[str, pl.DataFrame]:
    return proof_frames(protect(of_tables(system(people(counts), LATTICE), RUNNING), RULE), LATTICE.version)


def at_the_end(frames: dict[str, pl.DataFrame], counts: dict[str, dict[str, int]]) -> Protection:
    last = earlier_system(frames, 1)
    now, carried = with_carried(people(counts), last, LATTICE, RULE.k, OVER)
    return protect_together(joined(last, now, carried=carried), worlds_of(frames), RULE)


def members_and_places(counts: dict[str, dict[str, int]]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The same people by name, as publishing counts them."""
    places = pl.DataFrame(
        [
            {"participant": f"{region}{group}{one}", "region": region, "staff_group": group, "icb": "Not stated"}
            for region, groups in counts.items()
            for group, number in groups.items()
            for one in range(number)
        ]
    )
    names = pl.DataFrame({"family": ["element", "everyone"], "slice": ["Voice", ""]})
    return places.select("participant").join(names, how="cross"), places


def test_a_running_conversation_gives_regions_and_no_groups_within_them():
    cells = while_it_runs(THEN)["cells"].filter(pl.col("table") != TOTAL)
    assert set(cells["table"]) == {"region", "region_by_element"}
    assert cells.filter(pl.col("table") == "region").select("region", "value").rows() == [("London", 70), ("South", 78)]


def test_a_group_that_grew_by_three_since_is_shown_at_the_end():
    """33 doctors of London after 30 that nobody was told of; every region grew by ten and more."""
    protection = at_the_end(while_it_runs(THEN), NOW)
    assert not (protection.is_hidden & ~protection.system.is_increment).any()
    assert faults(proof_from(proof_frames(protection, LATTICE.version))) == []


def test_were_it_cut_twice_the_group_would_have_to_be_hidden():
    """The control."""
    frames = proof_frames(protect(system(people(THEN), LATTICE), RULE), LATTICE.version)
    protection = at_the_end(frames, NOW)
    hidden = protection.system.labels.filter(pl.Series(protection.is_hidden & ~protection.system.is_increment))
    assert ("both", "London", "Doctors") in hidden.select("table", "region", "staff_group").rows()


def test_nobody_leaves_a_region_in_any_world_and_groups_within_it_may_be_dealt_out():
    """Seven porters at the end need a world without any: the half-way release said nothing of them."""
    later = {region: {**groups, "Porters": 7} for region, groups in NOW.items()}
    then = {region: {**groups, "Porters": 4} for region, groups in THEN.items()}
    protection = at_the_end(while_it_runs(then), later)
    made = protection.system
    porters = pl.Series(made.truth) == 7
    everyone = (made.variables["family"] == "everyone") & (made.variables["release"] == 0)
    worlds = [world.added_to(made.truth) for world in protection.worlds]
    assert any((world[(porters & everyone).to_numpy()] < 4).any() for world in worlds)
    for region, before in (("London", 74), ("South", 82)):
        own = (everyone & (made.variables["region"] == region)).to_numpy()
        assert all(int(np.sum(world[own])) >= before for world in worlds)
    assert protection.uncovered == ()


ONE_WAY = small_lattice("region", "staff_group", "both", at_the_close={"both"})


def test_nobody_leaves_what_the_earlier_release_counted_and_its_crossing_may_be_dealt_out():
    """Regions and staff groups were told, groups within regions were not: a world may have fewer in one of these."""
    then = {"London": {"Doctors": 34, "Porters": 6}, "South": {"Doctors": 28, "Porters": 52}}
    later = {"London": {"Doctors": 64, "Porters": 7}, "South": {"Doctors": 58, "Porters": 73}}
    before = system(people(then).filter(pl.col("family") == "everyone"), ONE_WAY)
    frames = proof_frames(protect(of_tables(before, ONE_WAY.cut_now(is_over=False)), RULE), ONE_WAY.version)
    now = system(people(later).filter(pl.col("family") == "everyone"), ONE_WAY)
    whole = joined(earlier_system(frames, 1), now)
    protection = protect_together(whole, worlds_of(frames), RULE)
    assert protection.uncovered == ()
    assert faults(proof_from(proof_frames(protection, ONE_WAY.version))) == []
    worlds = np.array([world.added_to(whole.truth) for world in protection.worlds])
    porters = (whole.variables["release"] == 0) & (whole.variables["staff_group"] == "Porters")
    in_london = (porters & (whole.variables["region"] == "London")).to_numpy()
    assert worlds[:, in_london].min() < 6
    for column in ("region", "staff_group"):
        for name in whole.variables[column].unique():
            own = whole.variables[column] == name
            now_, then_ = (
                worlds[:, (own & (whole.variables["release"] == at)).to_numpy()].sum(axis=1) for at in (0, 1)
            )
            assert (now_ >= then_).all()


def test_no_table_of_weeks_waits():
    """A closed week keeps its numbers once all its tables were cut; one that waited would have it cut anew.

    Then somebody who came back since, or was removed, would be told by the difference of two releases.
    """
    assert not [table.name for table in lattice().tables_of(DATED_FAMILY) if table.at_the_close]


def test_the_same_people_at_the_end_are_cut_anew_because_a_table_is_new():
    first = protected_cells(*members_and_places(THEN), RULE, LATTICE, cut_now=RUNNING, earlier=None, progress=silent)
    last = Earlier(1, first.proof, first.report, {"region": pl.DataFrame()})
    again = protected_cells(*members_and_places(THEN), RULE, LATTICE, cut_now=RUNNING, earlier=last, progress=silent)
    assert again.proof is first.proof
    over = protected_cells(*members_and_places(THEN), RULE, LATTICE, cut_now=OVER, earlier=last, progress=silent)
    fresh = over.proof["cells"].filter((pl.col("release") == 0) & (pl.col("table") == "both") & ~pl.col("is_increment"))
    assert fresh["value"].to_list() == [30, 40, 28, 50]
    assert over.carried == {("element", "Voice")}


def test_where_a_table_that_waited_cannot_be_protected_the_others_are_cut(monkeypatch: pytest.MonkeyPatch):
    """Once for all tables, which fails here whatever is hidden, and once for those that were given before."""
    asked: list[set[str]] = []

    def hard(whole, *others, **named):
        asked.append(set(whole.labels.filter(pl.col("release") == 0)["table"]) - {TOTAL})
        if "both" in asked[-1]:
            raise NotProtected("2 small cells could not be hidden beyond doubt")
        return protect_or_coarsen(whole, *others, **named)

    first = protected_cells(*members_and_places(THEN), RULE, LATTICE, cut_now=RUNNING, earlier=None, progress=silent)
    last = Earlier(1, first.proof, first.report, {"region": pl.DataFrame()})
    monkeypatch.setattr(grouped, "protect_or_coarsen", hard)
    over = protected_cells(*members_and_places(NOW), RULE, LATTICE, cut_now=OVER, earlier=last, progress=silent)
    assert asked == [OVER, RUNNING]
    assert over.cut == RUNNING
    fresh = over.proof["cells"].filter((pl.col("release") == 0) & ~pl.col("is_increment") & (pl.col("table") != TOTAL))
    assert set(fresh["table"]) == RUNNING


def test_slices_are_carried_only_where_the_last_release_gave_all_their_tables():
    last = earlier_system(while_it_runs(THEN), 1)
    assert families_with(last, LATTICE, RUNNING) == {"everyone", "element"}
    assert families_with(last, LATTICE, OVER) == {"element"}


def test_tables_of_small_cells_wait_and_what_was_given_once_is_given_again():
    """Ten times as many people fill the same tables; a conversation that has them from the start gives them."""
    few, many = (made_up_people(count, 1, themes=6, weeks=2) for count in (240, 2_400))
    rules = lattice()
    early = tables_now(few, rules, 10, is_over=False, last=None)
    assert "region_by_theme" not in early
    assert {"region", "participant_type", "region_by_week", "icb_by_week"} <= early
    assert tables_now(many, rules, 10, is_over=False, last=None) == rules.cut_now(is_over=False)
    frames = proof_frames(protect(of_tables(system(few, rules), early), Rule(10, 1)), rules.version)
    last = earlier_system(frames, 1)
    assert tables_now(many, rules, 10, is_over=False, last=last) == early
    assert tables_now(few, rules, 10, is_over=True, last=last) == rules.cut_now(is_over=True)
