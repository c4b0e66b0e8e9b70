"""Opinion groups the source supplied: the ideas whose every group is shown, and the groups left out."""

from __future__ import annotations

from typing import Final

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics._ideas import WITHDRAWN, in_selection, wordings
from dashboard.specs import Cells
from dashboard.wording import counted, in_words

GROUP_CELLS: Final = ("votes_by_opinion_group", "idea_elements", "texts", "votes_by_idea")
GROUP_SOURCE: Final = (
    "Opinion groups as the source supplied them; each participant's latest vote on each idea that stands. Shown only "
    "where every group has at least the threshold of voters on the idea"
)
GROUP_CAVEAT: Final = (
    "Opinion groups are people who vote alike, found by the source's own clustering; they are not declared and cannot "
    "be worked out again from the votes. Groups of different conversations must not be compared"
)
NO_GROUPS: Final = "No opinion groups were supplied, or no two have enough voters to be shown."
FEWEST_GROUPS: Final = 2


def group_cells(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give the shown cells of ideas of the selection with their wording, by idea and group; pass 0 where absent.

    Ideas of which fewer than two groups are shown are left out: nothing could be held against anything.
    """
    rows = cells["votes_by_opinion_group"].filter(~pl.col("is_hidden"))
    several = rows.filter(pl.len().over("idea") >= FEWEST_GROUPS)
    kept = in_selection(several, cells["idea_elements"], selection)
    return (
        kept.join(wordings(cells["texts"]), on="idea", how="left")
        .with_columns(pl.col("wording").fill_null(WITHDRAWN), pl.col("pass").fill_null(0))
        .sort("idea", "opinion_group")
    )


def group_name(column: str = "opinion_group") -> pl.Expr:
    """Name a group as the source does: 'Group 0'."""
    return pl.format("Group {}", column)


def group_notes(cells: Cells) -> tuple[str, ...]:
    """Say how many ideas are not shown for their groups' sake, and which groups never are."""
    rows = cells["votes_by_opinion_group"]
    if rows.is_empty():
        return ()
    shown = rows.filter(~pl.col("is_hidden"))
    hidden = rows["idea"].n_unique() - shown["idea"].n_unique()
    never = sorted(set(rows["opinion_group"]) - set(shown["opinion_group"]))
    found = [f"{counted(hidden, 'idea')} left out: a group has too few voters there."] if hidden else []
    if never:
        found.append(f"Left out as too small: {in_words(f'group {name}' for name in never)}.")
    return tuple(found)
