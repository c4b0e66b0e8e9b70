"""A new grouped release beside all earlier ones: what a cell grew by since is a cell too, and never published.

A release safe today and one safe tomorrow are not safe together: subtracting them gives the few people who came in
between. So earlier releases join the system with everything they showed locked, and the growth of every cell is an
always-hidden row that gets its worlds like any small cell.

Slices that are *carried* (closed weeks, and slices too little changed to be cut anew) keep what was published: their
cells in the new release are sums of the earlier release's variables.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import numpy as np
import polars as pl

from data_access.disclosure.model import TOTAL, System
from data_access.disclosure.rows import Ints, Rows, rows_from, stacked

Slice = tuple[str, str]  # family, slice
Flags = np.ndarray[tuple[int], np.dtype[np.bool_]]


def joined(
    earlier: System | None, now: System, *, carried: Collection[Slice] = (), without_counts: Collection[str] = ()
) -> System:
    """Join a release that is being made with the earlier ones; the new one's `release` is 0.

    `earlier` carries its releases' numbers and what they hid (`proofs.earlier_system`); in `now` the `carried`
    slices hold the people they held then. Families `without_counts` publish bands only and have no growth to hide;
    neither have totals of slices, which are public at any time.
    """
    if earlier is None:
        return now
    start = len(earlier.truth)
    place = _places(earlier, now, carried)
    kept = place >= start
    own = _kept_hidden(earlier, now, carried)
    compared = _compared(earlier, now, carried, without_counts)
    growth, labels = _growth(earlier, now, compared, place)
    truth = np.concatenate([earlier.truth, now.truth[kept]])
    links = stacked([earlier.links, _moved(now.links, place), _steps(earlier, now, place, without_counts)])
    cells = stacked([earlier.cells, _moved(now.cells, place), growth])
    none = np.zeros(growth.height, np.bool_)
    return System(
        truth=truth,
        variables=pl.concat([earlier.variables, now.variables.filter(pl.Series(kept))]),
        labels=pl.concat([earlier.labels, now.labels, labels]),
        cells=cells,
        value=cells.times(truth),
        links=links,
        floor=np.concatenate([earlier.floor, np.minimum(0, links.times(truth)[earlier.links.height :])]),
        weight=np.concatenate([earlier.weight, now.weight, np.ones(growth.height)]),
        is_locked=np.concatenate([~earlier.is_hidden_before, own.is_locked, none]),
        is_increment=np.concatenate([earlier.is_increment, now.is_increment, ~none]),
        is_hidden_before=np.concatenate([earlier.is_hidden_before, own.is_hidden_before, none]),
        is_margin=np.concatenate([earlier.is_margin, now.is_margin, none]),
    )


def as_earlier(system: System, number: int, is_hidden: Flags) -> System:
    """Give a published system as later releases see it: its newest release numbered, all it hid hidden for good."""
    numbered = pl.col("release").replace(0, number)
    return replace(
        system,
        variables=system.variables.with_columns(numbered),
        labels=system.labels.with_columns(numbered),
        is_hidden_before=is_hidden,
    )


def _is_carried(frame: pl.DataFrame, carried: Collection[Slice]) -> Flags:
    pairs = set(carried)
    return np.array([pair in pairs for pair in frame.select("family", "slice").rows()], dtype=np.bool_)


def _places(earlier: System, now: System, carried: Collection[Slice]) -> Ints:
    """Give each variable of the new release its place in the joined system, -1 for carried ones nobody was in."""
    names = [name for name in now.variables.columns if name not in ("release", "variable")]
    latest = dict(zip(earlier.variables.select(names).rows(), range(len(earlier.truth)), strict=True))
    is_carried = _is_carried(now.variables, carried)
    fresh = len(earlier.truth) + np.cumsum(~is_carried) - 1
    keys = now.variables.select(names).rows()
    old = np.array([latest.get(key, -1) for key in keys], dtype=np.int64)
    return np.where(is_carried, old, fresh).astype(np.int64)


def _moved(rows: Rows, place: Ints) -> Rows:
    column = place[rows.column]
    kept = column >= 0
    return Rows(rows.row[kept], column[kept], rows.coefficient[kept], rows.height)


def _kept_hidden(earlier: System, now: System, carried: Collection[Slice]) -> System:
    """Give the new release with the pattern of carried slices as it was."""
    names = [name for name in now.labels.columns if name != "release"]
    own = ~earlier.is_increment
    hidden = dict(
        zip(earlier.labels.filter(pl.Series(own)).select(names).rows(), earlier.is_hidden_before[own], strict=True)
    )
    is_carried = _is_carried(now.labels, carried)
    before = np.array([bool(hidden.get(key, False)) for key in now.labels.select(names).rows()], dtype=np.bool_)
    return replace(
        now,
        is_locked=np.where(is_carried, ~before, now.is_locked),
        is_hidden_before=np.where(is_carried, before, False),
    )


def _compared(
    earlier: System, now: System, carried: Collection[Slice], without_counts: Collection[str]
) -> pl.DataFrame:
    """Pair every cell with itself in each earlier release: `before` and `now` are their rows."""
    keys = [name for name in now.labels.columns if name != "release"]
    is_counted = (pl.col("table") != TOTAL) & ~pl.col("family").is_in(list(without_counts))
    left = earlier.labels.with_row_index("before").filter(pl.Series(~earlier.is_increment)).filter(is_counted)
    right = now.labels.with_row_index("now").filter(pl.Series(~_is_carried(now.labels, carried))).drop("release")
    return left.join(right, on=keys, nulls_equal=True).sort("before").with_row_index("row")


def _growth(earlier: System, now: System, pairs: pl.DataFrame, place: Ints) -> tuple[Rows, pl.DataFrame]:
    """Give now minus before for every pair."""
    minus = _copied(earlier.cells, dict(zip(pairs["before"], pairs["row"], strict=False)), -1)
    first = pairs.group_by("now", maintain_order=True).agg("row")
    plus = [
        _copied(_moved(now.cells, place), dict(zip(layer["now"], layer["row"], strict=True)), 1)
        for layer in _layers(first)
    ]
    triples = [np.concatenate(part) for part in zip(minus, *plus, strict=True)]
    return rows_from(triples[0], triples[1], triples[2], pairs.height), pairs.select(now.labels.columns)


def _layers(grouped: pl.DataFrame) -> list[pl.DataFrame]:
    """Part pairs so that a cell occurs once in each layer: one layer an earlier release."""
    deepest = int(grouped["row"].list.len().max() or 0)  # type: ignore[arg-type]
    return [
        grouped.select("now", pl.col("row").list.get(at, null_on_oob=True)).drop_nulls("row") for at in range(deepest)
    ]


def _copied(rows: Rows, place: dict[int, int], sign: int) -> tuple[Ints, Ints, Ints]:
    new = np.array([place.get(row, -1) for row in range(rows.height)], dtype=np.int64)
    kept = new[rows.row] >= 0
    return new[rows.row][kept], rows.column[kept], sign * rows.coefficient[kept]


def _steps(earlier: System, now: System, place: Ints, without_counts: Collection[str]) -> Rows:
    """Give now minus before: people come, and leave no faster than they did.

    Held wherever the earlier release counted people: in finer divisions it said nothing. Where only bands were
    published, nothing is held against them.
    """
    apart = ("release", "variable")
    fresh = now.variables.drop(apart).with_columns(column=place).filter(pl.col("column") >= len(earlier.truth))
    before = earlier.variables.drop("variable").with_row_index("column").with_columns(pl.col("column").cast(pl.Int64))
    told = before.filter(~pl.col("family").is_in(list(without_counts)))
    parts = [rows_from([], [], [], 0)]
    for (release, family), own in told.partition_by("release", "family", as_dict=True).items():
        for division in _divisions(earlier.labels, release, family):
            by = ["slice", *division]
            parts.append(_no_fewer(own.select("column", *by), fresh.filter(pl.col("family") == family), by))
    return stacked(parts)


def _divisions(labels: pl.DataFrame, release: object, family: object) -> list[list[str]]:
    """Name the partitions that each table of a release cut a family by."""
    own = labels.filter((pl.col("release") == release) & (pl.col("family") == family))
    names = [name for name in own.columns if name not in ("release", "table", "family", "slice")]
    cut = own.partition_by("table", maintain_order=True)
    return [[name for name in names if table[name].null_count() < table.height] for table in cut]


def _no_fewer(before: pl.DataFrame, now: pl.DataFrame, by: list[str]) -> Rows:
    """Give the sum of now less that of before wherever both have anybody to count."""
    both = before.select(by).unique().join(now.select(by), on=by, how="semi", nulls_equal=True)
    places = both.sort(by).with_row_index("row")
    signed = [(before, -1), (now, 1)]
    triples = pl.concat(
        frame.select("column", *by).join(places, on=by, nulls_equal=True).select("row", "column", value=pl.lit(sign))
        for frame, sign in signed
    )
    return rows_from(triples["row"].to_numpy(), triples["column"].to_numpy(), triples["value"].to_numpy(), both.height)
