"""The threshold: no count of 1 to k-1 participants is shown, nor falls out of a release by subtraction.

What is protected here are the ungrouped tables: counts of people by element, theme and day, and in total.

* **Small rows.** A row is small if any of its counts of people is 1 to k-1, or if things were done on it and
  fewer than k known people did them (posts without an author have people behind them too). Every measure of
  a small row is hidden. A row where nobody did anything shows its noughts.
* **Remainder.** Days partition the votes, comments and ideas of a conversation, whose totals are public: one
  hidden day would be the total less the shown days. Elements and themes overlap, so people do not add up, but
  union ≤ sum still gives `hidden ≥ total - sum of the shown`, which pins a single hidden slice wherever few
  people are in two. So where a small row is hidden, a row that is *not* small is hidden with it: what is
  hidden together then holds at least k people, and the small row could, for all a reader knows, be the one
  that is not. Where no such row exists nothing but small rows is hidden, and the total they would be
  subtracted from covers just them and the noughts.
* **Which row.** By time: the nearest earlier one, else the nearest later. Days are added at the end, so a day
  that was hidden stays hidden in every later release. Otherwise the one with the fewest people, which costs
  the reader least.
* **Totals.** A measure that counts people is hidden when it is 1 to k-1; each stands for itself.

What is not protected, on purpose, because every participant saw it on the platform: votes on an idea, and
counts of things (ideas, comments, votes in all). So the votes on an element can be added up from its ideas even
where its row is hidden, and the votes of a day are the difference between the idea votes of two releases; the
number of people behind them is neither. Totals of people may be refreshed at any time, so publishing daily
shows how many came in between: publish seldom where that matters. How many took part without voting is the
difference of two shown numbers and no slice of people by who they are. Tables cut by place and staff group
need more than this rule and are not made here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

import polars as pl

PEOPLE_TOTALS: Final = ("registered", "signed_in", "voters", "commenters", "contributors", "participants")


@dataclass(frozen=True)
class Protection:
    """How a table is protected: which columns count people, which are hidden, which row keeps a hidden one company."""

    people: tuple[str, ...]
    measures: tuple[str, ...]
    company: Literal["nearest", "smallest", "none"]


_BALANCE: Final = ("voters", "agree", "pass", "disagree")
PROTECTIONS: Final[Mapping[str, Protection]] = {
    "votes_by_element": Protection(("participants", "voters"), ("comments", "participants", *_BALANCE), "smallest"),
    "votes_by_theme": Protection(("participants", "voters"), ("comments", "participants", *_BALANCE), "smallest"),
    "activity_by_day": Protection(("participants",), ("participants", "ideas", "comments", "votes"), "nearest"),
    "participants_by_week": Protection(("participants",), ("participants",), "nearest"),
}


def protect(frame: pl.DataFrame, how: Protection, threshold: int) -> pl.DataFrame:
    """Hide what must not be shown of a table of one conversation.

    In:   the counted table, its rows in order (by time where company is 'nearest').
    Out:  the same rows with `is_hidden`; every measure is null where it is true.
    """
    small = frame.select(is_small=is_small(how, threshold))["is_small"].to_list()
    hidden = {at for at, row_is_small in enumerate(small) if row_is_small}
    if how.company != "none":
        hidden |= _company(frame[how.people[0]].to_list(), hidden, threshold, how.company)
    flags = pl.Series("is_hidden", [at in hidden for at in range(frame.height)], dtype=pl.Boolean)
    return hide(frame.with_columns(flags), how.measures)


def is_small(how: Protection, threshold: int) -> pl.Expr:
    """Say whether a row must not be shown by itself."""
    people = [pl.col(name) for name in how.people]
    few = pl.any_horizontal([(count >= 1) & (count < threshold) for count in people])
    things = pl.any_horizontal([pl.col(name).fill_null(0) > 0 for name in how.measures])
    return few | ((people[0] < threshold) & things)


def protect_totals(frame: pl.DataFrame, threshold: int) -> pl.DataFrame:
    """Hide totals that count 1 to k-1 people. In: measure, count. Out: the same with `is_hidden`."""
    counts_people = pl.col("measure").is_in(PEOPLE_TOTALS)
    few = counts_people & pl.col("count").is_between(1, threshold - 1)
    return hide(frame.with_columns(is_hidden=few), ("count",))


def hide(frame: pl.DataFrame, measures: tuple[str, ...]) -> pl.DataFrame:
    """Make the measures of hidden rows null."""
    return frame.with_columns(pl.when(~pl.col("is_hidden")).then(pl.col(*measures)))


def _company(people: list[int], hidden: set[int], threshold: int, by: str) -> set[int]:
    """Choose rows of k people and more to hide with the small ones; none where there are none."""
    large = [at for at, count in enumerate(people) if count >= threshold and at not in hidden]
    is_accompanied = any(people[at] >= threshold for at in hidden)
    if not hidden or not large or is_accompanied:
        return set()
    if by == "smallest":
        return {min(large, key=lambda at: (people[at], at))}
    return {_nearest(large, at) for at in hidden}


def _nearest(large: list[int], at: int) -> int:
    earlier = [other for other in large if other < at]
    return max(earlier) if earlier else min(large)
