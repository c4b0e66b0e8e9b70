"""What people said, what was answered, and by which action: from links only."""

from __future__ import annotations

from typing import Final

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics._links import (
    CHAIN,
    CHAIN_SOURCE,
    NO_ELEMENT,
    ONE_CONVERSATION,
    elements_of_links,
    resolved_links,
    standing_links,
)
from dashboard.metrics._votes import INTERVAL, SHARE_DENOMINATOR, SHARE_NUMERATOR, with_balance
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, verb
from data_access.vocabulary import ELEMENTS

DONE: Final = "done"
DOING: Final = "doing"
CANNOT: Final = "cannot do"
OPEN: Final = "not answered yet"
ANSWERS: Final = (DONE, DOING, CANNOT, OPEN)
# Themes are said first, then the ideas in them, then notes of sessions.
KINDS: Final = ("theme", "idea", "feedback", "session action")
REGIONS_WAIT: Final = (
    "This is for England as a whole. What was said in a region waits for a grouped release, in which every small "
    "group is protected before anything is published."
)

METRIC = Metric(
    key="you_said",
    title="You said, we did",
    question="What was said, and what has become of it?",
    cells=CHAIN,
    columns=(
        Column("element", "Element"),
        Column("answer", "Answer"),
        Column("action", "Action", "number"),
        Column("kind", "What was said as"),
        Column("item", "Id"),
        Column("said", "You said"),
        Column("did", "We did, or why not", absent="[z]"),
        Column("votes", "Votes for or against", "count", "votes", absent="[z]"),
        Column("agree_share", "Agree share", "share", "of votes for or against", absent="[z]"),
        Column("agree_low", "Agree share, lower end", "share", "95% interval", absent="[z]"),
        Column("agree_high", "Agree share, upper end", "share", "95% interval", absent="[z]"),
    ),
    chart=Chart(kind="none", category="said"),
    measure="Links from actions to what people said, with the answer recorded for each",
    numerator=SHARE_NUMERATOR,
    denominator=SHARE_DENOMINATOR,
    interval=INTERVAL,
    source=CHAIN_SOURCE,
    caveat="Only what is linked and still stands is listed; an idea of several elements stands under each. "
    f"Notes and sessions have no votes. {ONE_CONVERSATION}",
    row=("answer", "answers"),
)


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """List what was said by element, answer and action; one row a link and element. `item` is what stands now."""
    names = [column.name for column in METRIC.columns]
    links = standing_links(cells).join(elements_of_links(cells), on=("kind", "item"))
    rows = (
        links.join(_votes(cells), on=("kind", "resolved"), how="left")
        .with_columns(
            pl.col("response").fill_null(OPEN).alias("answer"),
            pl.col("response_text").alias("did"),
            pl.col("name").alias("said"),
            pl.col("resolved").alias("item"),
        )
        .unique(("element", "action", "kind", "item"), keep="first", maintain_order=True)
        .sort(
            _place("element", (*ELEMENTS, NO_ELEMENT)),
            _place("answer", ANSWERS),
            "action",
            _place("kind", KINDS),
            "item",
        )
    )
    shown = rows if selection.element is None else rows.filter(pl.col("element") == selection.element)
    return shown.select(names)


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Say how many of the actions that answer are done, under way, or cannot be done."""
    if table.is_empty():
        return "Nothing that was said is linked to an action here yet."
    parts = [(word, table.filter(pl.col("answer") == word)["action"].n_unique()) for word in ANSWERS]
    told = ", ".join(f"{count} {word}" for word, count in parts if count)
    actions = table["action"].n_unique()
    return f"{counted(actions, 'action')} {verb(actions, 'answers', 'answer')} what was said: {told}."


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the number of distinct things said."""
    return counted(table.select("kind", "item").n_unique(), "thing") + " said"


def notes(cells: Cells, table: pl.DataFrame, selection: Selection) -> tuple[str, ...]:
    """Say what is left out, and that regions wait."""
    lost = resolved_links(cells)["resolved"].null_count()
    told = f"{counted(lost, 'link')} {verb(lost, 'leads', 'lead')} nowhere any more; left out here."
    return (REGIONS_WAIT, told) if lost else (REGIONS_WAIT,)


def _votes(cells: Cells) -> pl.DataFrame:
    """Give agree share and interval of themes and ideas; hidden themes have none."""
    counts = ("agree", "pass", "disagree")
    themes = cells["votes_by_theme"].select(kind=pl.lit("theme"), resolved="theme", **{name: name for name in counts})
    ideas = cells["votes_by_idea"].select(kind=pl.lit("idea"), resolved="idea", **{name: name for name in counts})
    both = with_balance(pl.concat([themes, ideas]))
    sided = (pl.col("agree") + pl.col("disagree")).alias("votes")
    return both.select("kind", "resolved", sided, "agree_share", "agree_low", "agree_high")


def _place(column: str, order: tuple[str, ...]) -> pl.Expr:
    return pl.col(column).replace_strict({word: at for at, word in enumerate(order)}, default=len(order))
