"""The themes a selection covers."""

from __future__ import annotations

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics._votes import with_balance
from data_access.frames import table_named
from data_access.vocabulary import NOT_CODED


def all_themes(table: pl.DataFrame, selection: Selection) -> pl.DataFrame:
    """Give the themes of the selected element with their balance, and 'Not yet coded' even at nought."""
    themes = table if selection.element is None else table.filter(_belongs(selection.element))
    if themes.filter(pl.col("theme") == NOT_CODED).is_empty():
        themes = pl.concat([themes, _nothing_uncoded(themes)], how="diagonal")
    return with_balance(themes)


def _belongs(element: str) -> pl.Expr:
    return (pl.col("element") == element) | (pl.col("theme") == NOT_CODED)


def _nothing_uncoded(themes: pl.DataFrame) -> pl.DataFrame:
    counts = ("ideas", *table_named("votes_by_theme").measures)
    row = {"theme": NOT_CODED, "name": NOT_CODED, "is_hidden": False, **dict.fromkeys(counts, 0)}
    return pl.DataFrame([row], schema_overrides={name: themes.schema[name] for name in row})
