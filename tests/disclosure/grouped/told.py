"""What a protection would publish, as the intruder's statements, with the truth beside for the test alone."""

from __future__ import annotations

from data_access.attack.published import Statement
from data_access.disclosure.model import TOTAL
from data_access.disclosure.protection import Protection
from data_access.reference.lattice import Lattice


def told(protection: Protection, lattice: Lattice) -> tuple[list[Statement], dict[Statement, tuple[int, bool]]]:
    """Give statements, and for each hidden one its true count and whether it is small."""
    names = [partition.name for partition in lattice.partitions]
    bands = {family.name for family in lattice.families if family.shows_band}
    statements: list[Statement] = []
    truth: dict[Statement, tuple[int, bool]] = {}
    for place, row in enumerate(protection.system.labels.iter_rows(named=True)):
        is_hidden = bool(protection.is_hidden[place])
        value = int(protection.system.value[place])
        is_told = not is_hidden and (row["family"] not in bands or row["table"] == TOTAL)
        said = Statement(
            source="made up",
            time=0,
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
