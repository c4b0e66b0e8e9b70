"""Lattices of a few tables over regions, boards and staff groups, for people that fit on a page."""

from __future__ import annotations

from collections.abc import Collection

from data_access.reference.lattice import Lattice, lattice_from

_HEAD = """
version = 1
known_records = 0
widen_covers_up_to = 0.0
[partitions.region]
title = "Region"
[partitions.icb]
title = "Board"
within = "region"
[partitions.staff_group]
title = "Staff group"
[families.everyone]
title = "Everybody"
[families.element]
title = "Element"
covers = true
[bands]
bounds = [0, 50, 100]
"""


def small_lattice(*names: str, at_the_close: Collection[str] = ()) -> Lattice:
    """Give a lattice of these tables: region, icb, staff_group, both (region and staff group), region_by_element."""
    by = {"both": ["region", "staff_group"], "region_by_element": ["region"]}
    tables = [
        f'[[tables]]\nname = "{name}"\nfamily = "{"element" if name.endswith("element") else "everyone"}"\n'
        f"by = {by.get(name, [name])}\nat_the_close = {str(name in at_the_close).lower()}\n"
        for name in names
    ]
    return lattice_from(_HEAD + "".join(tables))
