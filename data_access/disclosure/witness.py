"""Verify the proof of a published release: the checker's verdict, and that the proof is of these very cells."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from data_access.disclosure.check import faults
from data_access.disclosure.proofs import proof_from
from data_access.reference.lattice import EVERYONE, GroupedTable, lattice


def proof_faults(proof: Mapping[str, pl.DataFrame], released: Mapping[str, pl.DataFrame]) -> list[str]:
    """Say everything wrong with the proof of one conversation.

    In: proof: tables by name; released: the grouped tables of that conversation, as in the release.
    """
    cells = proof["cells"].filter((pl.col("release") == 0) & ~pl.col("is_increment"))
    found = faults(proof_from(proof))
    for table in lattice().tables:
        found += _differences(cells.filter(pl.col("table") == table.name), released[table.name], table)
    return found


def _differences(cells: pl.DataFrame, released: pl.DataFrame, table: GroupedTable) -> list[str]:
    """Compare a table with what the proof says it shows and hides; slices it knows nothing of must be all hidden."""
    slices = [] if table.family == EVERYONE else ["slice"]
    by = [*slices, *table.by]
    counted = "participants" in released.columns
    expected = cells.select(
        *by, "is_hidden", people=pl.when(~pl.col("is_hidden") & counted).then(pl.col("value")).otherwise(None)
    )
    actual = released.select(
        *(_as_text(released, table).alias("slice") for _ in slices),
        *table.by,
        "is_hidden",
        people=pl.col("participants") if counted else pl.lit(None, pl.Int64),
    )
    if slices:
        unproved = actual.join(expected, on="slice", how="anti")
        if not unproved["is_hidden"].all() or unproved["people"].count():
            return [f"{table.name}: shows cells of a slice that its proof is not about"]
        actual = actual.join(expected, on="slice", how="semi")
    if expected.sort(by).equals(actual.sort(by)):
        return []
    return [f"{table.name}: the release does not show and hide what its proof is about"]


def _as_text(released: pl.DataFrame, table: GroupedTable) -> pl.Expr:
    column = pl.col(table.family)
    return column.dt.to_string("iso") if released.schema[table.family] == pl.Date else column
