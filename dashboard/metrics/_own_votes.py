"""Votes as they would be without the authors' own: what is taken off, and how well that is known."""

from __future__ import annotations

from typing import Final

import polars as pl

from dashboard.specs import Cells
from dashboard.wording import counted

WITHOUT_AUTHORS: Final = (
    "For every author of an idea, one agree vote is taken off: one for the idea and one for each idea merged into it; "
    "none for what the organisers posted. Which author voted how is nobody's to see, so this is the most that authors "
    "can have added, not a count of what they did"
)


def authors() -> pl.Expr:
    """Give the most authors that can stand behind an idea's votes: its own, if it has one, and those merged in."""
    return pl.col("merged_from") + (~pl.col("is_seed")).cast(pl.Int64)


def without_authors(cells: Cells) -> Cells:
    """Give the cells with one agree vote, and one voter, taken off for every author; never below nought."""
    taken = pl.min_horizontal(authors(), "agree")
    ideas = cells["votes_by_idea"].with_columns(
        agree=pl.col("agree") - taken, voters=(pl.col("voters") - taken).clip(lower_bound=0)
    )
    return {**cells, "votes_by_idea": ideas}


def own_vote_notes(cells: Cells) -> tuple[str, ...]:
    """Say how authors voted on their own ideas, all together, where enough did."""
    rows = cells["own_votes"].filter(~pl.col("is_hidden") & (pl.col("authors") > 0))
    if rows.is_empty():
        return ("How authors voted on their own ideas is not known here.",)
    row = rows.row(0, named=True)
    cast = f"{counted(row['authors'], 'author')} cast {counted(row['votes'], 'vote')} on ideas of their own"
    return (f"{cast}; {row['agree_band']} of these agreed.",)


def rank_moves(table: pl.DataFrame, before: pl.DataFrame) -> pl.DataFrame:
    """Add the rank each idea has here and the one it has with the authors' own votes, null where it had none."""
    earlier = before.select("idea", rank_with_authors=pl.int_range(1, pl.len() + 1, dtype=pl.Int64))
    ranked = table.with_columns(rank=pl.int_range(1, pl.len() + 1, dtype=pl.Int64))
    return ranked.join(earlier, on="idea", how="left", maintain_order="left")


def move_sentence(table: pl.DataFrame) -> str:
    """Say how far ranks move without the authors' own votes."""
    moves = table.filter(pl.col("rank_with_authors").is_not_null() & (pl.col("rank") != pl.col("rank_with_authors")))
    if moves.is_empty():
        return "without authors’ own votes no rank changes"
    far = moves.sort([(pl.col("rank") - pl.col("rank_with_authors")).abs(), "idea"], descending=[True, False]).row(
        0, named=True
    )
    many = f"without authors’ own votes {counted(moves.height, 'rank')} {'moves' if moves.height == 1 else 'move'}"
    return f"{many}, at most from {far['rank_with_authors']} to {far['rank']}"
