"""One file an adapter, found by walking this folder: a new source is one new file.

A module without a leading underscore holds `ADAPTER`, an `Adapter` record.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from data_access.importing.bundle import Adapter
from data_access.problems import NothingThere


@cache
def adapters() -> dict[str, Adapter]:
    """Give every adapter by its name, in the order of the names."""
    names = sorted(found.name for found in iter_modules(__path__) if not found.name.startswith("_"))
    records: list[Adapter] = [import_module(f"{__name__}.{name}").ADAPTER for name in names]
    return {record.name: record for record in records}


def adapter_named(name: str) -> Adapter:
    """Give the adapter of that name; raises `NothingThere` naming those there are."""
    if name not in adapters():
        raise NothingThere(f"There is no adapter '{name}'. Adapters: {', '.join(adapters())}.")
    return adapters()[name]
