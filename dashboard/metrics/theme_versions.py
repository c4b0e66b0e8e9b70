"""Versions of the coding frame: what was coded in each, and what its themes have become."""

from __future__ import annotations

import polars as pl

from dashboard.filters import Selection
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, number

NEWEST, LOST = "newest", "not mappable"

METRIC = Metric(
    key="theme_versions",
    title="Versions of the coding frame",
    question="Which version counts, and what became of earlier codes?",
    cells=("coding_frame", "theme_paths"),
    columns=(
        Column("frame_version", "Version", "count"),
        Column("name", "Theme"),
        Column("state", "What became of it"),
        Column("became", "Counts now as", absent="[z]"),
        Column("ideas", "Ideas coded then", "count", "ideas"),
        Column("comments", "Comments coded then", "count", "comments"),
        Column("points", "Feedback points coded then", "count", "feedback points"),
        Column("items", "Posts that count by it", "count", "posts"),
        Column("definition", "When it applies", absent="[z]"),
    ),
    chart=Chart(kind="none", category="name"),
    measure="Themes of every version of the frame, and posts coded with them in it",
    numerator="Posts given the theme in that version, as it was coded then; posts whose codes that count come from it",
    denominator="None: these are counts",
    interval="None: everything is counted",
    source="The coding frames and the map between their versions",
    caveat="The newest version counts. A post coded only earlier counts by the map; what the map cannot carry has to "
    "be read again and is listed as not mappable, never dropped in silence",
    row=("theme of a version", "themes of versions"),
)


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give one row a version and theme, the newest version first, of the chosen element or of all."""
    frame = cells["coding_frame"]
    if selection.element is not None:
        frame = frame.filter(pl.col("element") == selection.element)
    newest = cells["coding_frame"].filter("is_newest").select(to_theme="theme", to_name="name")
    keys = ["from_version", "from_theme"]
    became = (
        cells["theme_paths"]
        .join(newest, on="to_theme", how="left")
        .sort(*keys, "to_theme")
        .group_by(keys, maintain_order=True)
        .agg(
            pl.col("state").first(),
            pl.col("to_name").drop_nulls().str.join("; ").alias("became"),
            pl.col("items").first(),
        )
    )
    joined = frame.join(became, left_on=["frame_version", "theme"], right_on=keys, how="left")
    return (
        joined.with_columns(
            pl.col("became").replace("", None), pl.col("definition").replace("", None), points="feedback_points"
        )
        .sort(["frame_version", "name", "theme"], descending=[True, False, False])
        .select(column.name for column in METRIC.columns)
    )


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Say which version counts and what could not be carried into it."""
    if table.is_empty():
        return "There is no coding frame here yet."
    newest, versions = int(table["frame_version"][0]), table["frame_version"].n_unique()
    if versions == 1:
        return f"Version {newest} of the coding frame counts; there is no other."
    lost = table.filter(pl.col("state") == LOST)
    told = f"Version {newest} of the coding frame counts"
    if lost.is_empty():
        return f"{told}; every theme of earlier versions could be carried into it."
    again = counted(int(lost["items"].sum()), "post")
    return f"{told}; {counted(lost.height, 'earlier theme')} cannot be carried into it: {again} to read again."


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the number of themes in the newest version."""
    newest = table.filter(pl.col("state") == NEWEST).height
    return f"{counted(newest, 'theme')} in the newest of {number(table['frame_version'].n_unique())} versions"
