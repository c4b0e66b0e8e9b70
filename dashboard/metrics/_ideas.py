"""The ideas a selection covers, with their released wording."""

from __future__ import annotations

from typing import Final

import polars as pl

from dashboard.filters import Selection
from dashboard.specs import Cells
from data_access.vocabulary import NOT_CODED, USUAL_THRESHOLD

HELD_BACK: Final = "Wording held back until somebody has checked it for personal details"
WITHDRAWN: Final = "Wording withdrawn"
SMALLEST_BASE: Final = USUAL_THRESHOLD  # votes for or against below which a rank says more of chance than of people


def selected_ideas(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give the ideas that stand and belong to the selection, sorted by idea.

    In:   votes_by_idea, idea_elements, texts
    Out:  the columns of votes_by_idea and `wording`: title, or text where there is no title; where the
          release holds neither, a sentence that says why
    """
    ideas = in_selection(cells["votes_by_idea"], cells["idea_elements"], selection)
    return (
        ideas.join(wordings(cells["texts"]), on="idea", how="left")
        .with_columns(pl.col("wording").fill_null(WITHDRAWN))
        .sort("idea")
    )


def count_selected(cells: Cells, selection: Selection) -> int:
    """Count the ideas of `selected_ideas`, without their wording: it needs no texts."""
    return in_selection(cells["votes_by_idea"], cells["idea_elements"], selection).height


def in_selection(ideas: pl.DataFrame, idea_elements: pl.DataFrame, selection: Selection) -> pl.DataFrame:
    """Keep the ideas of the selected element; 'Not yet coded' keeps those without any."""
    if selection.element is None:
        return ideas
    if selection.element == NOT_CODED:
        return ideas.join(idea_elements, on="idea", how="anti")
    return ideas.join(idea_elements.filter(pl.col("element") == selection.element), on="idea", how="semi")


def wordings(texts: pl.DataFrame, *, is_full: bool = False) -> pl.DataFrame:
    """Give one row an idea with text: `idea` and its `wording`.

    Usually the title, or the text where there is no title; in full, both.
    """
    title, text = pl.col("title").fill_null(""), pl.col("text").fill_null("")
    apart = pl.when((title != "") & (text != "") & (title != text)).then(title + ": " + text)
    short = pl.when(title != "").then(title).otherwise(text)
    chosen = pl.coalesce(apart, short) if is_full else short
    return texts.filter(pl.col("kind") == "idea").select(
        pl.col("id").alias("idea"),
        pl.when(pl.col("is_held_back"))
        .then(pl.lit(HELD_BACK))
        .when(chosen == "")
        .then(pl.lit(WITHDRAWN))
        .otherwise(chosen)
        .alias("wording"),
    )


def rank_range(low: pl.Expr, high: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """Give the best and the worst rank each row may have, from intervals that do not overlap.

    An idea is surely behind those whose whole interval lies above its own, and surely ahead of those whose
    whole interval lies below. Whole numbers from 1.
    """
    best = low.len() - low.sort().search_sorted(high, side="right") + 1
    worst = high.len() - high.sort().search_sorted(low, side="left")
    return best.cast(pl.Int64), worst.cast(pl.Int64)
