"""The ideas that divide people when no author's own vote counts."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics import divided_ideas
from dashboard.metrics._own_votes import WITHOUT_AUTHORS, move_sentence, own_vote_notes, rank_moves, without_authors
from dashboard.specs import Cells, Column

METRIC = replace(
    divided_ideas.METRIC,
    key="divided_ideas_without_authors",
    title="The ideas that divide people, without authors' own votes",
    question="Where do many others than the authors agree and many disagree?",
    cells=(*divided_ideas.METRIC.cells, "own_votes"),
    columns=(
        *divided_ideas.METRIC.columns,
        Column("rank", "Rank", "number"),
        Column("rank_with_authors", "Rank with authors' votes", "number", absent="[z]"),
    ),
    divisions=frozenset(),
    caveat=f"{WITHOUT_AUTHORS}. {divided_ideas.METRIC.caveat}",
)


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give the rows of `divided_ideas` without authors' own votes, with the rank here and the rank with them."""
    ranked = rank_moves(divided_ideas.derive(without_authors(cells), selection), divided_ideas.derive(cells, selection))
    return ranked.select(column.name for column in METRIC.columns)


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Quote the most divided idea and say how far ranks move."""
    said = divided_ideas.headline(table, selection)
    return said if table.is_empty() or table["division"][0] == 0 else f"{said.rstrip('.')}; {move_sentence(table)}."


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the number of ideas held against each other."""
    return divided_ideas.base(table, selection)


def notes(cells: Cells, table: pl.DataFrame, selection: Selection) -> tuple[str, ...]:
    """Say how authors voted on their own ideas, and what `divided_ideas` says of what is left out."""
    return (*own_vote_notes(cells), *divided_ideas.notes(without_authors(cells), table, selection))
