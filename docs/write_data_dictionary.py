"""Write docs/data-dictionary.md from the tables a release promises; with --check, only compare."""

from __future__ import annotations

import sys
from pathlib import Path

from dashboard.metrics.idea_lineage import METRIC as LINEAGE
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


# What a column of the lineage export is taken from.
LINEAGE_FROM = {
    "statement_id": "`idea` of `idea_origins`",
    "created_at": "`posted_week`: the Monday of a closed week, ISO; `[x]` while it is open or few took part",
    "statement_text": "`texts`, title and text; `[z]` unless the idea stands and its wording may be shown",
    "moderation_status": "`state` of `lineage`: live, merged, split, removed, not shown",
    "is_seed": "yes or no",
    "themes": "codes of `idea_themes` joined by a vertical bar",
    "reject_reason": "the moderators' own reason, from their list, of what is removed now",
    "reject_note": "'kept in the vault' where a moderator left a note; the note itself is never released",
    "edited_from_statement_id": "`edited_from`: of a part, the idea that was split",
    "replaced_by_statement_ids": "`replaced_by`: what it was merged into, or its parts, joined by a vertical bar",
}


def lineage() -> list[str]:
    """Give the part of the document on the lineage export."""
    lines = ["## The lineage export", "", "`lookforward lineage` and the Method page give, from the tables above, one"]
    lines += ["row an idea; `[z]` is not applicable. Nothing of what was removed is worded in it.", ""]
    lines += ["| column | meaning |", "|---|---|"]
    return [*lines, *(f"| `{column.name}` | {LINEAGE_FROM[column.name]} |" for column in LINEAGE.columns), ""]


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
    return "\n".join(head + [line for table in TABLES for line in section(table)] + lineage())


if __name__ == "__main__":
    text = document()
    if "--check" in sys.argv:
        if TARGET.read_text() != text:
            sys.exit(f"{TARGET.name} is out of date: run python docs/{Path(__file__).name}")
    else:
        TARGET.write_text(text)
