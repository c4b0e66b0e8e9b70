"""The proof of a grouped release as plain tables: what the checker needs, and what later releases are joined with.

variables  release, family, slice, partitions, truth
cells      release, table, family, slice, partitions, value, is_hidden, is_small, is_increment, weight,
           is_locked, is_margin
sums       cell, variable, coefficient          links  link, variable, coefficient
floors     floor                                worlds world, variable, change
rule       k, known_records, lattice
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import polars as pl

from data_access.disclosure.check import Proof
from data_access.disclosure.increments import as_earlier
from data_access.disclosure.model import System
from data_access.disclosure.protection import Protection, World
from data_access.disclosure.rows import Rows, rows_from

NAMES = ("variables", "cells", "sums", "links", "floors", "worlds", "rule")


def proof_frames(protection: Protection, lattice_version: int) -> dict[str, pl.DataFrame]:
    """Write a protection as tables."""
    system = protection.system
    worlds = [
        pl.DataFrame(
            {"world": np.full(len(world.variable), number), "variable": world.variable, "change": world.change}
        )
        for number, world in enumerate(protection.worlds)
    ]
    nothing = pl.DataFrame(schema={"world": pl.Int64, "variable": pl.Int64, "change": pl.Int64})
    return {
        "variables": system.variables.with_columns(pl.Series("truth", system.truth)),
        "cells": system.labels.with_columns(
            value=system.value,
            is_hidden=protection.is_hidden,
            is_small=protection.is_small,
            is_increment=system.is_increment,
            is_locked=system.is_locked,
            is_margin=system.is_margin,
            weight=system.weight,
        ),
        "sums": _terms(system.cells, "cell"),
        "links": _terms(system.links, "link"),
        "floors": pl.DataFrame({"floor": system.floor}),
        "worlds": pl.concat([nothing, *worlds]),
        "rule": pl.DataFrame(
            {"k": [protection.rule.k], "known_records": [protection.rule.known_records], "lattice": [lattice_version]}
        ),
    }


def proof_from(frames: Mapping[str, pl.DataFrame]) -> Proof:
    """Read the tables for the checker: plain lists, nothing taken on trust but the tables themselves."""
    cells, worlds = frames["cells"], frames["worlds"]
    changes: dict[int, dict[int, int]] = {}
    for world, variable, change in worlds.rows():
        changes.setdefault(world, {})[variable] = change
    return Proof(
        k=frames["rule"]["k"].item(),
        truth=frames["variables"]["truth"].to_list(),
        sums=_pairs(frames["sums"], "cell", cells.height),
        values=cells["value"].to_list(),
        is_shown=[not hidden for hidden in cells["is_hidden"]],
        is_small=cells["is_small"].to_list(),
        links=_pairs(frames["links"], "link", frames["floors"].height),
        floors=frames["floors"]["floor"].to_list(),
        worlds=[changes[world] for world in sorted(changes)],
    )


def earlier_system(frames: Mapping[str, pl.DataFrame], number: int) -> System:
    """Give a published release, with all earlier ones it was joined with, as later ones see it."""
    cells, variables = frames["cells"], frames["variables"]
    system = System(
        truth=variables["truth"].to_numpy(),
        variables=variables.drop("truth"),
        labels=cells.drop(*_MARKS),
        cells=_rows(frames["sums"], "cell", cells.height),
        value=cells["value"].to_numpy(),
        links=_rows(frames["links"], "link", frames["floors"].height),
        floor=frames["floors"]["floor"].to_numpy(),
        weight=cells["weight"].to_numpy(),
        is_locked=cells["is_locked"].to_numpy(),
        is_increment=cells["is_increment"].to_numpy(),
        is_hidden_before=np.zeros(cells.height, dtype=np.bool_),
        is_margin=cells["is_margin"].to_numpy(),
    )
    return as_earlier(system, number, cells["is_hidden"].to_numpy())


def worlds_of(frames: Mapping[str, pl.DataFrame]) -> list[World]:
    """Give the worlds of a proof, in order."""
    parts = frames["worlds"].partition_by("world", maintain_order=True) if frames["worlds"].height else []
    return [World(part["variable"].to_numpy(), part["change"].to_numpy()) for part in parts]


_MARKS = ("value", "is_hidden", "is_small", "is_increment", "is_locked", "is_margin", "weight")


def _terms(rows: Rows, name: str) -> pl.DataFrame:
    return pl.DataFrame({name: rows.row, "variable": rows.column, "coefficient": rows.coefficient})


def _pairs(frame: pl.DataFrame, name: str, height: int) -> list[list[tuple[int, int]]]:
    answer: list[list[tuple[int, int]]] = [[] for _ in range(height)]
    for row, variable, coefficient in frame.select(name, "variable", "coefficient").rows():
        answer[row].append((variable, coefficient))
    return answer


def _rows(frame: pl.DataFrame, name: str, height: int) -> Rows:
    return rows_from(frame[name].to_numpy(), frame["variable"].to_numpy(), frame["coefficient"].to_numpy(), height)
