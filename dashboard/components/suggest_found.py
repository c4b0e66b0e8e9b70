"""Suggestions for the posts of a release that have no theme yet, worked out once a release and wording."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import polars as pl
import streamlit as st

from dashboard.context import Context
from data_access.coding.suggest_themes import FrameTheme, ThemeSuggester, people_promise_frame

KINDS: Final = {"Ideas": "idea", "Comments": "comment", "Feedback points": "feedback"}


@dataclass(frozen=True)
class Found:
    """The suggestions of one conversation, and the frame they speak of.

    `rows`: kind, item, theme, runner_up (codes), score, words; the surest first. `names` are those of the themes.
    `version` is None where the conversation has no frame and the elements stand in for one.
    """

    rows: pl.DataFrame
    names: dict[str, str]
    version: int | None


def found(context: Context) -> Found:
    """Give the suggestions for the conversation on screen; wording that is held back gets none."""
    conversation = context.selection.conversation
    texts, coded, frame = (
        context.release.table(name, conversation) for name in ("texts", "item_themes", "coding_frame")
    )
    return _found(
        place=str(context.release.folder),
        conversation=conversation,
        wording=int(texts.select("id", "text", "title").hash_rows().sum()),
        _tables=(texts, coded, frame),
    )


@st.cache_resource(max_entries=4, show_spinner="Reading what is not yet coded")
def _found(*, place: str, conversation: str, wording: int, _tables: tuple[pl.DataFrame, ...]) -> Found:
    """Work it out once for each release, conversation and wording, from which the tables follow."""
    texts, coded, frame = _tables
    newest = frame.filter("is_newest").sort("theme")
    told = newest.select("theme", "name", pl.col("element", "definition").fill_null(""))
    themes = tuple(FrameTheme(*row) for row in told.rows()) or people_promise_frame()
    shown = texts.filter(~pl.col("is_held_back") & (pl.col("text") + pl.col("title") != "")).select(
        "kind", item="id", wording=pl.concat_str(pl.col("title", "text").fill_null(""), separator=". ")
    )
    rest = shown.join(coded, on=("kind", "item"), how="anti").sort("kind", "item")
    lessons = shown.join(coded, on=("kind", "item")).sort("kind", "item", "theme").select("wording", "theme").rows()
    made = ThemeSuggester(themes, lessons).suggest(rest["wording"].to_list())
    rows = rest.select("kind", "item").with_columns(
        pl.Series("theme", [one.theme for one in made], pl.String),
        pl.Series("runner_up", [one.runner_up for one in made], pl.String),
        pl.Series("score", [one.score for one in made], pl.Float64),
        pl.Series("words", [list(one.words) for one in made], pl.List(pl.String)),
    )
    ordered = rows.drop_nulls("theme").sort(["score", "kind", "item"], descending=[True, False, False])
    version = None if newest.is_empty() else int(newest["frame_version"][0])
    return Found(ordered, {theme.code: theme.name for theme in themes}, version)
