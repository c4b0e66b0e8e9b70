"""Totals that a source supplied without votes, as they are written beside ideas."""

from __future__ import annotations

from typing import Final

import polars as pl

from dashboard.specs import Cells
from dashboard.wording import NOT_AVAILABLE, number

CHOICES: Final = {"agree": "agree", "disagree": "disagree", "pass": "pass"}
VOTED: Final = ("voters", "agree", "pass", "disagree")


def span(low: int | None, high: int | None) -> str:
    """Write a total as supplied: '12', '12 to 30', or [x] where the source does not count it."""
    if low is None or high is None:
        return NOT_AVAILABLE
    return number(low) if low == high else f"{number(low)} to {number(high)}"


def without_noughts(ideas: pl.DataFrame, cells: Cells) -> pl.DataFrame:
    """Make the votes of ideas that only have supplied totals absent: nobody's vote is known, which is not nought.

    In:   the columns of votes_by_idea
    Out:  the same rows; voters, agree, pass and disagree null where a source supplied totals and there is no vote
    """
    told = cells["supplied_votes_by_idea"].select("idea", is_supplied=pl.lit(value=True))
    joined = ideas.join(told, on="idea", how="left", maintain_order="left")
    is_only_supplied = pl.col("is_supplied").fill_null(value=False) & (pl.col("voters") == 0)
    return joined.with_columns(pl.when(~is_only_supplied).then(pl.col(*VOTED))).drop("is_supplied")


def in_words(cells: Cells) -> pl.DataFrame:
    """Say what was supplied, in one line an idea: idea, supplied ('agree 12 to 30, supplied by decidim')."""
    rows = cells["supplied_votes_by_idea"]
    told = [
        ", ".join(
            [f"{name} {said}" for choice, name in CHOICES.items() if (said := _said(row, choice)) != NOT_AVAILABLE]
            + [f"supplied by {row['source']}"]
        )
        for row in rows.iter_rows(named=True)
    ]
    return rows.select("idea", pl.Series("supplied", told, pl.String))


def _said(row: dict[str, int | None], choice: str) -> str:
    return span(row[f"{choice}_low"], row[f"{choice}_high"])
