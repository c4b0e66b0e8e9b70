"""From what people said to the plan: every theme with the actions that answer it."""

from __future__ import annotations

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics._links import CHAIN, CHAIN_SOURCE, ONE_CONVERSATION, STRONG, themes_with_actions
from dashboard.metrics._votes import ALIKE, INTERVAL, SHARE_DENOMINATOR, SHARE_NUMERATOR
from dashboard.metrics.plan_gaps import of_element
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, verb

METRIC = Metric(
    key="plan_themes",
    title="Themes and the actions that answer them",
    question="What became of each theme?",
    cells=CHAIN,
    columns=(
        Column("name", "Theme"),
        Column("theme", "Id of the theme"),
        Column("element", "Element", absent="[z]"),
        Column("answered_by", "Actions", absent="[z]"),
        Column("strong", "Strong", absent="[x]"),
        Column("voters", "Voters", "count", "participants"),
        Column("agree_share", "Agree share", "share", "of votes for or against", absent="[z]"),
        Column("agree_low", "Agree share, lower end", "share", "95% interval", absent="[z]"),
        Column("agree_high", "Agree share, upper end", "share", "95% interval", absent="[z]"),
    ),
    chart=Chart(kind="none", category="name"),
    measure="Themes of the newest coding frame with the actions linked to them",
    numerator=SHARE_NUMERATOR,
    denominator=SHARE_DENOMINATOR,
    interval=INTERVAL,
    source=CHAIN_SOURCE,
    caveat=f"{STRONG[:1].upper()}{STRONG[1:]}. {ALIKE}. {ONE_CONVERSATION}",
    row=("theme", "themes"),
)


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """List the themes, the surest agreement first; answered_by names actions by number; is_hidden."""
    yes = pl.when(pl.col("is_strong")).then(pl.lit("yes")).when(~pl.col("is_strong")).then(pl.lit("no"))
    numbers = pl.col("actions").list.eval(pl.element().cast(pl.String)).list.join(", ").replace("", None)
    names = [column.name for column in METRIC.columns]
    themes = of_element(themes_with_actions(cells), selection)
    return themes.with_columns(yes.alias("strong"), numbers.alias("answered_by")).select(*names, "is_hidden")


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Say how many themes an action answers."""
    if table.is_empty():
        return "No theme is coded here yet."
    answered = table["answered_by"].count()
    return f"{answered or 'None'} of {counted(table.height, 'theme')} {verb(answered or 1, 'has', 'have')} an action."


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the number of themes."""
    return counted(table.height, "theme")
