"""The words that many participants used."""

from __future__ import annotations

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics._elements import name_in_sentence
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, in_words, number

METRIC = Metric(
    key="words",
    title="The words people used",
    question="Which words did many people use?",
    cells=("words", "words_by_element"),
    columns=(
        Column("word", "Word"),
        Column("used_by_at_least", "Used by at least", "count", "participants"),
    ),
    chart=Chart(kind="cloud", category="word", values=("used_by_at_least",), limit=80),
    measure="Words of ideas and comments by the number of participants who used them, in steps",
    numerator="Distinct people who used the word in an idea or a comment that stands",
    denominator="None: these are counts, given as the lower end of a step",
    interval="None. Steps stand in place of exact counts, which could give a single person away",
    source="Ideas and comments after moderation; common words such as 'the' are left out",
    caveat="A word says nothing of whether people were for or against. Sizes in the cloud show the step and no more; "
    "within a step the order is alphabetical. A word of an idea on two elements counts for both",
    row=("word", "words"),
)


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give one row a word, most used first, in alphabetical order within a step; with an element, its words."""
    rows = cells["words"]
    if selection.element is not None:
        rows = cells["words_by_element"].filter(pl.col("element") == selection.element)
    return rows.sort(["used_by_at_least", "word"], descending=[True, False]).select(
        column.name for column in METRIC.columns
    )


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Name the words of the highest step, at most three of them."""
    about = "" if selection.element is None else f" on {name_in_sentence(selection.element)}"
    if table.is_empty():
        return f"No word was used by enough participants{about} to be shown."
    step = table["used_by_at_least"][0]
    top = table.filter(pl.col("used_by_at_least") == step)["word"].to_list()
    named = [f"‘{word}’" for word in top[:3]]
    if len(top) > len(named):
        named.append(counted(len(top) - len(named), "more word"))
    each = "was" if len(top) == 1 else "were each"
    return f"{in_words(named)} {each} used by at least {number(step)} participants{about}."


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the number of words."""
    return counted(table.height, "word")
