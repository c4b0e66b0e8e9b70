"""Totals of ideas as a source without votes supplies them."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from data_access.importing.bundle import as_table
from data_access.importing.checking.rows import Checked
from data_access.importing.reading.text_table import ROW


def totals(
    checked: Checked, source: str, *, idea: str, agree: str, passed: str | None = None, disagree: str | None = None
) -> Checked:
    """Give the totals that stand in the rows of ideas as a table of their own.

    `idea`, `agree`, `passed` and `disagree` name the source's columns. What the source does not count is
    null, never 0. The rows refused are those of the ideas: they are listed there and not again here.
    """
    frame = checked.frame.select(
        ROW,
        idea=idea,
        agree=agree,
        passed=pl.col(passed) if passed else pl.lit(None, pl.Int64),
        disagree=pl.col(disagree) if disagree else pl.lit(None, pl.Int64),
        source=pl.lit(source),
    )
    own = as_table(checked, "idea_totals", frame, {})
    rows = frame.height + own.duplicate
    return replace(own, rows=rows, quarantined=0, faults=(), notices=_notice(frame.height), rejected=pl.DataFrame())


def _notice(ideas: int) -> tuple[str, ...]:
    """Say how totals without votes are shown, so that nobody takes them for votes that were recounted."""
    told = f"{ideas:,} ideas come with totals and without votes. Pages show them marked as supplied, not recounted."
    return (told,) if ideas else ()
