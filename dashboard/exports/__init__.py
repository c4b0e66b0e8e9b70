"""From results to bytes, one medium a file; pure.

A medium is one file with `FORMAT`, its record, and `export(results)`, which gives the bytes of one or more
results of one visit; found by walking this folder. The same results give the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pkgutil import iter_modules
from typing import Final, Protocol, cast

from dashboard.exports import pack
from dashboard.exports._figure import is_drawn
from dashboard.exports._names import file_name, file_stem
from dashboard.exports._once import shared
from dashboard.exports._record import Format, Progress, silent
from dashboard.results import Result
from data_access.problems import NothingThere

__all__ = [
    "FORMATS", "Format", "Progress", "export", "file_name", "file_stem", "format_named", "formats_of", "shared",
    "silent",
]  # fmt: skip


_ORDER: Final = ("csv", "xlsx", "ods", "png", "svg", "pptx", "pdf", "html", "pack")


class ExportModule(Protocol):
    """What a file of this folder offers."""

    FORMAT: Format

    def export(self, results: Sequence[Result]) -> bytes:
        """Give the file of these results."""


def _found() -> dict[str, ExportModule]:
    names = sorted(found.name for found in iter_modules(__path__) if not found.name.startswith("_"))
    modules = [cast("ExportModule", import_module(f"{__name__}.{name}")) for name in names]
    return {module.FORMAT.key: module for module in sorted(modules, key=_place)}


def _place(module: ExportModule) -> tuple[int, str]:
    """Put formats in the order people look for them; one nobody has placed comes last."""
    key = module.FORMAT.key
    return (_ORDER.index(key) if key in _ORDER else len(_ORDER), key)


_MODULES: Final = _found()
FORMATS: Final[tuple[Format, ...]] = tuple(module.FORMAT for module in _MODULES.values())


def format_named(key: str) -> Format:
    """Give the format with that key; raises `NothingThere` naming those there are."""
    if key not in _MODULES:
        raise NothingThere(f"There is no format '{key}'. Formats: {', '.join(_MODULES)}.")
    return _MODULES[key].FORMAT


def formats_of(result: Result) -> tuple[Format, ...]:
    """Give the formats one result can be had in: pictures only of what is drawn."""
    return tuple(medium for medium in FORMATS if is_drawn(result) or not medium.is_picture)


def export(key: str, results: Sequence[Result], progress: Progress = silent) -> bytes:
    """Give the file of one or more results in a format; raises `NothingThere` for an unknown format.

    progress: called with what is being made, how many parts are done, and of how many; only the pack has parts.
    """
    medium = format_named(key)
    with shared():
        return pack.export(results, progress) if medium == pack.FORMAT else _MODULES[medium.key].export(results)
