"""What was said: every count of people in release folders and exported files, as statements.

A table is understood from its own columns: those that name a place or a group divide people, one of element,
theme, week or idea is a slice of them, `participants` is how many (for one idea: `voters`). Nothing else is
asked of a release; its manifest is read for the threshold and its tables' names.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

DIVISIONS = ("region", "icb", "staff_group", "participant_type")
SLICES = ("idea", "theme", "week", "element")  # a theme names its element too: the first that is there counts
HIDDEN = ("[c]", "")


@dataclass(frozen=True)
class Statement:
    """One published place of a count. `people` is None where it is not given; `is_hidden` where it is hidden,
    which a table of bands does not say of every count it does not give.

    `source` is a release or a file; `time` orders what was published; `where` gives the divisions it names.
    """

    source: str
    time: int
    conversation: str
    table: str
    family: str
    slice: str
    where: tuple[tuple[str, str], ...]
    people: int | None
    is_hidden: bool


@dataclass(frozen=True)
class Published:
    """Everything an attacker holds: statements, and the threshold each conversation is said to have."""

    statements: tuple[Statement, ...]
    thresholds: dict[str, int]


def published(releases: Sequence[Path], exports: Sequence[Path] = ()) -> Published:
    """Read release folders, in the order given, and exported CSV files (taken to belong to the last of them)."""
    statements: list[Statement] = []
    thresholds: dict[str, int] = {}
    for time, folder in enumerate(releases):
        thresholds |= json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["thresholds"]
        for file in sorted(folder.glob("*.parquet")):
            statements += _statements(pl.read_parquet(file), folder.name, time, file.stem)
    for file in exports:
        frame = pl.read_csv(file, infer_schema=False).fill_null("")
        plain = frame.rename({name: name.strip().lower().replace(" ", "_") for name in frame.columns})
        statements += _statements(plain, file.name, max(0, len(releases) - 1), file.stem)
    return Published(tuple(statements), thresholds)


def _statements(frame: pl.DataFrame, source: str, time: int, table: str) -> Iterator[Statement]:
    slices = [name for name in SLICES if name in frame.columns]
    divisions = [name for name in DIVISIONS if name in frame.columns]
    if "conversation" not in frame.columns or (len(slices) > 1 and not divisions):
        slices = slices[:1]
    if table == "totals" and {"measure", "count"} <= set(frame.columns):
        frame = frame.filter(pl.col("measure") == "participants").rename({"count": "participants"})
    elif not slices and not divisions:
        return
    family = slices[0] if slices else "everyone"
    counted = "participants" if "participants" in frame.columns else "voters"
    is_band = "agree_band" in frame.columns and counted not in frame.columns
    if "conversation" not in frame.columns or (counted not in frame.columns and not is_band):
        return
    if family == "idea" and not divisions and table != "votes_by_idea":
        return
    for row in frame.iter_rows(named=True):
        people = None if is_band else _people(row[counted], str(row.get("is_hidden", "")))
        yield Statement(
            source=source,
            time=time,
            conversation=str(row["conversation"]),
            table=table,
            family=family,
            slice=str(row[slices[0]]) if slices else "",
            where=tuple((name, str(row[name])) for name in divisions),
            people=people,
            is_hidden=people is None and (not is_band or str(row["is_hidden"]).lower() == "true"),
        )


def _people(value: object, is_hidden: str) -> int | None:
    if value is None or is_hidden.lower() == "true" or str(value).strip() in HIDDEN:
        return None
    return int(str(value).replace(",", ""))


def conversations(statements: Iterable[Statement]) -> list[str]:
    """Name the conversations with any division of people, sorted."""
    return sorted({statement.conversation for statement in statements if statement.where})
