"""People and votes by element and by theme, put together from tallies."""

from __future__ import annotations

import polars as pl

from data_access.publishing.beside import ELEMENT, EVERYTHING, THEME, sliced
from data_access.publishing.ground import Ground
from data_access.publishing.ideas import MEASURES, without_pass
from data_access.publishing.slices import element_labels, theme_labels
from data_access.publishing.tallying import tally


def votes_by_element(ground: Ground) -> pl.DataFrame:
    """Count ideas, comments, people and votes of each element: see `by_slice`."""
    return by_slice(ground, ELEMENT, element_labels())


def votes_by_theme(ground: Ground) -> pl.DataFrame:
    """Count ideas, comments, people and votes of each theme of the newest frame: see `by_slice`."""
    return by_slice(ground, THEME, theme_labels(ground))


def by_slice(ground: Ground, family: int, labels: pl.DataFrame) -> pl.DataFrame:
    """Count ideas, comments, participants and votes in each slice of a family.

    In:   labels: label and what it is called, 'Not yet coded' last.
    Out:  one row a label, all of them, in their order: its names, ideas, comments, participants (who voted,
          commented or posted), voters, agree, pass, disagree. Ideas without a label are 'Not yet coded'.
    """
    slices = sliced(ground).filter(pl.col("family") == family)
    comments = ground.standing_comments.collect().join(slices, on="root")
    frame = labels
    for part in (
        slices.group_by("label").agg(ideas=pl.len().cast(pl.Int64)),
        comments.group_by("label").agg(comments=pl.len().cast(pl.Int64)),
        family_tally(ground, family).select("label", "participants", *MEASURES),
    ):
        frame = frame.join(part, on="label", how="left")
    measures = ("ideas", "comments", "participants", *MEASURES)
    counted = frame.sort("label").drop("label").with_columns(pl.col(*measures).fill_null(0))
    return without_pass(counted, has_pass=ground.facts.has_pass)


def family_tally(ground: Ground, family: int) -> pl.DataFrame:
    """Give the tally `by_slice` of one family, with label and other."""
    numbers = sliced(ground).filter(pl.col("family") == family).select("slice", "label", "other").unique()
    return numbers.join(tally(ground, "by_slice"), on="slice").drop("slice")


def of_everything(ground: Ground, measure: str) -> int:
    """Give one measure of the slice that holds every idea that stands; 0 where none does."""
    found = family_tally(ground, EVERYTHING)
    return int(found[measure].sum())
