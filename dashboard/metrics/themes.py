"""What people talked about: the themes of the newest coding frame."""

from __future__ import annotations

from typing import Final

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics._elements import coded_last, name_in_sentence
from dashboard.metrics._parts import people_beside_england
from dashboard.metrics._themes import all_themes
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, in_words, number
from data_access.vocabulary import NOT_CODED

METRIC = Metric(
    key="themes",
    title="What people talked about",
    question="Which themes came up most?",
    cells=("votes_by_theme",),
    columns=(
        Column("name", "Theme"),
        Column("element", "Element", absent="[z]"),
        Column("ideas", "Ideas", "count", "ideas"),
        Column("comments", "Comments", "count", "comments"),
        Column("participants", "Participants", "count", "participants"),
        Column("votes", "Votes", "count", "votes"),
    ),
    chart=Chart(kind="bar", category="name", values=("ideas",), limit=15),
    measure="Ideas that were given each theme",
    numerator="Ideas that stand with the theme; their comments and votes; people who voted, commented or posted there",
    denominator="None: these are counts, each of its own kind, never summed",
    interval="None: everything is counted, nothing is sampled",
    source="Ideas after moderation, coded with the newest version of the coding frame",
    caveat="An idea may have several themes, so themes must not be added up. How often a theme comes up is not how "
    "much it matters",
    row=("theme", "themes"),
    divisions=frozenset({"region_by_theme"}),
)


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give one row a theme of the selection, most ideas first, 'Not yet coded' last and always; is_hidden."""
    return (
        all_themes(cells["votes_by_theme"], selection)
        .sort(
            [coded_last("theme"), pl.col("ideas"), pl.col("name"), pl.col("theme")],
            descending=[False, True, False, False],
        )
        .select(*(column.name for column in METRIC.columns), "is_hidden")
    )


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Name the themes with the most ideas."""
    coded = table.filter((pl.col("name") != NOT_CODED) & (pl.col("ideas") > 0))
    if coded.is_empty():
        return "No idea has been given a theme yet."
    most = coded.select(pl.col("ideas").max()).item()
    top = coded.filter(pl.col("ideas") == most)["name"].to_list()
    came = "came up most" if len(top) == 1 else "came up most, equally"
    each = "" if len(top) == 1 else " each"
    return f"{in_words(name_in_sentence(name) for name in top)} {came}, in {counted(most, 'idea')}{each}."


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the number of themes in use and the ideas without one."""
    used = table.filter((pl.col("name") != NOT_CODED) & (pl.col("ideas") > 0)).height
    uncoded = table.filter(pl.col("name") == NOT_CODED)["ideas"].sum()
    return f"{counted(used, 'theme')} in use, {number(uncoded)} {'idea' if uncoded == 1 else 'ideas'} not yet coded"


def notes(cells: Cells, table: pl.DataFrame, selection: Selection) -> tuple[str, ...]:
    """Say that 'Not yet coded' is not limited to the element."""
    if selection.element is None:
        return ()
    return (f"Themes of the element ‘{selection.element}’. ‘{NOT_CODED}’ counts ideas of all elements.",)


def _of_england(cells: Cells, selection: Selection) -> pl.DataFrame:
    return all_themes(cells["votes_by_theme"], selection)


DIVIDED: Final = people_beside_england(METRIC, slice_="theme", names=METRIC.columns[:2], rows=_of_england)
