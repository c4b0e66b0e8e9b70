"""One slice of a system by itself: the rest of the world stands still, and most covers need no more.

With everybody and the other slices fixed, the links of a slice become bounds of its variables, and a linear
programme of a few hundred variables answers what the whole system would need thousands for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from data_access.disclosure.model import System
from data_access.disclosure.protection import Flags
from data_access.disclosure.rows import Ints, Rows
from data_access.reference.lattice import EVERYONE


@dataclass(frozen=True)
class Part:
    """A system over some variables of a larger one; `variables`, `cells` and `links` are their places there."""

    system: System
    variables: Ints
    cells: Ints
    links: Ints
    place: Mapping[int, int]

    def widened(self, change: Ints, width: int) -> Ints:
        """Give a change of the part as a change of the larger system."""
        answer = np.zeros(width, dtype=np.int64)
        answer[self.variables] = change
        return answer


def part(system: System, variables: Ints) -> Part:
    """Cut out the system that only these variables may change in."""
    inside = np.zeros(len(system.truth), dtype=np.bool_)
    inside[variables] = True
    cells = np.unique(system.cells.row[inside[system.cells.column]])
    links = np.unique(system.links.row[inside[system.links.column]])
    still = np.where(inside, 0, system.truth)
    fixed = system.links.times(still)
    own = System(
        truth=system.truth[variables],
        variables=system.variables[variables],
        labels=system.labels[cells],
        cells=_cut(system.cells, cells, variables),
        value=system.value[cells],
        links=_cut(system.links, links, variables),
        floor=(system.floor - fixed)[links],
        weight=system.weight[cells],
        is_locked=system.is_locked[cells],
        is_increment=system.is_increment[cells],
        is_hidden_before=system.is_hidden_before[cells],
        is_margin=system.is_margin[cells],
    )
    return Part(own, variables, cells, links, {int(cell): place for place, cell in enumerate(cells)})


def parts_by_slice(system: System, *, over_time: bool = False) -> list[Part]:
    """Cut a system into the slices of its families, in order; everybody is in none of them.

    `over_time` keeps a slice of all releases together.
    """
    return _parts(system, ("family", "slice"), over_time=over_time)


def parts_by_family(system: System, *, over_time: bool = False) -> list[Part]:
    """Cut a system into its families, each with everybody of the same release, or of all of them."""
    return _parts(system, ("family",), over_time=over_time, with_everybody=True)


def _parts(system: System, by: tuple[str, ...], *, over_time: bool, with_everybody: bool = False) -> list[Part]:
    places: dict[tuple[object, ...], list[int]] = {}
    everybody: dict[object, list[int]] = {}
    releases = [0] * len(system.truth) if over_time else system.variables["release"].to_list()
    for place, (names, release, family) in enumerate(
        zip(system.variables.select(by).rows(), releases, system.variables["family"], strict=True)
    ):
        if family == EVERYONE:
            everybody.setdefault(release, []).append(place)
        else:
            places.setdefault((release, *names), []).append(place)
    return [
        part(system, np.array(sorted([*own, *(everybody[key[0]] if with_everybody else [])]), dtype=np.int64))
        for key, own in sorted(places.items())
    ]


def same_place(system: System, is_small: Flags) -> dict[int, list[int]]:
    """Give, for each small cell of everybody, the small cells of slices with the same partitions."""
    names = [name for name in system.labels.columns if name not in ("table", "family", "slice")]
    families = system.labels["family"].to_list()
    places: dict[tuple[object, ...], list[int]] = {}
    keys = system.labels.select(names).rows()
    for cell in np.flatnonzero(is_small & ~system.is_increment).tolist():
        places.setdefault(keys[cell], []).append(cell)
    return {
        cell: [other for other in places[keys[cell]] if families[other] != EVERYONE]
        for cell in np.flatnonzero(is_small & ~system.is_increment).tolist()
        if families[cell] == EVERYONE
    }


def _cut(rows: Rows, kept: Ints, variables: Ints) -> Rows:
    row_place = np.full(rows.height, -1, dtype=np.int64)
    row_place[kept] = np.arange(len(kept))
    width = max(int(rows.column.max(initial=0)), int(variables.max(initial=0))) + 1
    column_place = np.full(width, -1, dtype=np.int64)
    column_place[variables] = np.arange(len(variables))
    inside = (row_place[rows.row] >= 0) & (column_place[rows.column] >= 0)
    return Rows(row_place[rows.row[inside]], column_place[rows.column[inside]], rows.coefficient[inside], len(kept))
