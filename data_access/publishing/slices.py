"""Tables by element and by theme: overlapping slices, so that one person counts once in each."""

from __future__ import annotations

import polars as pl

from data_access.publishing.ground import Ground
from data_access.publishing.ideas import MEASURES, balance, without_pass
from data_access.publishing.standing import themed
from data_access.vocabulary import ELEMENTS, NOT_CODED


def element_labels() -> pl.DataFrame:
    """Give the slices by element in official order, 'Not yet coded' last: label (a number), element."""
    return pl.DataFrame({"element": [*ELEMENTS, NOT_CODED]}).with_row_index("label").cast({"label": pl.Int64})


def theme_labels(ground: Ground) -> pl.DataFrame:
    """Give the themes of the newest coding frame by code, 'Not yet coded' last: label, theme, name, element."""
    newest = ground.material.themes.filter(pl.col("frame_version") == pl.col("frame_version").max()).sort("code")
    none = pl.DataFrame(
        {"theme": NOT_CODED, "name": NOT_CODED, "element": None}, schema_overrides={"element": pl.String}
    )
    themes = newest.select(theme="code", name="name", element="element")
    return pl.concat([themes, none]).with_row_index("label").cast({"label": pl.Int64})


def element_members(ground: Ground) -> pl.DataFrame:
    """Give which elements each idea that stands belongs to: idea, label."""
    named = ground.ideas.select("idea", element=pl.col("elements").str.split("|")).explode("element")
    pairs = named.with_columns(pl.col("element").str.strip_chars())
    return _members(ground, pairs.join(element_labels(), on="element").select("idea", "label"))


def theme_members(ground: Ground, *, basis: str | None = None) -> pl.DataFrame:
    """Give which themes of the newest frame each idea that stands has, re-mapped from earlier versions: idea, label.

    basis: only codes that rest on people, or on accepted suggestions; all where left out.
    """
    given = themed(ground.material, "idea")
    wanted = given if basis is None else given.filter(pl.col("basis") == basis)
    pairs = wanted.join(ground.ideas.select("idea", item_source_id="id"), on="item_source_id")
    return _members(ground, pairs.join(theme_labels(ground), on="theme").select("idea", "label"))


def by_slice(ground: Ground, members: pl.DataFrame, labels: pl.DataFrame) -> pl.DataFrame:
    """Count ideas, comments, participants and votes in each slice.

    In:   members: idea, label of ideas that stand; labels: label and what it is called, 'Not yet coded' last.
    Out:  one row a label, all of them, in their order: its names, ideas, comments, participants (who voted,
          commented or posted), voters, agree, pass, disagree. Ideas without a label are 'Not yet coded'.
    """
    coded = members.select("idea").unique()
    rest = ground.live.join(coded, on="idea", how="anti").select("idea", label=pl.lit(labels["label"].max(), pl.Int64))
    slices = pl.concat([members, rest]).lazy().rename({"idea": "root"})
    frame = labels.lazy()
    for part in (
        slices.group_by("label").agg(ideas=pl.len().cast(pl.Int64)),
        ground.standing_comments.join(slices, on="root").group_by("label").agg(comments=pl.len().cast(pl.Int64)),
        ground.presence.join(slices, on="root")
        .group_by("label")
        .agg(participants=pl.col("participant").n_unique().cast(pl.Int64)),
        balance(ground.counted.join(slices, on="root"), "label"),
    ):
        frame = frame.join(part, on="label", how="left")
    measures = ("ideas", "comments", "participants", *MEASURES)
    counted = frame.sort("label").drop("label").with_columns(pl.col(*measures).fill_null(0)).collect()
    return without_pass(counted, has_pass=ground.facts.has_pass)


def member_names(ground: Ground, members: pl.DataFrame, labels: pl.DataFrame, name: str) -> pl.DataFrame:
    """Give members by the source's ids and their labels' names: idea and the named column."""
    return (
        members.join(labels, on="label")
        .join(ground.live, on="idea")
        .sort("id", "label")
        .select(pl.col("id").alias("idea"), name)
    )


def _members(ground: Ground, pairs: pl.DataFrame) -> pl.DataFrame:
    """Give each idea that stands its own labels or, where it has none, those of the ideas merged into it."""
    carried = ground.now.filter(pl.col("root").is_not_null()).select("idea", "root")
    placed = pairs.join(carried, on="idea")
    own = placed.filter(pl.col("idea") == pl.col("root"))
    gathered = placed.join(own.select("root").unique(), on="root", how="anti")
    return pl.concat([own, gathered]).select("root", "label").unique().sort("root", "label").rename({"root": "idea"})
