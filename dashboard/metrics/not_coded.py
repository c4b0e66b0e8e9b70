"""What has not been coded yet, by source, and what a machine would suggest for it."""

from __future__ import annotations

import polars as pl

from dashboard.filters import Selection
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, in_words, number, per_cent
from data_access.vocabulary import NOT_CODED

SOURCES = {
    "ideas": ("idea", "ideas"),
    "comments": ("comment", "comments"),
    "feedback points": ("feedback point", "feedback points"),
}

METRIC = Metric(
    key="not_coded",
    title="What is not yet coded",
    question="How much of what people said has a theme?",
    cells=("coded_by_source", "item_themes", "suggested_codes", "texts"),
    columns=(
        Column("source", "Source"),
        Column("rest", "Not yet coded", "count", "posts"),
        Column("share", "Share not yet coded", "share", "of posts shown", absent="[z]"),
        Column("posts", "Shown", "count", "posts"),
        Column("by_people", "Coded by people", "count", "posts"),
        Column("accepted", "By accepted suggestions alone", "count", "posts"),
        Column("suggested", "Suggested, not confirmed", "count", "posts not yet coded"),
    ),
    chart=Chart(kind="none", category="source"),
    measure="Ideas, comments and feedback points without a theme",
    numerator="Posts that are shown and have no theme of the newest version of the frame",
    denominator="All posts of the source that are shown",
    interval="None: every post is counted",
    source="Codes by people and accepted suggestions. 'Suggested, not confirmed' is what the machine would say",
    caveat="A suggestion is a machine's guess from the words of a post. It counts nowhere as a code until a person has "
    "accepted it, and this column is never added to the others. The count is of the day the release was made",
    takes_element=False,
    row=("source", "sources"),
)


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give one row a source, all three."""
    kinds = {"idea": "ideas", "comment": "comments", "feedback": "feedback points"}
    posts = cells["texts"].group_by("kind").agg(posts=pl.len().cast(pl.Int64))
    coded = cells["item_themes"].group_by("kind", "item").agg((pl.col("basis") == "people").any().alias("is_by_people"))
    by_basis = coded.group_by("kind").agg(
        by_people=pl.col("is_by_people").cast(pl.Int64).sum(), accepted=(~pl.col("is_by_people")).cast(pl.Int64).sum()
    )
    rest = cells["coded_by_source"].filter(pl.col("theme") == NOT_CODED).select("source", rest="items")
    suggested = cells["suggested_codes"].group_by("source").agg(suggested=pl.col("items").sum())
    every = pl.DataFrame({"kind": list(kinds), "source": list(kinds.values())}).with_row_index("place")
    for part, on in ((posts, "kind"), (by_basis, "kind"), (rest, "source"), (suggested, "source")):
        every = every.join(part, on=on, how="left")
    counts = ("posts", "by_people", "accepted", "rest", "suggested")
    filled = every.sort("place").with_columns(pl.col(*counts).fill_null(0))
    shared = filled.with_columns(share=pl.when(pl.col("posts") > 0).then(pl.col("rest") / pl.col("posts")))
    return shared.select(column.name for column in METRIC.columns)


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Say how many of each source are not yet coded."""
    said = [
        f"{counted(row['rest'], *SOURCES[row['source']])} ({per_cent(row['share'])})"
        for row in table.iter_rows(named=True)
        if row["posts"] and row["rest"]
    ]
    if not table["posts"].sum():
        return "There is nothing to code here."
    verb = "is" if len(said) == 1 and said[0].startswith("1 ") else "are"
    return f"Not yet coded {verb} {in_words(said)}." if said else "Everything that is shown has a theme."


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give how many suggestions wait, apart from every code."""
    return f"{number(table['suggested'].sum())} suggested by machine, not confirmed by anybody"
