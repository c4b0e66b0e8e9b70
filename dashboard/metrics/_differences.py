"""Agreement in a region or a staff group, held against the rest of England."""

from __future__ import annotations

from typing import Final

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics._elements import name_in_sentence
from dashboard.metrics._significance import FALSE_DISCOVERIES, FALSE_DISCOVERY_RATE, points, with_difference, with_q
from dashboard.specs import Cells, Column
from dashboard.wording import counted, verb
from data_access.vocabulary import ELEMENTS, NOT_STATED

ALL_IDEAS: Final = "All ideas"
MORE, LESS, ALIKE, UNTESTED = "more", "less", "no clear difference", "cannot be compared"

REST_NUMERATOR: Final = "Agree votes there, and agree votes in the rest of England"
REST_DENOMINATOR: Final = (
    "Agree and disagree votes there, and in the rest of England: England's votes without those there"
)
DIFFERENCE_INTERVAL: Final = (
    "Newcombe, 95%, of the difference of the two shares. Votes are divided by the design effect first, because the "
    f"votes of one person are alike. {FALSE_DISCOVERIES}; p is 1 where fewer than five votes would be expected"
)
DIFFERENCE_SOURCE: Final = (
    "Grouped tables, cut with a proof that no hidden count of people can be worked out; England's votes and the "
    "design effect from the same release"
)
DIFFERENCE_CAVEAT: Final = (
    "Only cells whose votes may be given are compared; the others say in which band agreement lies. People who did not "
    "say where they belong are in the rest. A difference says nothing of its reason. Where groups were cut "
    "before the newest votes came, England's rest holds those too"
)


def difference_columns(name: str, label: str) -> tuple[Column, ...]:
    """Give the columns of a table of differences; `name` and `label` of the groups' column."""
    return (
        Column(name, label),
        Column("element", "Element"),
        Column("difference", "Difference in agree share", "share", "against England's rest"),
        Column("low", "Difference, lower end", "share", "95% interval"),
        Column("high", "Difference, upper end", "share", "95% interval"),
        Column("verdict", "Beyond chance"),
        Column("share", "Agree share there", "share", "of votes for or against"),
        Column("other_share", "Agree share in England's rest", "share", "of votes for or against"),
        Column("agree_band", "Share that agree, of all votes, within", absent="[z]"),
        Column("q", "Smallest false-discovery rate", "share", "at which it would be marked"),
    )


def differences(cells: Cells, selection: Selection, *, name: str) -> pl.DataFrame:
    """Compare every element, and all ideas together, in every group with the rest of England.

    In:   the tables `name` and `name`_by_element, votes_by_element, votes_by_idea, vote_clustering
    Out:  one row a group and element: columns of `difference_columns`, is_hidden (no votes may be given). Beyond
          chance first, then by size. The false-discovery rate is held over every cell, chosen or not
    """
    groups = pl.concat([_of_everybody(cells[name]), _of_elements(cells[f"{name}_by_element"])], how="diagonal_relaxed")
    stated = groups.filter(pl.col(name) != NOT_STATED)
    rest = stated.join(_england(cells), on="element", how="left").with_columns(
        (pl.col(f"england_{side}") - pl.col(side)).alias(f"other_{side}") for side in ("agree", "disagree")
    )
    is_whole = (pl.col("other_agree") >= 0) & (pl.col("other_disagree") >= 0)
    held = rest.with_columns(
        pl.when(is_whole).then(pl.col(side)).alias(side) for side in ("other_agree", "other_disagree")
    )
    tested = with_q(with_difference(held.sort(name, "element")))
    told = tested.with_columns(verdict=_verdict(), is_hidden=~pl.col("has_votes"))
    ordered = told.sort(
        ["is_marked", pl.col("difference").abs(), name, "element"],
        descending=[True, True, False, False],
        nulls_last=True,
    )
    return _chosen(ordered, selection, name).select(
        *(column.name for column in difference_columns(name, "")), "is_hidden"
    )


def difference_headline(table: pl.DataFrame, name: str) -> str:
    """Name the largest difference beyond chance, or say that there is none."""
    tested = table.filter(pl.col("verdict") != UNTESTED)
    if tested.is_empty():
        return "No votes by these groups are published that could be compared."
    marked = tested.filter(pl.col("verdict").is_in([MORE, LESS]))
    if marked.is_empty():
        return f"No difference stands out from chance in {counted(tested.height, 'comparison')}."
    first = marked.row(0, named=True)
    about = "" if first["element"] == ALL_IDEAS else f" on {name_in_sentence(first['element'])}"
    largest = f"{first[name]} agrees {points(first['difference'])} {first['verdict']} than England’s rest{about}"
    if marked.height == 1:
        return f"One difference is beyond chance: {largest}."
    return f"{marked.height} of {counted(tested.height, 'difference')} are beyond chance; the largest: {largest}."


def difference_base(table: pl.DataFrame) -> str:
    """Give how many cells are compared."""
    tested = table.filter(pl.col("verdict") != UNTESTED).height
    return f"{counted(tested, 'comparison')}, false discoveries at most {FALSE_DISCOVERY_RATE:.0%}"


def difference_notes(table: pl.DataFrame) -> tuple[str, ...]:
    """Say how many cells could not be compared."""
    untested = table.filter(pl.col("verdict") == UNTESTED).height
    return (f"{counted(untested, 'cell')} {verb(untested, 'gives', 'give')} no votes to compare.",) if untested else ()


def _of_everybody(table: pl.DataFrame) -> pl.DataFrame:
    return table.with_columns(element=pl.lit(ALL_IDEAS))


def _of_elements(table: pl.DataFrame) -> pl.DataFrame:
    return table.filter(pl.col("element").is_in(ELEMENTS))


def _england(cells: Cells) -> pl.DataFrame:
    """Give England's votes on each element and on all ideas, with what a vote is worth."""
    everything = cells["votes_by_idea"].select(pl.lit(ALL_IDEAS).alias("element"), pl.col("agree", "disagree").sum())
    elements = cells["votes_by_element"].select("element", "agree", "disagree")
    votes = pl.concat([everything, elements]).rename({"agree": "england_agree", "disagree": "england_disagree"})
    worth = cells["vote_clustering"].select(pl.col("slice").alias("element"), "design_effect")
    return votes.join(worth, on="element", how="left")


def _verdict() -> pl.Expr:
    return (
        pl.when(pl.col("difference").is_null())
        .then(pl.lit(UNTESTED))
        .when(~pl.col("is_marked"))
        .then(pl.lit(ALIKE))
        .when(pl.col("difference") > 0)
        .then(pl.lit(MORE))
        .otherwise(pl.lit(LESS))
    )


def _chosen(table: pl.DataFrame, selection: Selection, name: str) -> pl.DataFrame:
    if selection.element is not None:
        table = table.filter(pl.col("element") == selection.element)
    chosen = selection.regions if name == "region" else selection.staff_groups
    return table.filter(pl.col(name).is_in(chosen)) if chosen else table
