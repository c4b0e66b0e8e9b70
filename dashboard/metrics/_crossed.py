"""What metrics that cross themes with something else share: names of themes, order, and the chosen element."""

from __future__ import annotations

import polars as pl

from dashboard.filters import Selection
from data_access.vocabulary import NOT_CODED


def with_names(
    rows: pl.DataFrame, themes: pl.DataFrame, selection: Selection, column: str = "of_theme"
) -> pl.DataFrame:
    """Add name and element of the theme that `column` holds by its code, and `ideas_of_theme`, its ideas.

    Keeps the themes of the chosen element, all without one; 'Not yet coded' only where every element is shown or
    it was chosen itself.
    """
    known = themes.select(
        pl.col("theme").alias(column), "name", pl.col("element").fill_null(""), pl.col("ideas").alias("ideas_of_theme")
    )
    named = rows.join(known, on=column)
    if selection.element is None:
        return named
    if selection.element == NOT_CODED:
        return named.filter(pl.col(column) == NOT_CODED)
    return named.filter(pl.col("element") == selection.element)


def most_ideas_first(rows: pl.DataFrame, *then: str | pl.Expr, column: str = "of_theme") -> pl.DataFrame:
    """Put the themes with the most ideas first, 'Not yet coded' last, and the rows of each in the order of `then`."""
    by = [pl.col(column) == NOT_CODED, pl.col("ideas_of_theme"), pl.col("name"), pl.col(column), *then]
    return rows.sort(by, descending=[False, True, False, False, *[False] * len(then)], nulls_last=True)
