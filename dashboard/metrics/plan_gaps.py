"""Strong themes that no action answers."""

from __future__ import annotations

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics._elements import name_in_sentence
from dashboard.metrics._links import (
    CHAIN,
    CHAIN_SOURCE,
    ONE_CONVERSATION,
    STRONG,
    STRONG_SHARE,
    STRONG_VOTERS,
    themes_with_actions,
)
from dashboard.metrics._votes import ALIKE, BALANCE_COLUMNS, INTERVAL, SHARE_DENOMINATOR, SHARE_NUMERATOR
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, per_cent, verb

METRIC = Metric(
    key="plan_gaps",
    title="Strong themes without an action",
    question="What do people want strongly that no action takes up?",
    cells=CHAIN,
    columns=(
        Column("name", "Theme"),
        Column("theme", "Id of the theme"),
        Column("element", "Element", absent="[z]"),
        Column("ideas", "Ideas", "count", "ideas"),
        *BALANCE_COLUMNS,
    ),
    chart=Chart(
        kind="interval", category="name", values=("agree_share",), low="agree_low", high="agree_high", limit=15
    ),
    measure=f"Themes that are {STRONG}, and that no action is linked to",
    numerator=SHARE_NUMERATOR,
    denominator=SHARE_DENOMINATOR,
    interval=INTERVAL,
    source=CHAIN_SOURCE,
    caveat="An action is linked to a theme by a link to the theme, or to an idea that stands and is coded with it; "
    f"remove the idea and the gap is back. {ALIKE}. {ONE_CONVERSATION}",
    row=("theme", "themes"),
)


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """List the strong themes without an action, the surest agreement first; strong is how many are strong."""
    themes = of_element(themes_with_actions(cells), selection)
    strong = themes.filter(pl.col("is_strong").fill_null(value=False))
    names = [column.name for column in METRIC.columns]
    without = strong.filter(pl.col("actions").list.len() == 0)
    return without.select(*names, pl.lit(strong.height).alias("strong"))


def of_element(themes: pl.DataFrame, selection: Selection) -> pl.DataFrame:
    """Keep the themes of the selected element."""
    return themes if selection.element is None else themes.filter(pl.col("element") == selection.element)


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Name the strongest theme without an action."""
    if table.is_empty():
        return "No strong theme is without an action."
    first = table.row(0, named=True)
    are = verb(table.height, "has", "have")
    told = f"{table.height} of {counted(first['strong'], 'strong theme')} {are} no action"
    top = "it is" if table.height == 1 else "the strongest is"
    return f"{told}; {top} {name_in_sentence(first['name'])} ({per_cent(first['agree_share'])} agree)."


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the number of themes listed."""
    return counted(table.height, "theme")


def notes(cells: Cells, table: pl.DataFrame, selection: Selection) -> tuple[str, ...]:
    """Say what strong means, and how many themes could not be judged."""
    hidden = of_element(themes_with_actions(cells), selection)["is_strong"].null_count()
    rule = f"Strong: {STRONG_VOTERS} voters or more, and a lower end of {per_cent(STRONG_SHARE)} or more."
    unknown = f"{counted(hidden, 'theme')} could not be judged: the votes are hidden."
    return (rule, unknown) if hidden else (rule,)
