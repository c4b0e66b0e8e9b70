"""Themes beside elements, beside each other and week by week."""

from __future__ import annotations

import polars as pl

from data_access.publishing.beside import THEME_ELEMENT, THEME_PAIR, closed_mondays, sliced, theme_slices
from data_access.publishing.by_slice import family_tally
from data_access.publishing.calendar import monday_of
from data_access.publishing.ground import Ground
from data_access.publishing.slices import element_labels, theme_labels
from data_access.publishing.tallying import tally


def themes_by_element(ground: Ground) -> pl.DataFrame:
    """Count the ideas of each theme in each element, and the people who took part in them.

    Out:  of_theme, and_element, ideas, participants; pairs with an idea only, ideas without a theme or an element
          under 'Not yet coded', in the order of the frame and of the elements.
    """
    return _named(_counted(ground, THEME_ELEMENT), theme_labels(ground), "theme", element_labels(), "element")


def theme_pairs(ground: Ground) -> pl.DataFrame:
    """Count the ideas that have two themes, each pair once: of_theme, and_theme, ideas, participants."""
    return _named(_counted(ground, THEME_PAIR), theme_labels(ground), "theme", theme_labels(ground), "theme")


def themes_by_week(ground: Ground) -> pl.DataFrame:
    """Count what counts now on each theme by the closed week it came in.

    Out:  of_theme, in_week (a Monday), ideas (that stand, by the day they were posted), comments, votes (each
          participant's latest), participants (of these and of ideas merged in); every theme in every week that is
          over by the last closed day. What has no day, or came in no such week, is left out.
    """
    labels, slices = theme_labels(ground), theme_slices(ground)
    posted = ground.carried_ideas.collect().drop_nulls("day")
    comments = ground.standing_comments.collect().drop_nulls("day")
    parts = (
        _by_week(ground, posted.filter(pl.col("idea") == pl.col("root")), slices, ideas=pl.len()),
        _by_week(ground, comments, slices, comments=pl.len()),
        tally(ground, "theme_votes").rename({"week": "in_week"}),
        tally(ground, "theme_people").rename({"week": "in_week"}),
    )
    weeks = pl.DataFrame({"in_week": closed_mondays(ground)}, schema={"in_week": pl.Int32})
    frame = weeks.join(labels.select("label", of_theme="theme"), how="cross")
    for part in parts:
        frame = frame.join(part, on=("label", "in_week"), how="left")
    measures = ("ideas", "comments", "votes", "participants")
    counted = frame.with_columns(pl.col(*measures).fill_null(0).cast(pl.Int64)).sort("label", "in_week")
    return counted.select("of_theme", pl.col("in_week").cast(pl.Date), *measures)


def _counted(ground: Ground, family: int) -> pl.DataFrame:
    """Count ideas and people of each pair of labels of a family: label, other, ideas, participants."""
    slices = sliced(ground).filter(pl.col("family") == family)
    ideas = slices.group_by("label", "other").agg(ideas=pl.len().cast(pl.Int64))
    people = family_tally(ground, family).select("label", "other", "participants")
    return ideas.join(people, on=("label", "other"), how="left").with_columns(pl.col("participants").fill_null(0))


def _named(
    counted: pl.DataFrame, labels: pl.DataFrame, name: str, other_labels: pl.DataFrame, other: str
) -> pl.DataFrame:
    first = labels.select("label", pl.col(name).alias(f"of_{name}"))
    second = other_labels.select(pl.col("label").alias("other"), pl.col(other).alias(f"and_{other}"))
    joined = counted.join(first, on="label").join(second, on="other").sort("label", "other")
    return joined.select(f"of_{name}", f"and_{other}", "ideas", "participants")


def _by_week(ground: Ground, rows: pl.DataFrame, slices: pl.DataFrame, **counts: pl.Expr) -> pl.DataFrame:
    weekly = rows.with_columns(in_week=monday_of("day", ground.facts.opens_on))
    return weekly.join(slices, on="root").group_by("label", "in_week").agg(**counts)
