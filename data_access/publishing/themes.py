"""Themes beside elements, beside each other and week by week."""

from __future__ import annotations

import polars as pl

from data_access.publishing.calendar import monday_of
from data_access.publishing.fates import COUNTED
from data_access.publishing.ground import Ground
from data_access.publishing.slices import element_labels, element_members, theme_labels, theme_members
from data_access.publishing.weeks import closed_mondays


def themes_by_element(ground: Ground) -> pl.DataFrame:
    """Count the ideas of each theme in each element, and the people who took part in them.

    Out:  of_theme, and_element, ideas, participants; pairs with an idea only, ideas without a theme or an element
          under 'Not yet coded', in the order of the frame and of the elements.
    """
    elements = _with_rest(ground, element_members(ground), element_labels()).rename({"label": "other"})
    pairs = _with_rest(ground, theme_members(ground), theme_labels(ground)).join(elements, on="idea")
    return _named(_counted(ground, pairs), theme_labels(ground), "theme", element_labels(), "element")


def theme_pairs(ground: Ground) -> pl.DataFrame:
    """Count the ideas that have two themes, each pair once: of_theme, and_theme, ideas, participants."""
    members = theme_members(ground)
    both = members.join(members.rename({"label": "other"}), on="idea").filter(pl.col("label") < pl.col("other"))
    return _named(_counted(ground, both), theme_labels(ground), "theme", theme_labels(ground), "theme")


def themes_by_week(ground: Ground) -> pl.DataFrame:
    """Count what counts now on each theme by the closed week it came in.

    Out:  of_theme, in_week (a Monday), ideas (that stand, by the day they were posted), comments, votes (each
          participant's latest), participants (of these and of ideas merged in); every theme in every week that is
          over by the last closed day. What has no day, or came in no such week, is left out.
    """
    labels = theme_labels(ground)
    slices = _with_rest(ground, theme_members(ground), labels).rename({"idea": "root"})
    posted = ground.carried_ideas.collect().drop_nulls("day")
    comments = ground.standing_comments.collect().drop_nulls("day")
    votes = ground.votes.filter(pl.col("fate") == COUNTED).select("participant", "root", "day")
    done = pl.concat(
        [votes, *(frame.select(participant="author", root="root", day="day") for frame in (posted, comments))]
    )
    parts = (
        _by_week(ground, posted.filter(pl.col("idea") == pl.col("root")), slices, ideas=pl.len()),
        _by_week(ground, comments, slices, comments=pl.len()),
        _by_week(ground, votes, slices, votes=pl.len()),
        _by_week(
            ground, done, slices, participants=pl.col("participant").n_unique() - pl.col("participant").has_nulls()
        ),
    )
    weeks = pl.DataFrame({"in_week": closed_mondays(ground)}, schema={"in_week": pl.Int32})
    frame = weeks.join(labels.select("label", of_theme="theme"), how="cross")
    for part in parts:
        frame = frame.join(part, on=("label", "in_week"), how="left")
    measures = ("ideas", "comments", "votes", "participants")
    counted = frame.with_columns(pl.col(*measures).fill_null(0).cast(pl.Int64)).sort("label", "in_week")
    return counted.select("of_theme", pl.col("in_week").cast(pl.Date), *measures)


def _with_rest(ground: Ground, members: pl.DataFrame, labels: pl.DataFrame) -> pl.DataFrame:
    """Add the ideas without a label under the last one, 'Not yet coded': idea, label."""
    rest = ground.live.join(members, on="idea", how="anti")
    return pl.concat([members, rest.select("idea", label=pl.lit(labels["label"].max(), pl.Int64))])


def _counted(ground: Ground, pairs: pl.DataFrame) -> pl.DataFrame:
    """Count ideas and people of each pair of labels. In: idea, label, other."""
    ideas = pairs.group_by("label", "other").agg(ideas=pl.len().cast(pl.Int64))
    present = ground.presence.collect().join(pairs.rename({"idea": "root"}), on="root")
    people = present.group_by("label", "other").agg(participants=pl.col("participant").n_unique().cast(pl.Int64))
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
