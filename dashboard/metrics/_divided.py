"""A metric's answer for a region, a board or a staff group: its own record and frame, from one grouped table.

`results.answer` picks the table of the lattice that cuts what was asked for, adds the chosen cells up and
hands them over as `cells[CHOSEN]`, beside the metric's usual cells, which stand for England.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import polars as pl

from dashboard.filters import ICB, PARTICIPANT_TYPE, REGION, STAFF_GROUP, Selection
from dashboard.specs import Cells, Metric
from data_access.frames.grouped import VOTES
from data_access.reference.lattice import EVERYONE, GroupedTable, lattice

CHOSEN: Final = "chosen"
ELEMENT: Final = "element"
_BAND: Final = r"^(\d+)–(\d+)%$"


@dataclass(frozen=True)
class Divided:
    """How a metric answers for a part of the participants; the functions are those of a metric file.

    `record` is the metric's record with the columns, chart and words of the divided answer.
    """

    record: Metric
    derive: Callable[[Cells, Selection], pl.DataFrame]
    headline: Callable[[pl.DataFrame, Selection], str]
    base: Callable[[pl.DataFrame, Selection], str]
    notes: Callable[[Cells, pl.DataFrame, Selection], tuple[str, ...]] | None = None


def finest(table: GroupedTable) -> frozenset[str]:
    """Name the partitions a table cuts by, a board without the region that every board says."""
    coarser = {partition.within for partition in lattice().partitions if partition.name in table.by}
    return frozenset(table.by) - coarser


def table_for(metric: Metric, selection: Selection) -> GroupedTable | None:
    """Give the table a metric answers a division from, one by element where one is chosen; None if not offered."""
    fitting = [
        table for table in lattice().tables if table.name in metric.divisions and finest(table) == selection.division
    ]
    by_element = metric.takes_element and selection.element is not None
    if by_element:  # a table of everybody cannot say who is behind one element
        fitting = [table for table in fitting if table.family != EVERYONE]
    ordered = sorted(fitting, key=lambda table: (table.family == ELEMENT) != by_element)
    return ordered[0] if ordered else None


def table_for_everyone(division: frozenset[str]) -> GroupedTable | None:
    """Give the table that counts everybody of a division once."""
    fitting = [table for table in lattice().tables_of(EVERYONE) if finest(table) == division]
    return fitting[0] if fitting else None


def chosen_cells(table: pl.DataFrame, selection: Selection, by: tuple[str, ...]) -> pl.DataFrame:
    """Add up the cells of the chosen regions, boards, staff groups and types, which never overlap.

    In:   a grouped table; by: the columns of its slices, () for everybody
    Out:  one row a slice, sorted by it: `by`, then what the table has of participants, agree, pass, disagree,
          agree_band, has_votes; is_hidden. A sum is hidden if any part of it is. The votes of a sum are
          given only if those of every part are; its band spans the bands of its parts.
    """
    kept = {
        REGION: selection.regions,
        ICB: selection.icbs,
        STAFF_GROUP: selection.staff_groups,
        PARTICIPANT_TYPE: selection.participant_types,
    }
    wanted = [pl.col(name).is_in(values) for name, values in kept.items() if values and name in table.columns]
    rows = table.filter(pl.all_horizontal(wanted)) if wanted else table
    whole = rows.with_columns(everything=pl.lit(0)) if not by else rows
    keys = list(by) or ["everything"]
    sums = whole.group_by(keys).agg(*_sums(table.columns)).sort(keys)
    return sums.select(*by, *(name for name in table.columns if name in sums.columns and name not in by))


def _sums(columns: list[str]) -> list[pl.Expr]:
    is_hidden = pl.col("is_hidden").any()
    found = [is_hidden.alias("is_hidden")]
    if "participants" in columns:
        found.append(pl.when(~is_hidden).then(pl.col("participants").sum()).alias("participants"))
    if "has_votes" in columns:
        is_whole = ~is_hidden & pl.col("has_votes").all()
        found.append(is_whole.alias("has_votes"))
        found += [_vote_sum(name, is_whole) for name in VOTES]
    if "agree_band" in columns:
        found.append(pl.when(~is_hidden).then(_spanned()).alias("agree_band"))
    return found


def _vote_sum(name: str, is_whole: pl.Expr) -> pl.Expr:
    is_there = is_whole & (pl.col(name).null_count() == 0)  # a source with thumbs only has no pass: absent, not 0
    return pl.when(is_there).then(pl.col(name).sum()).alias(name)


def _spanned() -> pl.Expr:
    """Give the band from the lowest to the highest part: a share of a sum lies between the shares of its parts."""
    low = pl.col("agree_band").str.extract(_BAND, 1).cast(pl.Int64).min()
    high = pl.col("agree_band").str.extract(_BAND, 2).cast(pl.Int64).max()
    return pl.format("{}–{}%", low, high)
