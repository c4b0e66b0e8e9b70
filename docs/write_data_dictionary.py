"""Write docs/data-dictionary.md from the tables a release promises; with --check, only compare."""

from __future__ import annotations

import sys
from pathlib import Path

from data_access.frames import TABLES, Table

TARGET = Path(__file__).with_name("data-dictionary.md")


def section(table: Table) -> list[str]:
    """Give one table's part of the document."""
    lines = [f"## `{table.name}`", "", table.about, ""]
    if table.unit:
        lines += [f"The threshold counts: {table.unit}.", ""]
    lines += ["| column | type | part | meaning |", "|---|---|---|---|"]
    for name, kind in table.columns.items():
        part = "key" if name in table.key else "measure" if name in table.measures else ""
        lines.append(f"| `{name}` | {kind} | {part} | {table.notes.get(name, '')} |")
    return [*lines, ""]


def document() -> str:
    """Give the whole document."""
    head = [
        "# Data dictionary",
        "",
        "The tables of a release, one Parquet file each. Hidden measures are null and `is_hidden` is true; on",
        "screen and in files they are written `[c]`. Print any table with `lookforward cells TABLE`.",
        "",
        "This page is written by `python docs/write_data_dictionary.py`.",
        "",
    ]
    return "\n".join(head + [line for table in TABLES for line in section(table)])


if __name__ == "__main__":
    text = document()
    if "--check" in sys.argv:
        if TARGET.read_text() != text:
            sys.exit(f"{TARGET.name} is out of date: run python docs/{Path(__file__).name}")
    else:
        TARGET.write_text(text)
