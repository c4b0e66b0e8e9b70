"""Sparse rows of whole-number coefficients: the sums a release publishes, without a matrix library."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Rows:
    """`height` sums over the variables of a world, as (row, column, coefficient) triples sorted by row."""

    row: Ints
    column: Ints
    coefficient: Ints
    height: int

    def times(self, world: Ints) -> Ints:
        """Give the value of every sum in a world, exactly."""
        sums = np.concatenate([[0], np.cumsum(self.coefficient * world[self.column])])
        return np.asarray(np.diff(sums[self._starts]), dtype=np.int64)

    def only(self, rows: Ints) -> Rows:
        """Keep some rows, given in order."""
        place = np.full(self.height, -1, dtype=np.int64)
        place[rows] = np.arange(len(rows))
        kept = place[self.row] >= 0
        return Rows(place[self.row[kept]], self.column[kept], self.coefficient[kept], len(rows))

    @cached_property
    def _starts(self) -> Ints:
        """Where each row begins among the triples, and where the last one ends."""
        return np.searchsorted(self.row, np.arange(self.height + 1))


def rows_from(
    row: Sequence[int] | Ints, column: Sequence[int] | Ints, value: Sequence[int] | Ints, height: int
) -> Rows:
    """Make rows from triples in any order."""
    rows, columns, values = (np.asarray(part, dtype=np.int64) for part in (row, column, value))
    order = np.lexsort((columns, rows))
    return Rows(rows[order], columns[order], values[order], height)


def stacked(parts: Sequence[Rows]) -> Rows:
    """Put rows under one another."""
    offsets = np.cumsum([0, *(part.height for part in parts)])
    return Rows(
        np.concatenate([part.row + offset for part, offset in zip(parts, offsets, strict=False)]),
        np.concatenate([part.column for part in parts]),
        np.concatenate([part.coefficient for part in parts]),
        int(offsets[-1]),
    )
