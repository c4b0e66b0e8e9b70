"""The ideas that divide people."""

from __future__ import annotations

from typing import Final

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics._idea_bands import bands_beside_england
from dashboard.metrics._ideas import SMALLEST_BASE, count_selected, selected_ideas
from dashboard.metrics._intervals import wilson
from dashboard.metrics._votes import AGREE, BALANCE_COLUMNS, DISAGREE, SIDED, with_balance
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, shortened, verb, whole_per_cent

METRIC = Metric(
    key="divided_ideas",
    title="The ideas that divide people",
    question="Where do many agree and many disagree?",
    cells=("votes_by_idea", "idea_elements", "texts"),
    columns=(
        Column("idea", "Idea number"),
        Column("wording", "Idea"),
        Column("division", "Division", "share", "twice the share of the smaller side"),
        Column("division_low", "Division, lower end", "share", "95% interval"),
        Column("division_high", "Division, upper end", "share", "95% interval"),
        Column("controversy", "Controversy", "share", "smaller side as a share of the larger"),
        *BALANCE_COLUMNS,
    ),
    chart=Chart(kind="diverging_bar", category="wording", values=("agree", "pass", "disagree"), limit=10),
    measure="Agree and disagree as shares of the votes for or against, surest division first. Division is twice the "
    "smaller side’s share, controversy the smaller side over the larger: both are 100% for an even split",
    numerator="Division: twice the votes of the smaller side. Controversy: the votes of the smaller side",
    denominator="Division: agree and disagree votes together (100% is an even split). Controversy: the votes of the "
    "larger side",
    interval="Wilson, 95%, of the smaller side's share, doubled and at most 100%. Ideas are ordered by its lower end, "
    "so that 5 against 5 does not come before 500 against 490",
    source="Each participant's latest vote on each idea that stands, ideas that were merged taken together",
    caveat=f"Only ideas with {SMALLEST_BASE} votes for or against or more. A divided idea is not a bad one: it may "
    "matter to different people in different ways",
    row=("idea", "ideas"),
    divisions=frozenset({"region_by_idea"}),
)


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give one row an idea with a large enough base, the surest division first; ties by more votes, then by idea."""
    ideas = with_balance(selected_ideas(cells, selection).filter(SIDED >= SMALLEST_BASE))
    smaller, larger = pl.min_horizontal(AGREE, DISAGREE), pl.max_horizontal(AGREE, DISAGREE)
    bounds = wilson(smaller, SIDED)
    return (
        ideas.with_columns(
            (2 * smaller / SIDED).alias("division"),
            (2 * bounds.low).alias("division_low"),
            (2 * bounds.high).clip(upper_bound=1.0).alias("division_high"),
            (smaller / larger).alias("controversy"),
        )
        .sort(["division_low", "votes", "idea"], descending=[True, True, False])
        .select(column.name for column in METRIC.columns)
    )


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Quote the most divided idea."""
    if table.is_empty():
        return f"No idea has the {SMALLEST_BASE} votes for or against that this needs."
    first = table.row(0, named=True)
    if first["division"] == 0:
        return "No idea divides people: on each, everybody is on one side."
    words = shortened(first["wording"], 60).rstrip(".")
    against = 1 - first["agree_share"]
    return (
        f"Most divided: ‘{words}’ ({whole_per_cent(first['agree_share'])} agree, {whole_per_cent(against)} disagree)."
    )


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the number of ideas held against each other."""
    return f"{counted(table.height, 'idea')} compared"


def notes(cells: Cells, table: pl.DataFrame, selection: Selection) -> tuple[str, ...]:
    """Say how many ideas have too small a base."""
    left_out = count_selected(cells, selection) - table.height
    if not left_out:
        return ()
    few = f"{counted(left_out, 'idea')} {verb(left_out, 'has', 'have')} fewer than {SMALLEST_BASE} votes"
    return (f"{few} for or against and {verb(left_out, 'is', 'are')} left out.",)


DIVIDED: Final = bands_beside_england(METRIC, derive)
