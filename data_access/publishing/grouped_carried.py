"""What a new grouped release keeps of the last one: closed weeks, and slices too little changed to be cut anew.

The batch rule: where fewer than k people came or went (late comers, erasures, corrections), nobody could be hidden
among them, so the slice stays as it was published until more have come.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import polars as pl

from data_access.disclosure.increments import Slice
from data_access.disclosure.model import TOTAL, System, of_tables, system
from data_access.frames.grouped import DATED_FAMILY, VOTES
from data_access.reference.lattice import EVERYONE, GroupedTable, Lattice


def with_carried(
    people: pl.DataFrame, last: System, lattice: Lattice, k: int, cut_now: Collection[str]
) -> tuple[System, frozenset[Slice]]:
    """Build the new release's system with carried slices as they were published; name those slices.

    `cut_now` names the tables to cut: a slice is not carried where one of them has not been published of it yet.
    Everybody among the slices means that nothing is to be cut anew.
    """
    complete = families_with(last, lattice, cut_now)
    carried = frozenset(one for one in _too_little_changed(people, last, lattice, k) if one[0] in complete)
    while True:
        made = of_tables(system(_as_published(people, last, carried), lattice), cut_now)
        unfit = {one for one in carried if _held(made, one) != _held(last, one)}
        if not unfit:
            return made, carried
        carried -= unfit  # somebody's division is empty by now, so the slice has to be cut anew


def families_with(last: System, lattice: Lattice, cut_now: Collection[str]) -> frozenset[str]:
    """Name the families of which the newest release gave every table that is to be cut now."""
    given = set(last.labels.filter(pl.col("release") == pl.col("release").max())["table"])
    wanted = {family.name: {table.name for table in lattice.tables_of(family.name)} for family in lattice.families}
    return frozenset(name for name, tables in wanted.items() if tables & set(cut_now) <= given)


def _too_little_changed(people: pl.DataFrame, last: System, lattice: Lattice, k: int) -> frozenset[Slice]:
    now = {(family, name): total for family, name, total in _totals(people).rows()}
    bands = {family.name for family in lattice.families if family.shows_band}
    answer = set()
    for one, before in _published_totals(last).items():
        if one in now and one[0] not in bands and (one[0] == DATED_FAMILY or abs(now[one] - before) < k):
            answer.add(one)
    return frozenset(answer)


def _totals(people: pl.DataFrame) -> pl.DataFrame:
    return people.group_by("family", "slice").agg(pl.col("participants").sum()).sort("family", "slice")


def _published_totals(last: System) -> dict[Slice, int]:
    """Give how many people each slice of the newest release had."""
    is_total = (last.labels["table"] == TOTAL) & (last.labels["release"] == last.labels["release"].max())
    own = last.labels.with_columns(value=last.value).filter(is_total & pl.Series(~last.is_increment))
    return {(family, name): value for family, name, value in own.select("family", "slice", "value").rows()}


def _as_published(people: pl.DataFrame, last: System, carried: Collection[Slice]) -> pl.DataFrame:
    pairs = pl.DataFrame(sorted(carried), schema={"family": pl.String, "slice": pl.String}, orient="row")
    held = last.variables.with_columns(participants=last.truth).join(pairs, on=["family", "slice"], how="semi")
    newest = held.filter(pl.col("release") == pl.col("release").max().over("family", "slice"))
    kept = people.join(pairs, on=["family", "slice"], how="anti")
    return pl.concat([kept, newest.filter(pl.col("participants") > 0).select(people.columns)])


def _held(made: System, one: Slice) -> list[int]:
    """Give how many people the newest release has in each division of a slice, where there are any."""
    held = made.variables.with_columns(people=made.truth).filter(
        (pl.col("family") == one[0]) & (pl.col("slice") == one[1])
    )
    newest = held.filter((pl.col("release") == pl.col("release").max()) & (pl.col("people") > 0))
    return newest.sort(pl.exclude("release", "variable", "people"), nulls_last=True)["people"].to_list()


def is_same(people: pl.DataFrame, last: System) -> bool:
    """Say whether everybody is just where the newest release had them: such people must not get another pattern."""
    newest = last.variables.with_columns(participants=last.truth).filter(pl.col("participants") > 0)
    newest = newest.filter(pl.col("release") == pl.col("release").max().over("family", "slice"))
    names = [name for name in people.columns if name in newest.columns and name != "participants"]
    used = newest.group_by("family").agg(pl.exclude("participants", "slice").is_not_null().any().name.suffix(" used"))
    divided = people.join(used, on="family", how="left").with_columns(
        pl.when(f"{name} used").then(pl.col(name)) for name in names if name not in ("family", "slice")
    )
    counted = divided.group_by(names).agg(pl.col("participants").sum()).sort(names, nulls_last=True)
    return counted.equals(newest.select(counted.columns).sort(names, nulls_last=True))


def nothing_new(carried: Collection[Slice]) -> bool:
    """Say whether so few came that all grouped tables stay as they are."""
    return (EVERYONE, "") in carried


def rows_as_published(
    made: pl.DataFrame, before: pl.DataFrame | None, table: GroupedTable, slices: Collection[str]
) -> pl.DataFrame:
    """Put the rows of carried slices as they were published in place of those made now.

    Where the earlier table can no longer be read, their votes and bands are left out.
    """
    is_whole = table.family == EVERYONE
    is_carried = pl.lit(value=True) if is_whole else pl.col(table.family).cast(pl.String).is_in(list(slices))
    fresh, kept = made.filter(~is_carried), made.filter(is_carried)
    if before is not None and "participants" in made.columns:
        return pl.concat([fresh, before.filter(is_carried).select(made.columns)])
    blank = {name: pl.lit(None, kind) for name, kind in made.schema.items() if name in (*VOTES, "agree_band")}
    if "has_votes" in made.columns:
        blank["has_votes"] = pl.lit(value=False)
    return pl.concat([fresh, kept.with_columns(**blank)])


def with_hidden_slices(
    made: pl.DataFrame, slices: Sequence[str], cells: pl.DataFrame, table: GroupedTable
) -> pl.DataFrame:
    """Add rows, every one hidden, for slices whose England total is hidden: no cell of them may be shown.

    They have the places of everybody's own table, whoever is in them, so that the rows tell nothing.
    """
    if not slices:
        return made
    unused = [name for name in ("region", "icb", "staff_group", "participant_type") if name not in table.by]
    everybody = cells.filter(
        (pl.col("family") == EVERYONE)
        & pl.all_horizontal(pl.col(name).is_not_null() for name in table.by)
        & pl.all_horizontal(pl.col(name).is_null() for name in unused)
    ).select(table.by)
    hidden = everybody.join(pl.DataFrame({table.family: slices}), how="cross").with_columns(
        is_hidden=pl.lit(value=True)
    )
    if "has_votes" in made.columns:
        hidden = hidden.with_columns(has_votes=pl.lit(value=False))
    named = hidden.with_columns(conversation=pl.lit(made["conversation"].first(), pl.String))
    columns = [
        (pl.col(name) if name in named.columns else pl.lit(None)).cast(kind).alias(name)
        for name, kind in made.schema.items()
    ]
    return pl.concat([made, named.select(columns)]).sort("conversation", table.family, *table.by)
