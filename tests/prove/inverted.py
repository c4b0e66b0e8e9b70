"""Turning a Polis export round, as the exporter of 2024 did."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Final

ALL_FILES: Final = ("votes.csv", "comments.csv", "participants-votes.csv")


def inverted(folder: Path, names: Sequence[str]) -> None:
    """Turn the votes of those files of a folder round, in place; files that are not there are passed over."""
    for name in names:
        if not (folder / name).exists():
            continue
        text = (folder / name).read_text(encoding="utf-8")
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
        turned = [{key: _turned(name, key, cell) for key, cell in row.items()} for row in rows]
        if name == "comments.csv":
            turned = [row | {"agrees": row["disagrees"], "disagrees": row["agrees"]} for row in turned]
        with (folder / name).open("w", newline="", encoding="utf-8") as stream:
            writer = csv.DictWriter(stream, list(rows[0]))
            writer.writeheader()
            writer.writerows(turned)


def _turned(name: str, column: str, cell: str) -> str:
    is_vote = (name == "votes.csv" and column == "vote") or (name == "participants-votes.csv" and column.isdecimal())
    return str(-int(cell)) if is_vote and cell else cell
