"""The elements a selection covers, all of them even at nought."""

from __future__ import annotations

import polars as pl

from dashboard.filters import Selection
from data_access.vocabulary import ELEMENTS, NOT_CODED


def all_elements(table: pl.DataFrame, selection: Selection) -> pl.DataFrame:
    """Give one row an element of the selection, in People Promise order, 'Not yet coded' last.

    An element the table does not have counts 0 of everything: nothing was said about it.
    """
    names = pl.DataFrame({"element": [*ELEMENTS, NOT_CODED]}).with_row_index("place")
    counts = [name for name, kind in table.schema.items() if kind == pl.Int64]
    is_missing = pl.col("is_hidden").is_null()
    full = names.join(table, on="element", how="left").sort("place").drop("place")
    full = full.with_columns(
        *(pl.when(is_missing).then(0).otherwise(pl.col(name)).alias(name) for name in counts),
        pl.col("is_hidden").fill_null(value=False),
    )
    return full if selection.element is None else full.filter(pl.col("element") == selection.element)


def coded_last(column: str) -> pl.Expr:
    """Sort key that puts 'Not yet coded' after everything else."""
    return pl.col(column) == NOT_CODED


def name_in_sentence(element: str) -> str:
    """Quote the name of an element or a theme, so that it reads as a name within a sentence."""
    return f"‘{element}’"
