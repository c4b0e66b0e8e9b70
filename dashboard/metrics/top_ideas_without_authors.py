"""The ideas people agree on most when no author's own vote counts."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics import top_ideas
from dashboard.metrics._own_votes import WITHOUT_AUTHORS, move_sentence, own_vote_notes, rank_moves, without_authors
from dashboard.specs import Cells, Column
from dashboard.wording import per_cent, shortened

METRIC = replace(
    top_ideas.METRIC,
    key="top_ideas_without_authors",
    title="The ideas people agree on most, without authors' own votes",
    question="Which ideas have the surest support from others than their authors?",
    cells=(*top_ideas.METRIC.cells, "own_votes"),
    columns=(
        *top_ideas.METRIC.columns,
        Column("rank", "Rank", "number"),
        Column("rank_with_authors", "Rank with authors' votes", "number", absent="[z]"),
    ),
    measure="Agree share of each idea without its authors' own votes, ordered by the lower end of its 95% interval",
    numerator=f"{top_ideas.METRIC.numerator}, less one for each author",
    divisions=frozenset(),
    caveat=f"{WITHOUT_AUTHORS}. {top_ideas.METRIC.caveat}",
)


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give the rows of `top_ideas` without authors' own votes, with the rank here and the rank with them."""
    ranked = rank_moves(top_ideas.derive(without_authors(cells), selection), top_ideas.derive(cells, selection))
    return ranked.select(column.name for column in METRIC.columns)


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Quote the first idea and say how far ranks move."""
    if table.is_empty():
        return top_ideas.headline(table, selection)
    first = table.row(0, named=True)
    words = shortened(first["wording"], 60).rstrip(".")
    return f"Surest support: ‘{words}’ ({per_cent(first['agree_share'])} agree); {move_sentence(table)}."


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the number of ranked ideas."""
    return top_ideas.base(table, selection)


def notes(cells: Cells, table: pl.DataFrame, selection: Selection) -> tuple[str, ...]:
    """Say how authors voted on their own ideas, and what `top_ideas` says of what is left out."""
    return (*own_vote_notes(cells), *top_ideas.notes(without_authors(cells), table, selection))
