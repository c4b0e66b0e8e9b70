"""One kind of job a file, found by walking this folder: a new kind is one new file.

A module without a leading underscore holds `KIND`, a `Kind` record.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from dashboard.worker.kind import Kind


@cache
def kinds() -> dict[str, Kind]:
    """Give every kind of job by its name; two of one name are a fault: `ValueError`."""
    names = sorted(found.name for found in iter_modules(__path__) if not found.name.startswith("_"))
    records: list[Kind] = [import_module(f"{__name__}.{name}").KIND for name in names]
    known = {record.name: record for record in records}
    if len(known) != len(records):
        raise ValueError("two kinds of job have one name")
    return known
