"""Several grouped releases at once: what a cell grew by between two of them is a cell too, and never published.

A release safe today and one safe tomorrow are not safe together: subtracting them gives the few people who came in
between. So earlier releases join the system with everything they showed locked, and the growth of every cell is an
always-hidden row that gets its worlds like any small cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import polars as pl

from data_access.disclosure.model import TOTAL, System
from data_access.disclosure.rows import Rows, rows_from, stacked


def joined(earlier: Sequence[System], now: System) -> System:
    """Join a release that is being made with the earlier ones, oldest first; the new one's `release` is 0.

    Earlier systems carry their releases' numbers, with what they hid in `is_hidden_before`. Growth rows are
    marked by the earlier release's number; totals of slices, which are public at any time, have none.
    """
    if not earlier:
        return now
    systems = [*earlier, now]
    starts = np.cumsum([0, *(len(system.truth) for system in systems)])
    truth = np.concatenate([system.truth for system in systems])
    growth = [_growth(system, now, int(starts[place]), int(starts[-2])) for place, system in enumerate(earlier)]
    steps = [_steps(system, now, int(starts[place]), int(starts[-2])) for place, system in enumerate(earlier)]
    cells = stacked(
        [*(_shifted(s.cells, int(starts[i])) for i, s in enumerate(systems)), *(rows for rows, _ in growth)]
    )
    labels = pl.concat([*(system.labels for system in systems), *(labels for _, labels in growth)])
    own, grown = cells.height - sum(rows.height for rows, _ in growth), sum(rows.height for rows, _ in growth)
    step_floor = [np.minimum(0, rows.times(truth)) for rows in steps]
    return System(
        truth=truth,
        variables=pl.concat([system.variables for system in systems]),
        labels=labels,
        cells=cells,
        value=cells.times(truth),
        links=stacked([*(_shifted(s.links, int(starts[i])) for i, s in enumerate(systems)), *steps]),
        floor=np.concatenate([*(system.floor for system in systems), *step_floor]),
        weight=np.concatenate([*(system.weight for system in systems), np.ones(grown)]),
        is_locked=np.concatenate([*(_locked(system) for system in earlier), now.is_locked, np.zeros(grown, np.bool_)]),
        is_increment=np.concatenate([np.zeros(own, np.bool_), np.ones(grown, np.bool_)]),
        is_hidden_before=np.concatenate([*(s.is_hidden_before for s in systems), np.zeros(grown, np.bool_)]),
        is_margin=np.concatenate([*(system.is_margin for system in systems), np.zeros(grown, np.bool_)]),
    )


def as_earlier(system: System, number: int, is_hidden: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> System:
    """Give a published system as later releases see it: numbered, and hidden for good where it was hidden."""
    return replace(
        system,
        variables=system.variables.with_columns(pl.lit(number, dtype=pl.Int64).alias("release")),
        labels=system.labels.with_columns(pl.lit(number, dtype=pl.Int64).alias("release")),
        is_hidden_before=is_hidden,
    )


def _locked(system: System) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    answer: np.ndarray[tuple[int], np.dtype[np.bool_]] = ~system.is_hidden_before
    return answer


def _shifted(rows: Rows, start: int) -> Rows:
    return replace(rows, column=rows.column + start)


def _growth(before: System, now: System, start: int, now_start: int) -> tuple[Rows, pl.DataFrame]:
    """Give now minus before for every cell both have."""
    keys = [name for name in now.labels.columns if name != "release"]
    left = before.labels.with_row_index("before").filter(pl.col("table") != TOTAL)
    right = now.labels.with_row_index("now").drop("release")
    pairs = left.join(right, on=keys, nulls_equal=True).sort("before").with_row_index("row")
    minus = _copied(before.cells, dict(zip(pairs["before"], pairs["row"], strict=True)), start, -1)
    plus = _copied(now.cells, dict(zip(pairs["now"], pairs["row"], strict=True)), now_start, 1)
    triples = [np.concatenate(part) for part in zip(minus, plus, strict=True)]
    return rows_from(triples[0], triples[1], triples[2], pairs.height), pairs.select(now.labels.columns)


def _copied(rows: Rows, place: dict[int, int], start: int, sign: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    new = np.array([place.get(row, -1) for row in range(rows.height)], dtype=np.int64)
    kept = new[rows.row] >= 0
    return new[rows.row][kept], rows.column[kept] + start, sign * rows.coefficient[kept]


def _steps(before: System, now: System, start: int, now_start: int) -> Rows:
    """Give now minus before for every variable both have: people come, and leave no faster than they did."""
    keys = [name for name in now.variables.columns if name not in ("release", "variable")]
    left = before.variables.drop("release", "variable").with_row_index("before")
    right = now.variables.drop("release", "variable").with_row_index("now")
    pairs = left.join(right, on=keys, nulls_equal=True).sort("before")
    row = np.arange(pairs.height, dtype=np.int64)
    return rows_from(
        np.concatenate([row, row]),
        np.concatenate([pairs["before"].to_numpy() + start, pairs["now"].to_numpy() + now_start]),
        np.concatenate([-np.ones(pairs.height, np.int64), np.ones(pairs.height, np.int64)]),
        pairs.height,
    )
