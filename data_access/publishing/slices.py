"""Tables by element and by theme: overlapping slices, so that one person counts once in each."""

from __future__ import annotations

import polars as pl

from data_access.publishing.ground import Ground
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


def with_rest(ground: Ground, members: pl.DataFrame, last: int) -> pl.DataFrame:
    """Add the ideas that stand without a label under the last one, 'Not yet coded': idea, label."""
    rest = ground.live.join(members, on="idea", how="anti")
    return pl.concat([members.select("idea", "label"), rest.select("idea", label=pl.lit(last, pl.Int64))])


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
