"""How far moderation changed the order of ideas, in one number, and who entered and left the first ten."""

from __future__ import annotations

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics._ideas import SMALLEST_BASE
from dashboard.metrics._rank_agreement import kendall_tau
from dashboard.metrics._unmoderated import FIRST, TABLES, both_orders
from dashboard.metrics._votes import INTERVAL, SHARE_DENOMINATOR, SHARE_NUMERATOR
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import number

METRIC = Metric(
    key="moderation_agreement",
    title="The order of ideas with and without moderation",
    question="How much did moderation change the order of ideas?",
    cells=TABLES,
    columns=(
        Column("measure", "What"),
        Column("value", "Value", absent="[z]"),
    ),
    chart=Chart(kind="none", category="measure"),
    measure="Agreement of two orders of the same ideas: now, and as if nobody had moderated anything",
    numerator=f"Kendall's tau-b: pairs of ideas in the same order less pairs in the opposite one. {SHARE_NUMERATOR} "
    "decide the order",
    denominator="The geometric mean of the pairs that are not level in each order: tau-b = (P − Q) ÷ √((n0 − n1)(n0 − "
    f"n2)) with n0 all pairs, n1 and n2 the level ones. Order by the agree share: {SHARE_DENOMINATOR}",
    interval=f"None for tau. {INTERVAL}; its lower end gives the order",
    source="Each participant's latest vote: on each idea that stands, and on each idea as it was posted",
    caveat=f"Ideas with {SMALLEST_BASE} votes for or against or more. Tau compares the ideas that have a rank in both "
    "orders; 1 is the same order, 0 no relation, −1 the order turned round. What was removed or merged away is in the "
    "first ten without moderation, not in the one with it",
    takes_element=False,
    row=("measure", "measures"),
)
TAU, COMPARED = "Kendall’s tau-b", "Ideas with a rank in both orders"
STAYED, ENTERED = f"Ideas in the first {FIRST} of both", f"Ideas in the first {FIRST} only now"
GONE, BEHIND = f"Withheld or merged away from the first {FIRST}", f"Still ranked, but no longer in the first {FIRST}"


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give tau-b and the counts around it, one row each; tau is null where fewer than two ideas can be compared."""
    every = both_orders(cells)
    both = every.filter(pl.col("with_rank").is_not_null() & pl.col("without_rank").is_not_null())
    now = (pl.col("with_rank") <= FIRST).fill_null(value=False)
    before = (pl.col("without_rank") <= FIRST).fill_null(value=False)
    left = every.filter(before & ~now)
    gone = left.filter(pl.col("with_rank").is_null()).height
    tau = kendall_tau(both["with_low"], both["without_low"])
    counts = {
        COMPARED: both.height,
        STAYED: every.filter(now & before).height,
        ENTERED: every.filter(now & ~before).height,
        BEHIND: left.height - gone,
        GONE: gone,
    }
    told = {TAU: None if tau is None else f"{tau:.2f}"} | {name: number(count) for name, count in counts.items()}
    columns = {"measure": list(told), "value": list(told.values())}
    return pl.DataFrame(columns, schema={"measure": pl.String, "value": pl.String})


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Give tau and how many of the first ten stayed."""
    told = dict(table.iter_rows())
    if told[TAU] is None:
        return "Too few ideas have a rank both with and without moderation to compare the orders."
    first = int(told[STAYED]) + int(told[ENTERED])
    return (
        f"{told[STAYED]} of the first {number(first)} ideas would be there without moderation too; Kendall’s tau-b of "
        f"the two orders is {told[TAU]}."
    )


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the number of ideas compared."""
    return f"{dict(table.iter_rows())[COMPARED]} ideas compared"
