"""How confident people were after a training, always with the number who answered."""

from __future__ import annotations

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics._intervals import wilson
from dashboard.metrics._programmes import NO_ELEMENT, SOURCE, named, programmes_in
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, per_cent

METRIC = Metric(
    key="programme_confidence",
    title="Confidence after the course",
    question="Did people feel able to do what the course is about?",
    cells=("programme_confidence", "programmes"),
    columns=(
        Column("programme", "Programme"),
        Column("answered", "Answered", "count", "people who attended"),
        Column("confident", "Confident or very confident", "count", absent="[z]"),
        Column("share", "Share confident", "share", "of those who answered", absent="[z]"),
        Column("share_low", "Interval from", "share", absent="[z]"),
        Column("share_high", "Interval to", "share", absent="[z]"),
        Column("confident_band", "Share confident lies within"),
    ),
    chart=Chart(kind="interval", category="programme", values=("share",), low="share_low", high="share_high"),
    measure="Share who answered 4 or 5 of 5, of those who attended and answered",
    numerator="Answers of 4 (confident) or 5 (very confident)",
    denominator="Those who attended and answered; nothing is assumed of those who did not",
    interval="Wilson 95% interval, as if those who answered were a sample of all who might",
    source=f"{SOURCE}; the question asked after the course",
    caveat="Those who answer may differ from those who do not, and nobody was asked before the course. Reflective "
    f"groups are never asked. {NO_ELEMENT}",
    takes_element=False,
    row=("programme", "programmes"),
)


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give one row a programme anybody answered for, by name; only a band where a count would be small."""
    low, high = wilson(pl.col("confident"), pl.col("answered"))
    rows = cells["programme_confidence"].with_columns(
        share=pl.when(pl.col("answered") > 0).then(pl.col("confident") / pl.col("answered")),
        share_low=low,
        share_high=high,
    )
    return named(rows, cells).sort("programme").select(*(column.name for column in METRIC.columns), "is_hidden")


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Give share and base of one programme."""
    if table.is_empty():
        return "Nobody's confidence after a course is published here."
    if table.height > 1:
        return f"Confidence was asked about in {programmes_in(table)}."
    row = table.row(0, named=True)
    if row["answered"] is None:
        return "Confidence after the course cannot be shown: too few answered, or did not."
    told = per_cent(row["share"]) if row["share"] is not None else f"Within {row['confident_band']}"
    return f"{told} of {counted(row['answered'], 'answer')} were confident or very confident."


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give how many answered."""
    return counted(int(table["answered"].fill_null(0).sum()), "answer")
