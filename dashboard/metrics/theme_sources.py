"""How many ideas, comments and feedback points have each theme: three sources counted apart."""

from __future__ import annotations

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics._elements import coded_last, name_in_sentence
from dashboard.metrics._themes import all_themes
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, verb
from data_access.vocabulary import NOT_CODED

SOURCES = {"ideas": "ideas", "comments": "comments", "feedback points": "points"}

METRIC = Metric(
    key="theme_sources",
    title="Themes in ideas, comments and sessions",
    question="Do ideas, comments and sessions speak of the same themes?",
    cells=("coded_by_source", "votes_by_theme"),
    columns=(
        Column("name", "Theme"),
        Column("element", "Element", absent="[z]"),
        Column("ideas", "Ideas coded with it", "count", "ideas"),
        Column("comments", "Comments coded with it", "count", "comments"),
        Column("points", "Feedback points coded with it", "count", "feedback points"),
        Column("participants", "Participants in its ideas", "count", "participants"),
        Column("votes", "Votes on its ideas", "count", "votes"),
    ),
    chart=Chart(kind="none", category="name"),
    measure="Ideas, comments and feedback points that were given each theme, each counted by itself",
    numerator="Posts that are shown and have the theme; people and votes on the ideas that have it",
    denominator="None: these are counts, each of its own kind, never summed",
    interval="None: everything is counted, nothing is sampled",
    source="Codes that count in the newest version of the frame, by people or by accepted suggestions",
    caveat="Often only a sample of comments and feedback points is coded: the last row says how many are not. A "
    "comment counts with its own theme here, and with that of its idea elsewhere",
    row=("theme", "themes"),
)


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give one row a theme of the selection, most ideas first, 'Not yet coded' last and always; is_hidden."""
    themes = all_themes(cells["votes_by_theme"], selection).drop("ideas", "comments")
    coded = cells["coded_by_source"].with_columns(pl.col("source").replace_strict(SOURCES, default=None))
    counts = [
        coded.filter(pl.col("source") == name).select("theme", pl.col("items").alias(name)) for name in SOURCES.values()
    ]
    for count in counts:
        themes = themes.join(count, on="theme", how="left")
    return (
        themes.with_columns(pl.col(*SOURCES.values()).fill_null(0))
        .sort([coded_last("theme"), "ideas", "name", "theme"], descending=[False, True, False, False])
        .select(*(column.name for column in METRIC.columns), "is_hidden")
    )


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Name the theme that leads in each source, or say that they agree."""
    tops = {name: _top(table, column) for name, column in SOURCES.items()}
    led = {name: top for name, top in tops.items() if top}
    if not led:
        return "Nothing has been given a theme yet."
    if len(set(led.values())) == 1:
        return f"{name_in_sentence(next(iter(led.values())))} leads in {' and in '.join(led)}."
    told = "; ".join(f"{name} most often {name_in_sentence(top)}" for name, top in led.items())
    return f"Coded as: {told}."


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give what is not yet coded in each source."""
    rest = table.filter(pl.col("name") == NOT_CODED)
    said = [counted(rest[column].sum(), name.removesuffix("s"), name) for name, column in SOURCES.items()]
    return f"not yet coded: {', '.join(said)}"


def notes(cells: Cells, table: pl.DataFrame, selection: Selection) -> tuple[str, ...]:
    """Say how many codes rest on accepted suggestions."""
    accepted = int(cells["coded_by_source"]["accepted"].sum())
    rests = verb(accepted, "rests", "rest")
    return (f"{counted(accepted, 'code')} among these {rests} on accepted suggestions.",) if accepted else ()


def _top(table: pl.DataFrame, column: str) -> str:
    coded = table.filter((pl.col("name") != NOT_CODED) & (pl.col(column) > 0))
    return "" if coded.is_empty() else str(coded.sort([column, "name"], descending=[True, False])["name"][0])
