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
from data_access.disclosure.protection import Protection
from data_access.disclosure.rows import Ints, Rows, rows_from

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
    """Give a published release, without the earlier ones it was joined with, as later ones see it."""
    mine = frames["variables"].with_row_index("place").filter(pl.col("release") == 0)
    own = frames["cells"].with_row_index("place").filter((pl.col("release") == 0) & ~pl.col("is_increment"))
    cells = _restricted(frames["sums"], "cell", own["place"].to_numpy(), mine["place"].to_numpy())
    links, kept = _own_links(frames["links"], frames["floors"].height, mine["place"].to_numpy())
    labels = own.select([name for name in own.columns if name not in ("place", *_MARKS)])
    system = System(
        truth=mine["truth"].to_numpy(),
        variables=mine.drop("place", "truth"),
        labels=labels,
        cells=cells,
        value=own["value"].to_numpy(),
        links=links,
        floor=frames["floors"]["floor"].to_numpy()[kept],
        weight=own["weight"].to_numpy(),
        is_locked=own["is_locked"].to_numpy(),
        is_increment=np.zeros(own.height, dtype=np.bool_),
        is_hidden_before=np.zeros(own.height, dtype=np.bool_),
        is_margin=own["is_margin"].to_numpy(),
    )
    return as_earlier(system, number, own["is_hidden"].to_numpy())


_MARKS = ("value", "is_hidden", "is_small", "is_increment", "is_locked", "is_margin", "weight")


def _terms(rows: Rows, name: str) -> pl.DataFrame:
    return pl.DataFrame({name: rows.row, "variable": rows.column, "coefficient": rows.coefficient})


def _pairs(frame: pl.DataFrame, name: str, height: int) -> list[list[tuple[int, int]]]:
    answer: list[list[tuple[int, int]]] = [[] for _ in range(height)]
    for row, variable, coefficient in frame.select(name, "variable", "coefficient").rows():
        answer[row].append((variable, coefficient))
    return answer


def _restricted(frame: pl.DataFrame, name: str, rows: Ints, variables: Ints) -> Rows:
    row_place = {int(row): place for place, row in enumerate(rows)}
    place_of = {int(variable): place for place, variable in enumerate(variables)}
    triples = [
        (row_place[row], place_of[variable], coefficient)
        for row, variable, coefficient in frame.select(name, "variable", "coefficient").rows()
        if row in row_place
    ]
    columns = list(zip(*triples, strict=True)) or [(), (), ()]
    return rows_from(columns[0], columns[1], columns[2], len(rows))


def _own_links(frame: pl.DataFrame, height: int, variables: Ints) -> tuple[Rows, Ints]:
    """Give the links among these variables alone, and their places."""
    inside = set(variables.tolist())
    foreign = {row for row, variable in frame.select("link", "variable").rows() if variable not in inside}
    kept = np.array([row for row in range(height) if row not in foreign], dtype=np.int64)
    return _restricted(frame, "link", kept, variables), kept
