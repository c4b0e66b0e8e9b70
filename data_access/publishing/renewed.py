"""Figures of programmes in one release after another: no small change may be read by comparing the two.

A cohort that is added between two releases is the difference of their totals, and a cohort is small. So:

* A programme's figures are renewed once attended and did not attend have each changed by nothing or by k bookings
  and more since every release that showed them. Until then the figures of the newest earlier release stand, all of
  them, and the release says so (`figures_of_release`).
* Any other number that changed by less is hidden in the new release: a figure of England with those of its regions,
  a region or a role with the smallest shown one beside it, unless one is hidden already, answers as a whole.

Withdrawn releases count as well: what was read stays read. Bands of cohorts are not compared: they are as wide as
the threshold, and totals that change by k and more do not say which cohort changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from data_access.frames.programmes import PROGRAMME_TABLES
from data_access.releases.manifest import SCHEMA_VERSION
from data_access.releases.store import list_releases, open_release
from data_access.vocabulary import BookingStatus

Tables = Mapping[str, pl.DataFrame]
NAMES: Final = tuple(table.name for table in PROGRAMME_TABLES)
MAIN: Final = (BookingStatus.ATTENDED.value, BookingStatus.DID_NOT_ATTEND.value)


def earlier_programmes(folder: Path) -> list[tuple[int, Tables]]:
    """Read the programme tables of every release that has them, oldest first: number and tables."""
    found: list[tuple[int, Tables]] = []
    for manifest in list_releases(folder) if folder.is_dir() else []:
        has_all = all(manifest.file_of(name) is not None for name in NAMES)
        if manifest.schema_version == SCHEMA_VERSION and has_all:
            release = open_release(folder, manifest.number)
            found.append((manifest.number, {name: release.table(name) for name in NAMES}))
    return found


def renewed(
    fresh: Tables, earlier: Sequence[tuple[int, Tables]], thresholds: Mapping[str, int]
) -> dict[str, pl.DataFrame]:
    """Give the programme tables of a new release, given those it was counted to and those of earlier ones."""
    if not earlier:
        return dict(fresh)
    small = {name: _small_changes(name, fresh, earlier, thresholds) for name in SPLITS}
    of_england = small["programme_figures"].filter(pl.col("region").is_null())
    waiting = of_england.filter(pl.col("figure").is_in(MAIN)).select(OWN).unique()
    tables = dict(fresh) | {name: _hidden(fresh[name], small[name], SPLITS[name]) for name in SPLITS}
    return _standing(tables, waiting, earlier[-1]) if waiting.height else tables


@dataclass(frozen=True)
class Split:
    """A table that splits totals: its key, the column counted, what one total is of, and the column it is split by."""

    key: tuple[str, ...]
    count: str
    total: tuple[str, ...]
    by: str = ""
    also: tuple[str, ...] = ()


OWN: Final = ("conversation", "programme")
SPLITS: Final[Mapping[str, Split]] = {
    "programme_figures": Split((*OWN, "region", "figure"), "count", (*OWN, "figure"), "region"),
    "programme_roles": Split((*OWN, "role"), "attended", OWN, "role"),
    "programme_confidence": Split(OWN, "answered", OWN, also=("confident", "confident_band")),
}


def _small_changes(
    name: str, fresh: Tables, earlier: Sequence[tuple[int, Tables]], thresholds: Mapping[str, int]
) -> pl.DataFrame:
    """Give the keys of rows that are shown and differ by 1 to k-1 from what some earlier release showed."""
    split = SPLITS[name]
    counts = [split.count, *(["confident"] if "confident" in split.also else [])]
    known = [tables[name].filter(~pl.col("is_hidden")).select(*split.key, *counts) for _, tables in earlier]
    before = pl.concat(known).unique().rename({count: f"{count} before" for count in counts})
    k = pl.col("conversation").replace_strict(thresholds, return_dtype=pl.Int64)
    both = fresh[name].filter(~pl.col("is_hidden")).join(before, on=split.key, nulls_equal=True)
    changes = [(pl.col(count) - pl.col(f"{count} before")).abs() for count in counts]
    is_small = pl.any_horizontal([((change > 0) & (change < k)).fill_null(value=False) for change in changes])
    return both.filter(is_small).select(split.key).unique()


def _hidden(table: pl.DataFrame, cells: pl.DataFrame, split: Split) -> pl.DataFrame:
    """Hide cells of a table and what would give them away: the parts of a total, or one part beside another."""
    flags = cells.with_columns(is_changed=pl.lit(value=True))
    marked = table.join(flags, on=split.key, how="left", nulls_equal=True, maintain_order="left").with_columns(
        pl.col("is_changed").fill_null(value=False)
    )
    hide = pl.col("is_hidden") | pl.col("is_changed")
    if split.by:
        is_part, someone = pl.col(split.by).is_not_null(), pl.col(split.count) > 0
        of_total = (pl.col("is_changed") & ~is_part).any().over(split.total)
        marked = marked.with_columns(hide=hide | (of_total & is_part & someone))
        shown = pl.when(is_part & ~pl.col("hide") & someone).then(pl.col(split.count))
        alone = ((pl.col("hide") & is_part).sum() == 1).over(split.total)
        changed = (pl.col("is_changed") & is_part).any().over(split.total)
        hide = pl.col("hide") | (alone & changed & (shown == shown.min().over(split.total)).fill_null(value=False))
    return marked.with_columns(is_hidden=hide).select(
        pl.when(~pl.col("is_hidden")).then(pl.col(name)).alias(name) if name in (split.count, *split.also) else name
        for name in table.columns
    )


def _standing(tables: Tables, waiting: pl.DataFrame, last: tuple[int, Tables]) -> dict[str, pl.DataFrame]:
    """Put the figures of the newest earlier release in place of those that wait."""
    number, before = last
    answer = {}
    for name in NAMES:
        kept = tables[name].join(waiting, on=OWN, how="anti")
        old = before[name].join(waiting, on=OWN, how="semi")
        if name == "programmes":
            old = old.with_columns(pl.col("figures_of_release").fill_null(number))
        answer[name] = pl.concat([kept, old]).sort(_keys(name), nulls_last=False)
    return answer


def _keys(name: str) -> list[str]:
    return list(next(table.key for table in PROGRAMME_TABLES if table.name == name))
