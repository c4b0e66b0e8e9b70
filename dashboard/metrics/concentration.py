"""How unevenly votes are spread: the share cast by the most active tenth of voters."""

from __future__ import annotations

from typing import Final

import polars as pl

from dashboard.filters import Selection
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, per_cent

TOP: Final = "Most active tenth of voters"
REST: Final = "All other voters"
FORMULA: Final = "Votes of the most active tenth of voters ÷ all votes"

METRIC = Metric(
    key="concentration",
    title="How concentrated votes are",
    question="Do a few people cast most of the votes?",
    cells=("concentration",),
    columns=(
        Column("part", "Voters who are"),
        Column("votes_share", "Share of votes", "share", "of votes, in whole per cent"),
        Column("voters", "Voters", "count", "participants"),
    ),
    chart=Chart(kind="bar", category="part", values=("votes_share",)),
    measure=f"{FORMULA}; an even spread would give the tenth 10%",
    numerator="Votes that count, cast by the tenth of voters (rounded up) who cast most",
    denominator="All votes that count",
    interval="None: everybody is counted, nobody is sampled",
    source="Each participant's latest vote on each idea that stands",
    caveat="Rounded to a whole per cent, for everybody together only, and not given where the tenth has fewer voters "
    "than the threshold or one weighs too much in it (p% rule, 10%). Whoever came earlier met fewer ideas",
    takes_element=False,
    row=("part of the voters", "parts of the voters"),
)


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give two rows: the most active tenth and the others, their share of votes and their number; is_hidden."""
    rows = cells["concentration"]
    share = pl.col("top_share_per_cent") / 100
    top = rows.select(part=pl.lit(TOP), votes_share=share, voters="top_voters", is_hidden="is_hidden")
    others = pl.col("voters") - pl.col("top_voters")
    rest = rows.select(part=pl.lit(REST), votes_share=1 - share, voters=others, is_hidden="is_hidden")
    return pl.concat([top, rest])


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Give the share of votes that the most active tenth cast."""
    top = table.filter((pl.col("part") == TOP) & pl.col("votes_share").is_not_null())
    if top.is_empty():
        return "How concentrated votes are cannot be shown."
    row = top.row(0, named=True)
    voters = counted(row["voters"], "person", "people")
    return f"The most active tenth of voters, {voters}, cast {per_cent(row['votes_share'])} of the votes."


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the number of voters, where it may be shown."""
    return "" if table.is_empty() or table["voters"].null_count() else counted(int(table["voters"].sum()), "voter")
