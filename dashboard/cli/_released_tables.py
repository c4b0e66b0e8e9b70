"""Released wording and the coding frame as tables of the template: out in the form in which they come in.

Everything is taken from a release, so nothing leaves that a page does not show: no author, no time, no vote, and no
wording that is held back or withdrawn.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import polars as pl

from data_access.disclosure.personal_details import HELD_BACK
from data_access.importing.rejects import HARMLESS, tamed
from data_access.importing.template_tables import template_table
from data_access.releases.store import Release

NO_VALUE: Final = ""


def frame_tables(release: Release, conversation: str) -> dict[str, pl.DataFrame]:
    """Give every version of the coding frame: `themes`. Themes whose name or definition is held back are left out."""
    rows = release.table("coding_frame", conversation)
    is_held = pl.any_horizontal(pl.col("name", "definition").fill_null(NO_VALUE) == HELD_BACK)
    return {"themes": in_template(rows.filter(~is_held), "themes")}


def text_tables(release: Release, conversation: str) -> dict[str, pl.DataFrame]:
    """Give the wording of ideas, comments and feedback points that a release shows: one table of the template each.

    An idea without text of its own has its title for text, as the template asks for one. Tables without rows are
    left out.
    """
    texts = release.table("texts", conversation).filter(~pl.col("is_held_back"))
    worded = texts.with_columns(pl.col("title", "text").fill_null(NO_VALUE)).with_columns(
        text=pl.when(pl.col("text") == NO_VALUE).then("title").otherwise("text")
    )
    shown = worded.filter(pl.col("text") != NO_VALUE)
    kinds = {kind: shown.filter(pl.col("kind") == kind).drop("kind") for kind in ("idea", "comment", "feedback")}
    tables = {
        "ideas": _ideas(release, conversation, kinds["idea"]),
        "comments": kinds["comment"].rename({"id": "comment"}),
        "feedback": kinds["feedback"].rename({"id": "point", "idea": "session"}),
    }
    return {name: in_template(frame, name) for name, frame in tables.items() if frame.height}


def in_template(frame: pl.DataFrame, table: str) -> pl.DataFrame:
    """Give the columns of a table of the template that a frame has, in their order, as text."""
    columns = [column.name for column in template_table(table).columns if column.name in frame.columns]
    key = [name for name in template_table(table).key if name in columns]
    return frame.sort(key).select(pl.col(name).cast(pl.String).replace(NO_VALUE, None) for name in columns)


def write_csv(tables: Mapping[str, pl.DataFrame], folder: Path) -> list[Path]:
    """Write one CSV file a table into a folder, made if it is not there.

    Cells a spreadsheet would run are made harmless, and a column says so, by which an import takes the marks off.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, frame in tables.items():
        path = folder / f"{name}.csv"
        path.write_bytes(tamed(frame).with_columns(pl.lit("yes").alias(HARMLESS)).write_csv().encode("utf-8-sig"))
        written.append(path)
    return written


def _ideas(release: Release, conversation: str, texts: pl.DataFrame) -> pl.DataFrame:
    elements = release.table("idea_elements", conversation)
    joined = elements.group_by("idea").agg(elements=pl.col("element").sort().str.join("|"))
    seeds = release.table("votes_by_idea", conversation).select(
        "idea", is_seed=pl.when("is_seed").then(pl.lit("yes")).otherwise(pl.lit("no"))
    )
    return texts.drop("id").join(joined, on="idea", how="left").join(seeds, on="idea", how="left")
