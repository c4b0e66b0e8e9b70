"""Protecting tables that cross two slices: a theme with an element, with a week, with another theme.

A row is small by the rule of `threshold`. Two things more are hidden, because a crossed row is part of two lines:

* every row of a line whose slice is hidden itself: its people are among those of the hidden slice, so a shown row
  would say that the slice is no smaller;
* where a small row is hidden, one row of k people and more on each of its lines, so that the total of a line less
  its shown rows never is a small row by itself. Lines are gone through until nothing more has to be hidden.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

from data_access.disclosure.threshold import Protection, hide, is_small


@dataclass(frozen=True)
class Crossing:
    """How a crossed table is protected. `lines` are its two columns; those that add up to a total need company.

    `slices` names the table and column whose hidden rows hide a whole line.
    """

    protection: Protection
    lines: tuple[str, str]
    needs_company: bool
    slices: Mapping[str, tuple[str, str]]


_THEME: Final = ("votes_by_theme", "theme")
_ELEMENT: Final = ("votes_by_element", "element")
_ONLY_PEOPLE: Final = Protection(("participants",), ("participants",), "none")
_EVERYTHING: Final = Protection(("participants",), ("participants", "ideas", "comments", "votes"), "none")
CROSSINGS: Final[Mapping[str, Crossing]] = {
    "themes_by_element": Crossing(
        _ONLY_PEOPLE,
        ("of_theme", "and_element"),
        needs_company=True,
        slices={"of_theme": _THEME, "and_element": _ELEMENT},
    ),
    # Nobody adds pairs up: ideas with one theme only stand in no row, and no total of them is given.
    "theme_pairs": Crossing(
        _ONLY_PEOPLE, ("of_theme", "and_theme"), needs_company=False, slices={"of_theme": _THEME, "and_theme": _THEME}
    ),
    "themes_by_week": Crossing(_EVERYTHING, ("of_theme", "in_week"), needs_company=True, slices={"of_theme": _THEME}),
}


def protect_crossed(
    frame: pl.DataFrame, how: Crossing, threshold: int, hidden_slices: Mapping[str, Iterable[str]]
) -> pl.DataFrame:
    """Hide what must not be shown of a crossed table of one conversation.

    In:   the counted table; `hidden_slices` gives, by column, the slices that are hidden as a whole.
    Out:  the same rows with `is_hidden`; every measure is null where it is true.
    """
    of_hidden = [pl.col(line).is_in(list(hidden_slices.get(line, ()))) for line in how.lines]
    people = how.protection.people[0]
    has_people = pl.col(people) > 0
    small = frame.select(hidden=is_small(how.protection, threshold) | (pl.any_horizontal(of_hidden) & has_people))
    hidden = {at for at, is_hidden in enumerate(small["hidden"]) if is_hidden}
    if how.needs_company:
        hidden = _accompanied(frame, how.lines, frame[people].to_list(), hidden, threshold)
    flags = pl.Series("is_hidden", [at in hidden for at in range(frame.height)], dtype=pl.Boolean)
    return hide(frame.with_columns(flags), how.protection.measures)


def _accompanied(
    frame: pl.DataFrame, lines: Iterable[str], people: list[int], hidden: set[int], threshold: int
) -> set[int]:
    """Give every line that hides small rows only one of its smallest other rows, until no line needs one."""
    members = [list(rows) for line in lines for rows in _rows_of(frame, line)]
    grown = set(hidden)
    while True:
        added = {
            min(large, key=lambda at: (people[at], at))
            for rows in members
            if (large := _needed(rows, people, grown, threshold))
        }
        if not added:
            return grown
        grown |= added


def _rows_of(frame: pl.DataFrame, line: str) -> list[list[int]]:
    groups = frame.select(line).with_row_index("at").group_by(line, maintain_order=True).agg("at")
    return groups["at"].to_list()


def _needed(rows: list[int], people: list[int], hidden: set[int], threshold: int) -> list[int]:
    """Give the rows one of which must keep the hidden ones of a line company; none where that is so already."""
    of_line = [at for at in rows if at in hidden]
    if not of_line or any(people[at] >= threshold for at in of_line):
        return []
    return [at for at in rows if at not in hidden and people[at] >= threshold]
