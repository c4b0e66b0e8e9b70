"""From counted participants to the sums a grouped release would publish: the system that protection works on.

A *world* gives a whole number of participants to every variable: one for each slice and each finest division
(the grain) of the partitions its tables use. The true world is `System.truth`. A *cell* is a published sum of
variables. *Links* are what anybody knows of overlapping slices, at each finest division: no slice is larger
than everybody, and where slices cover everybody, their sum is no smaller.

A world that keeps the links is one of real people: within each finest division, people can be given slices so
that every count comes out, if and only if largest slice <= everybody <= sum of slices.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from data_access.disclosure.rows import Ints, Rows, rows_from, stacked
from data_access.reference.lattice import EVERYONE, Family, GroupedTable, Lattice

# A cell's place: `table` is the lattice's name, or TOTAL for the whole of a slice; a partition the table does
# not use is null.
TOTAL = "total"
PLACES = ("region", "icb")
ONE_WAY_WEIGHT = 15.0  # slices cut one way are what pages show first
MARGIN_WEIGHT = 20.0  # privacy figures were measured with one-way margins twenty times as dear to hide


@dataclass(frozen=True)
class System:
    """Variables, cells and links of one release, or of several joined in time.

    `labels`: one row a cell: release, table, family, slice and the partitions. `is_locked`: already public, can
    only be shown. `is_margin`: cuts a slice one way, hidden late. `is_increment`: what
    a cell grew by between two releases; never published, always hidden. `is_hidden_before`: hidden for good by an
    earlier release.
    """

    truth: Ints
    variables: pl.DataFrame
    labels: pl.DataFrame
    cells: Rows
    value: Ints
    links: Rows
    floor: Ints
    weight: NDArray[np.float64]
    is_locked: NDArray[np.bool_]
    is_increment: NDArray[np.bool_]
    is_hidden_before: NDArray[np.bool_]
    is_margin: NDArray[np.bool_]


def system(people: pl.DataFrame, lattice: Lattice) -> System:
    """Build the system of one release.

    In: people: family, slice, one column a partition, participants (distinct, 1 and more); the family
    'everyone' has one slice, ''. Every division of a slice must also be a division of everyone.
    """
    offered = [family for family in lattice.families if family.name in set(people["family"])]
    variables = _variables(people, lattice, offered)
    cells, labels = _cells(variables, lattice, offered)
    links = _links(variables, lattice, offered)
    truth = variables["participants"].to_numpy().astype(np.int64)
    value = cells.times(truth)
    return System(
        truth=truth,
        variables=variables.drop("participants"),
        labels=labels,
        cells=cells,
        value=value,
        links=links,
        floor=np.minimum(0, links.times(truth)),  # whoever came in a week that is not over is in no week yet
        weight=_weights(value, labels, lattice),
        is_locked=(labels["table"] == TOTAL).to_numpy(),
        is_increment=np.zeros(cells.height, dtype=np.bool_),
        is_hidden_before=np.zeros(cells.height, dtype=np.bool_),
        is_margin=_in_tables(labels, {table.name for table in lattice.tables if table.ways == 1}),
    )


def of_tables(system: System, names: Collection[str]) -> System:
    """Keep the cells of some tables and the totals; the finest division stays, so that releases can be compared."""
    kept = np.flatnonzero(_in_tables(system.labels, {TOTAL, *names}))
    return replace(
        system,
        labels=system.labels[kept],
        cells=system.cells.only(kept),
        value=system.value[kept],
        weight=system.weight[kept],
        is_locked=system.is_locked[kept],
        is_increment=system.is_increment[kept],
        is_hidden_before=system.is_hidden_before[kept],
        is_margin=system.is_margin[kept],
    )


def _variables(people: pl.DataFrame, lattice: Lattice, offered: Sequence[Family]) -> pl.DataFrame:
    """One row a variable, numbered by `variable`: each slice at each division that anybody belongs to."""
    names = [partition.name for partition in lattice.partitions]
    everyone = people.filter(pl.col("family") == EVERYONE)
    parts = []
    for family in offered:
        grain = list(lattice.grain(family.name))
        own = people.filter(pl.col("family") == family.name)
        counted = own.group_by("slice", *grain).agg(pl.col("participants").sum())
        divisions = _divisions(everyone, grain)
        parts.append(
            own.select("slice")
            .unique()
            .join(divisions, how="cross")
            .join(counted, on=["slice", *grain], how="left")
            .select(
                pl.lit(family.name).alias("family"),
                "slice",
                *(pl.col(name) if name in grain else pl.lit(None, dtype=pl.String).alias(name) for name in names),
                pl.col("participants").fill_null(0).cast(pl.Int64),
            )
        )
    ordered = pl.concat(parts).sort("family", "slice", *names, nulls_last=True)
    numbered = ordered.with_row_index("variable").with_columns(pl.col("variable").cast(pl.Int64))
    return numbered.with_columns(pl.lit(0, dtype=pl.Int64).alias("release"))


def _divisions(everyone: pl.DataFrame, grain: list[str]) -> pl.DataFrame:
    """Give the finest divisions that worlds may put people in: every place with every label met in its region."""
    places = [name for name in grain if name in PLACES]
    answer = everyone.select(places).unique()
    for name in grain:
        if name not in PLACES:
            shared = [place for place in places if place == PLACES[0]]
            met = everyone.select(*shared, name).unique()
            answer = answer.join(met, on=shared, how="inner") if shared else answer.join(met, how="cross")
    return answer


def _cells(variables: pl.DataFrame, lattice: Lattice, offered: Sequence[Family]) -> tuple[Rows, pl.DataFrame]:
    names = [partition.name for partition in lattice.partitions]
    rows: list[Rows] = []
    labels: list[pl.DataFrame] = []
    for family in offered:
        own = variables.filter(pl.col("family") == family.name)
        total = GroupedTable(TOTAL, family.name, (), 0)
        for table in (total, *lattice.tables_of(family.name)):
            summed, found = _sums(own, ["slice", *table.by])
            rows.append(summed)
            labels.append(
                found.select(
                    pl.lit(0, dtype=pl.Int64).alias("release"),
                    pl.lit(table.name).alias("table"),
                    pl.lit(family.name).alias("family"),
                    "slice",
                    *(pl.col(n) if n in table.by else pl.lit(None, dtype=pl.String).alias(n) for n in names),
                )
            )
    return stacked(rows), pl.concat(labels)


def _sums(variables: pl.DataFrame, by: Sequence[str]) -> tuple[Rows, pl.DataFrame]:
    """Sum variables by some columns: the rows, and one line of labels for each, sorted."""
    found = variables.select(by).unique().sort(by).with_row_index("row")
    placed = variables.select("variable", *by).join(found, on=list(by), how="left")
    ones = np.ones(placed.height, dtype=np.int64)
    return rows_from(placed["row"].to_numpy(), placed["variable"].to_numpy(), ones, found.height), found


def _links(variables: pl.DataFrame, lattice: Lattice, offered: Sequence[Family]) -> Rows:
    everyone = variables.filter(pl.col("family") == EVERYONE)
    parts: list[Rows] = []
    for family in offered:
        if family.name == EVERYONE:
            continue
        grain = list(lattice.grain(family.name))
        own = variables.filter(pl.col("family") == family.name)
        divisions = everyone.select(grain).unique().sort(grain).with_row_index("division")
        whole = everyone.join(divisions, on=grain, how="left").select("division", "variable")
        sliced = own.join(divisions, on=grain, how="left").select("division", "slice", "variable")
        parts.append(_no_larger_than_everyone(whole, sliced))
        if family.covers:
            parts.append(_sum_no_smaller(whole, sliced, divisions.height))
    return stacked(parts) if parts else rows_from([], [], [], 0)


def _no_larger_than_everyone(whole: pl.DataFrame, sliced: pl.DataFrame) -> Rows:
    numbered = sliced.sort("variable").with_row_index("row")
    plus = numbered.select("row", "division").join(whole, on="division").with_columns(pl.lit(1).alias("value"))
    minus = numbered.select("row", "variable", pl.lit(-1).alias("value"))
    triples = pl.concat([plus.select("row", "variable", "value"), minus])
    return rows_from(
        triples["row"].to_numpy(), triples["variable"].to_numpy(), triples["value"].to_numpy(), sliced.height
    )


def _sum_no_smaller(whole: pl.DataFrame, sliced: pl.DataFrame, height: int) -> Rows:
    triples = pl.concat(
        [
            sliced.select("division", "variable", pl.lit(1).alias("value")),
            whole.select("division", "variable", pl.lit(-1).alias("value")),
        ]
    )
    return rows_from(
        triples["division"].to_numpy(), triples["variable"].to_numpy(), triples["value"].to_numpy(), height
    )


def _weights(value: Ints, labels: pl.DataFrame, lattice: Lattice) -> NDArray[np.float64]:
    """Weigh cells by what their loss costs readers: large ones more, one-way tables most."""
    margins = {table.name for table in lattice.tables if table.is_margin}
    one_way = {table.name for table in lattice.tables if table.ways == 1} - margins
    weight = 1.0 + np.log1p(value.astype(np.float64))
    weight[_in_tables(labels, margins)] *= MARGIN_WEIGHT
    weight[_in_tables(labels, one_way)] *= ONE_WAY_WEIGHT
    return weight


def _in_tables(labels: pl.DataFrame, names: set[str]) -> NDArray[np.bool_]:
    answer: NDArray[np.bool_] = labels["table"].is_in(sorted(names)).to_numpy()
    return answer
