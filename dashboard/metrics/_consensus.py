"""Consensus over declared groups: GAC, its root, and which groups are left out."""

from __future__ import annotations

from typing import Final

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics._elements import name_in_sentence
from dashboard.metrics._polis import group_consensus, group_consensus_root, smoothed
from dashboard.specs import Cells, Column
from dashboard.wording import counted, in_words, per_cent, whole_per_cent
from data_access.vocabulary import ELEMENTS, NOT_STATED

FEWEST_GROUPS: Final = 2
CONSENSUS_NUMERATOR: Final = "In each group: agree votes and one more"
CONSENSUS_DENOMINATOR: Final = "In each group: all votes, passes too, and two more"
CONSENSUS_INTERVAL: Final = (
    "None. GAC is the product of the groups' shares, so it falls with their number k; its k-th root, GAC^(1/k), does "
    "not and is what is drawn"
)
CONSENSUS_CAVEAT: Final = (
    "Groups whose votes may not be given are left out and named, and so are those who did not say. High consensus says "
    "that every group agrees, not that everybody does"
)


def consensus_columns(name: str, label: str) -> tuple[Column, ...]:
    """Give the columns of a table of consensus; `name` and `label` say what the groups are."""
    return (
        Column("element", "Element"),
        Column("gac_root", "Consensus, GAC^(1/k)", "share", "", absent="[z]"),
        Column("gac", "Consensus, GAC", "share", "", absent="[z]"),
        Column("groups", f"{label}s counted (k)", "count", name),
        Column("lowest", f"{label} that agrees least", absent="[z]"),
        Column("lowest_share", "Its share", "share", "", absent="[z]"),
        Column("left_out", f"{label}s left out", absent="[z]"),
    )


def consensus(cells: Cells, selection: Selection, *, name: str) -> pl.DataFrame:
    """Work out the consensus of the groups on each element.

    In:   `name`_by_element
    Out:  one row an element of the selection, all of them: columns of `consensus_columns`; widest consensus first,
          those with fewer than two groups last and without figures
    """
    rows = cells[f"{name}_by_element"].filter(pl.col(name) != NOT_STATED).sort("element", name)
    counted_, seen = rows.filter("has_votes"), pl.sum_horizontal("agree", pl.col("pass").fill_null(0), "disagree")
    shares = counted_.with_columns(seen=seen, group_share=smoothed(pl.col("agree"), seen))
    over = shares.group_by("element").agg(
        gac=group_consensus(pl.col("agree"), pl.col("seen")),
        gac_root=group_consensus_root(pl.col("agree"), pl.col("seen")),
        groups=pl.len().cast(pl.Int64),
        lowest=pl.col(name).sort_by("group_share", name).first(),
        lowest_share=pl.col("group_share").min(),
    )
    left_out = rows.filter(~pl.col("has_votes")).group_by("element").agg(left_out=pl.col(name).sort().str.join("; "))
    elements = pl.DataFrame({"element": ELEMENTS}).with_row_index("place")
    every = elements.join(over, on="element", how="left").join(left_out, on="element", how="left")
    enough = pl.col("groups").fill_null(0) >= FEWEST_GROUPS
    shown = every.with_columns(
        pl.when(enough).then(pl.col("gac", "gac_root", "lowest", "lowest_share")), pl.col("groups").fill_null(0)
    )
    kept = shown if selection.element is None else shown.filter(pl.col("element") == selection.element)
    ordered = kept.sort(["gac_root", "place"], descending=[True, False], nulls_last=True)
    return ordered.select(column.name for column in consensus_columns(name, ""))


def consensus_headline(table: pl.DataFrame, one: str, several: str) -> str:
    """Name the element with the widest consensus, and the group that agrees least on it."""
    shown = table.filter(pl.col("gac_root").is_not_null())
    if shown.is_empty():
        return f"No votes by {several} are published that consensus could be worked out from."
    top, bottom = shown.row(0, named=True), shown.row(-1, named=True)
    least = f"{whole_per_cent(top['lowest_share'])} in {top['lowest']}, the {one} that agrees least"
    if shown.height == 1:
        return f"Consensus of {counted(top['groups'], one, several)} is {per_cent(top['gac_root'])}, with {least}."
    return (
        f"{several.capitalize()} are most of one mind on {name_in_sentence(top['element'])} "
        f"({whole_per_cent(top['gac_root'])}; {least}) and least on {name_in_sentence(bottom['element'])} "
        f"({whole_per_cent(bottom['gac_root'])})."
    )


def consensus_base(table: pl.DataFrame, one: str, several: str) -> str:
    """Give the number of groups that consensus is over."""
    most = table.select(pl.col("groups").max()).item() or 0
    return f"over {counted(most, one, several)}"


def consensus_notes(table: pl.DataFrame, several: str) -> tuple[str, ...]:
    """Name the groups that are left out, element by element, and the elements without any."""
    found = [
        f"Left out on {name_in_sentence(element)}: {in_words(text.split('; '))}."
        for element, text in table.filter(pl.col("gac_root").is_not_null()).select("element", "left_out").rows()
        if text
    ]
    none = table.filter(pl.col("gac_root").is_null() & pl.col("left_out").is_not_null())["element"]
    if none.len():
        on = in_words(name_in_sentence(name) for name in none)
        found.append(f"The votes of no two {several} may be given on {on}: a small number could be worked out.")
    return tuple(found)
