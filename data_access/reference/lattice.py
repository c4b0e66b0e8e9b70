"""The lattice as declared in `data_access/reference/lattice.toml`: what a grouped release may cut, and how."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

EVERYONE = "everyone"


@dataclass(frozen=True)
class Partition:
    """A division of the participants: each belongs to exactly one label. `within` names the coarser one."""

    name: str
    title: str
    within: str = ""


@dataclass(frozen=True)
class Family:
    """Slices that overlap: one participant may be in several.

    `covers`: everyone is in at least one slice. `smallest_voters`: slices with fewer are not offered.
    `shows_band`: the release gives bands of shares, never counts.
    """

    name: str
    title: str
    covers: bool = False
    smallest_voters: int = 0
    shows_band: bool = False


@dataclass(frozen=True)
class GroupedTable:
    """One table of the lattice: every slice of a family, cut by partitions.

    `by` includes coarser levels (a board is always published with its region); `ways` does not count them.
    `at_the_close`: cut only once a conversation is over.
    """

    name: str
    family: str
    by: tuple[str, ...]
    ways: int
    at_the_close: bool = False

    @property
    def is_margin(self) -> bool:
        """Whether it cuts everybody one way only: the last thing to hide."""
        return self.family == EVERYONE and self.ways == 1


@dataclass(frozen=True)
class Lattice:
    """Everything a grouped release may publish."""

    version: int
    known_records: int
    widen_covers_up_to: float
    mean_while_running: float
    partitions: tuple[Partition, ...]
    families: tuple[Family, ...]
    tables: tuple[GroupedTable, ...]
    not_offered: Mapping[str, str]
    band_bounds: tuple[int, ...]

    def family(self, name: str) -> Family:
        """Give the family of that name; `KeyError` if there is none."""
        return {family.name: family for family in self.families}[name]

    def tables_of(self, family: str) -> tuple[GroupedTable, ...]:
        """Give the tables that cut a family."""
        return tuple(table for table in self.tables if table.family == family)

    def cut_now(self, *, is_over: bool) -> frozenset[str]:
        """Name the tables that are cut: all of them once a conversation is over."""
        return frozenset(table.name for table in self.tables if is_over or not table.at_the_close)

    def grain(self, family: str) -> tuple[str, ...]:
        """Name the partitions that any table of a family uses: the finest division worlds of it need.

        A partition no table of the family uses can be spread within each division in whatever way the
        links between slices ask for, so leaving it out loses nothing.
        """
        used = {name for table in self.tables_of(family) for name in table.by}
        return tuple(partition.name for partition in self.partitions if partition.name in used)


@cache
def lattice() -> Lattice:
    """Read the lattice of this version of the product.

    Raises `ValueError` naming the first table or partition that refers to something undeclared.
    """
    return lattice_from(files("data_access.reference").joinpath("lattice.toml").read_text(encoding="utf-8"))


def lattice_from(text: str) -> Lattice:
    """Read a lattice from the text of its file."""
    raw = tomllib.loads(text)
    partitions = tuple(
        Partition(name, entry["title"], entry.get("within", "")) for name, entry in raw["partitions"].items()
    )
    within = {partition.name: partition.within for partition in partitions}
    found = Lattice(
        version=raw["version"],
        known_records=raw["known_records"],
        widen_covers_up_to=raw["widen_covers_up_to"],
        mean_while_running=raw.get("mean_while_running", 0.0),
        partitions=partitions,
        families=tuple(_family(name, entry) for name, entry in raw["families"].items()),
        tables=tuple(
            GroupedTable(
                entry["name"],
                entry["family"],
                _with_coarser(entry["by"], within),
                len(entry["by"]),
                entry.get("at_the_close", False),
            )
            for entry in raw["tables"]
        ),
        not_offered={entry["name"]: entry["reason"] for entry in raw.get("not_offered", [])},
        band_bounds=tuple(raw["bands"]["bounds"]),
    )
    _check(found)
    return found


def _family(name: str, entry: Mapping[str, Any]) -> Family:
    return Family(
        name=name,
        title=entry["title"],
        covers=entry.get("covers", False),
        smallest_voters=entry.get("smallest_voters", 0),
        shows_band=entry.get("shows") == "band",
    )


def _with_coarser(by: list[str], within: Mapping[str, str]) -> tuple[str, ...]:
    """Put a partition's coarser level before it: a board is always published with its region."""
    answer: list[str] = []
    for name in by:
        coarser = within.get(name, "")
        answer += [coarser] if coarser and coarser not in by else []
        answer.append(name)
    return tuple(answer)


def _check(found: Lattice) -> None:
    partitions = {partition.name for partition in found.partitions}
    families = {family.name for family in found.families}
    if EVERYONE not in families:
        raise ValueError(f"the lattice declares no family '{EVERYONE}'")
    for partition in found.partitions:
        if partition.within and partition.within not in partitions:
            raise ValueError(f"lattice: {partition.name} lies within '{partition.within}', which is not declared")
    for table in found.tables:
        unknown = [name for name in table.by if name not in partitions]
        if table.family not in families or unknown:
            raise ValueError(f"lattice: table {table.name} refers to something that is not declared")
