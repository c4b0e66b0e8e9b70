"""What a protection would publish, as the intruder's statements, with the truth beside for the test alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from data_access.attack.published import Statement
from data_access.disclosure.model import TOTAL
from data_access.disclosure.protection import Protection
from data_access.reference.lattice import Lattice


def told(protection: Protection, lattice: Lattice) -> tuple[list[Statement], dict[Statement, tuple[int, bool]]]:
    """Give statements of all releases, and for each hidden one its true count and whether it is small."""
    numbers = sorted(set(protection.system.labels["release"]), key=lambda number: number or 10**6)
    names = [partition.name for partition in lattice.partitions]
    bands = {family.name for family in lattice.families if family.shows_band}
    statements: list[Statement] = []
    truth: dict[Statement, tuple[int, bool]] = {}
    for place, row in enumerate(protection.system.labels.iter_rows(named=True)):
        if protection.system.is_increment[place]:
            continue
        is_hidden = bool(protection.is_hidden[place])
        value = int(protection.system.value[place])
        is_told = not is_hidden and (row["family"] not in bands or row["table"] == TOTAL)
        said = Statement(
            source="made up",
            time=numbers.index(row["release"]),
            conversation="talk",
            table=row["table"],
            family=row["family"],
            slice=row["slice"],
            where=tuple((name, row[name]) for name in names if row[name] is not None),
            people=value if is_told else None,
            is_hidden=is_hidden,
        )
        statements.append(said)
        if is_hidden:
            truth[said] = (value, bool(protection.is_small[place]))
    return statements, truth


def truth_of(
    proof: Mapping[str, pl.DataFrame], statements: Sequence[Statement], time: int = 0
) -> dict[Statement, tuple[int, bool]]:
    """Give the true count of every hidden one that was said at a time, and whether it is small."""
    names = ("table", "slice", "region", "icb", "staff_group", "participant_type")
    own = proof["cells"].filter((pl.col("release") == 0) & ~pl.col("is_increment"))
    known = {tuple(key): (value, small) for *key, value, small in own.select(*names, "value", "is_small").rows()}
    answer = {}
    for said in statements:
        if said.is_hidden and said.where and said.time == time:
            where = dict(said.where)
            answer[said] = known[(said.table, said.slice, *(where.get(name) for name in names[2:]))]
    return answer
