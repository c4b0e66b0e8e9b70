"""The tables of a grouped release, one for each table of the lattice; empty in an ungrouped one."""

from __future__ import annotations

from typing import Final

import polars as pl

from data_access.frames.table import DataType, Table
from data_access.reference.lattice import EVERYONE, Family, GroupedTable, lattice

COUNTED: Final = "distinct participants who voted, commented or posted"
DATED_FAMILY: Final = "week"
VOTES: Final = ("agree", "pass", "disagree")


def gives_votes(family: Family) -> bool:
    """Say whether tables of a family give votes: bands aside, all but those by week."""
    return not family.shows_band and family.name != DATED_FAMILY


def slice_column(table: GroupedTable) -> tuple[str, ...]:
    """Name the column of a table's slices; none where it cuts everybody."""
    return () if table.family == EVERYONE else (table.family,)


def _table(table: GroupedTable) -> Table:
    family = lattice().family(table.family)
    titles = {partition.name: partition.title.lower() for partition in lattice().partitions}
    cut = " and ".join(titles[name] for name in table.by)
    columns: dict[str, DataType] = {"conversation": pl.String}
    columns |= {name: pl.Date if name == DATED_FAMILY else pl.String for name in slice_column(table)}
    columns |= dict.fromkeys(table.by, pl.String)
    columns |= {} if family.shows_band else {"participants": pl.Int64}
    if gives_votes(family):
        columns |= dict.fromkeys(VOTES, pl.Int64)
    if family.name != DATED_FAMILY:
        columns |= {"agree_band": pl.String}
    if gives_votes(family):
        columns |= {"has_votes": pl.Boolean}
    return Table(
        name=table.name,
        about=f"{family.title}, by {cut}. Grouped releases only.",
        columns={**columns, "is_hidden": pl.Boolean},
        key=("conversation", *slice_column(table), *table.by),
        measures=() if family.shows_band else ("participants",),
        unit=COUNTED if family.name != "idea" else "distinct participants who voted on the idea",
        notes=_notes(columns),
    )


def _notes(columns: dict[str, DataType]) -> dict[str, str]:
    notes = {
        "week": "the Monday it begins with",
        "icb": "code of the board, or 'Not stated' within its region",
        "agree_band": "where the share of agree among all votes lies, per cent; empty where hidden or nobody voted",
        "has_votes": "whether agree, pass and disagree are given as counts; where not, the band is all there is",
    }
    return {name: note for name, note in notes.items() if name in columns}


GROUPED_TABLES: Final[tuple[Table, ...]] = tuple(_table(table) for table in lattice().tables)
