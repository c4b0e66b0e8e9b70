"""Tables of coding: versions of the frame, coded posts of each source, suggestions, and agreement of coders."""

from __future__ import annotations

from typing import Final

import polars as pl

from data_access.coding.agreement import compared
from data_access.coding.frame import ACCEPTED, PEOPLE, newest_version, paths
from data_access.coding.suggest_themes import FrameTheme, ThemeSuggester
from data_access.disclosure.personal_details import name_shown
from data_access.publishing.ground import Ground
from data_access.publishing.slices import theme_labels, theme_members
from data_access.publishing.standing import standing, themed
from data_access.publishing.wordings import texts
from data_access.vocabulary import NOT_CODED

SOURCES: Final = {"idea": "ideas", "comment": "comments", "feedback": "feedback points"}
_CODED_IN: Final = {"ideas": "idea", "comments": "comment", "feedback_points": "feedback"}


def coding_frame(ground: Ground) -> pl.DataFrame:
    """Give every version of the frame with the posts that were given each theme in it, at nought too."""
    material = ground.material
    keys = {"frame_version": "frame_version", "code": "theme_code"}
    items = material.codes.select(*keys.values(), "item_kind", "item_source_id").unique()
    counts = items.group_by(*keys.values()).agg(
        (pl.col("item_kind") == kind).sum().cast(pl.Int64).alias(name) for name, kind in _CODED_IN.items()
    )
    return (
        material.themes.join(counts, left_on=list(keys), right_on=list(keys.values()), how="left")
        .with_columns(
            name_shown("name", material.decisions),
            name_shown("definition", material.decisions),
            pl.col("parent").fill_null(""),
            pl.col(*_CODED_IN).fill_null(0),
            theme="code",
            is_newest=pl.col("frame_version") == pl.lit(newest_version(material.themes), pl.Int64),
        )
        .sort("frame_version", "theme")
    )


def theme_paths(ground: Ground) -> pl.DataFrame:
    """Give what each theme of each version has become, and how many posts count by a code given in it."""
    keys = {"from_version": "frame_version", "from_theme": "theme_code"}
    given = standing(ground.material).select(*keys.values(), "item_kind", "item_source_id").unique()
    counts = given.group_by(*keys.values()).agg(items=pl.len().cast(pl.Int64))
    became = paths(ground.material.themes, ground.material.theme_map)
    joined = became.join(counts, left_on=list(keys), right_on=list(keys.values()), how="left")
    return joined.with_columns(pl.col("items").fill_null(0)).sort("from_version", "from_theme", "to_theme")


def item_themes(ground: Ground) -> pl.DataFrame:
    """Give the themes of every idea, comment and note that is shown: kind, item, theme, basis."""
    shown = texts(ground).select("kind", item="id")
    others = [
        themed(ground.material, kind).select(kind=pl.lit(kind), item="item_source_id", theme="theme", basis="basis")
        for kind in ("comment", "feedback")
    ]
    known = theme_labels(ground).select("theme")
    every = pl.concat([_idea_themes(ground), *others]).join(known, on="theme", how="semi")
    return every.join(shown, on=("kind", "item"), how="semi").sort("kind", "item", "theme")


def coded_by_source(ground: Ground) -> pl.DataFrame:
    """Count the ideas, comments and notes that have each theme, all themes at nought too, and those with none."""
    shown, coded = texts(ground).select("kind", item="id"), item_themes(ground)
    counts = coded.group_by("kind", "theme").agg(
        items=pl.len().cast(pl.Int64), accepted=(pl.col("basis") == ACCEPTED).sum().cast(pl.Int64)
    )
    rest = shown.join(coded, on=("kind", "item"), how="anti").group_by("kind").agg(items=pl.len().cast(pl.Int64))
    none = rest.select("kind", "items", theme=pl.lit(NOT_CODED), accepted=pl.lit(0, pl.Int64))
    every = _sources().join(theme_labels(ground).select("label", "theme"), how="cross")
    both = pl.concat(
        [counts.select("kind", "theme", "items", "accepted"), none.select("kind", "theme", "items", "accepted")]
    )
    return (
        every.join(both, on=("kind", "theme"), how="left")
        .with_columns(pl.col("items", "accepted").fill_null(0))
        .sort("source", "label")
        .select("source", "theme", "items", "accepted")
    )


def suggested_codes(ground: Ground) -> pl.DataFrame:
    """Count the posts without a theme that a suggestion would give each one; no row where none would be given."""
    shown = texts(ground).filter(~pl.col("is_held_back")).with_columns(item="id")
    coded = item_themes(ground)
    worded = shown.select("kind", "item", text=pl.concat_str("title", "text", separator=". "))
    rest = worded.join(coded, on=("kind", "item"), how="anti")
    lessons = worded.join(coded, on=("kind", "item")).sort("kind", "item", "theme").select("text", "theme").rows()
    frame = tuple(FrameTheme(*row) for row in _newest_frame(ground).rows())
    found = ThemeSuggester(frame, lessons).suggest(rest["text"].to_list())
    named = rest.with_columns(pl.Series("theme", [one.theme for one in found], pl.String)).drop_nulls("theme")
    return (
        named.join(_sources(), on="kind")
        .group_by("source", "theme")
        .agg(items=pl.len().cast(pl.Int64))
        .sort("source", "theme")
    )


def coder_decisions(ground: Ground) -> pl.DataFrame:
    """Count what pairs of coders decided on each theme: see `coding.agreement`."""
    return compared(ground.material.codes, ground.material.themes)[0]


def coder_overlaps(ground: Ground) -> pl.DataFrame:
    """Count how the sets of themes that two coders gave met: see `coding.agreement`."""
    return compared(ground.material.codes, ground.material.themes)[1]


def _idea_themes(ground: Ground) -> pl.DataFrame:
    """Give the themes of the ideas that stand; one that any person gave rests on people."""
    by_people = theme_members(ground, basis=PEOPLE).with_columns(basis=pl.lit(PEOPLE))
    every = theme_members(ground).join(by_people, on=("idea", "label"), how="left")
    named = every.join(theme_labels(ground), on="label").join(ground.live, on="idea")
    return named.select(kind=pl.lit("idea"), item="id", theme="theme", basis=pl.col("basis").fill_null(ACCEPTED))


def _newest_frame(ground: Ground) -> pl.DataFrame:
    themes = ground.material.themes
    newest = themes.filter(pl.col("frame_version") == pl.col("frame_version").max())
    return newest.sort("code").select("code", "name", pl.col("element", "definition").fill_null(""))


def _sources() -> pl.DataFrame:
    return pl.DataFrame({"kind": list(SOURCES), "source": list(SOURCES.values())})
