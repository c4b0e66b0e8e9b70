"""The lineage of every idea, in the columns that other platforms export it in."""

from __future__ import annotations

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics._ideas import wordings
from dashboard.metrics._unmoderated import public_ideas
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, number
from data_access.vocabulary import IdeaState

METRIC = Metric(
    key="idea_lineage",
    title="The lineage of every idea",
    question="What became of each idea, and what replaced it?",
    cells=("idea_origins", "lineage", "idea_themes", "texts"),
    columns=(
        Column("statement_id", "Idea number"),
        Column("created_at", "Posted in the week of", "date"),
        Column("statement_text", "Idea", absent="[z]"),
        Column("moderation_status", "What became of it"),
        Column("is_seed", "Posted by the organisers"),
        Column("themes", "Themes", absent="[z]"),
        Column("reject_reason", "Reason for removing it", absent="[z]"),
        Column("reject_note", "Moderator’s note", absent="[z]"),
        Column("edited_from_statement_id", "Part of", absent="[z]"),
        Column("replaced_by_statement_ids", "Replaced by", absent="[z]"),
    ),
    chart=Chart(kind="none", category="statement_id"),
    measure="Every idea that was supplied or that a moderator made, and what became of it",
    numerator="Ideas",
    denominator="All ideas, whether they stand or not",
    interval="None: nothing is estimated",
    source="The imported exports and the moderators' log",
    caveat="Wording is given of ideas that stand and passed the check for personal details; never of what was removed, "
    "merged away or split. Dates are the Monday of a week that is over and that enough people took part in. Of a "
    "moderator's note only that there is one is said: notes stay in the vault",
    takes_element=False,
    row=("idea", "ideas"),
)
NOTE_KEPT = "kept in the vault"


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give one row an idea, by its number; themes are codes joined by '|' in order of the alphabet."""
    themes = cells["idea_themes"].group_by("idea").agg(pl.col("theme").sort().str.join("|").alias("themes"))
    public = wordings(cells["texts"], is_full=True).join(public_ideas(cells).select("idea"), on="idea", how="semi")
    return (
        cells["idea_origins"]
        .join(cells["lineage"].select("idea", "state"), on="idea", how="left")
        .join(themes, on="idea", how="left")
        .join(public, on="idea", how="left")
        .sort("idea")
        .select(
            statement_id="idea",
            created_at="posted_week",
            statement_text="wording",
            moderation_status="state",
            is_seed=pl.when("is_seed").then(pl.lit("yes")).otherwise(pl.lit("no")),
            themes="themes",
            reject_reason=_unless_empty("reject_reason"),
            reject_note=pl.when("has_note").then(pl.lit(NOTE_KEPT)),
            edited_from_statement_id=_unless_empty("edited_from"),
            replaced_by_statement_ids=_unless_empty("replaced_by"),
        )
    )


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Say how many ideas there are and how many of them stand."""
    if table.is_empty():
        return "There are no ideas."
    stand = table.filter(pl.col("moderation_status") == IdeaState.LIVE).height
    moved = table.filter(pl.col("replaced_by_statement_ids").is_not_null()).height
    return f"{number(stand)} of {counted(table.height, 'idea')} stand as they are; others replaced {number(moved)}."


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the number of ideas."""
    return counted(table.height, "idea")


def _unless_empty(column: str) -> pl.Expr:
    return pl.when(pl.col(column) != "").then(pl.col(column))
