"""Protection of who came for the first time and who came again, week by week.

A group here is everybody who first came in the same week.

Three sums are public. New and returning participants of a week are the participants of that week. People who had
joined by a shown week, less those by an earlier shown one, are the new ones of all weeks between. And those
returning in a shown week are the groups of all earlier weeks together. So what is hidden together adds up to a
number that anybody can work out.

* **Runs of weeks.** A week with 1 to k-1 new or returning participants is hidden, and so are its neighbours, the
  earlier first, until each hidden small number of the run could be anything in a range of at least k.
* **Groups.** All of a group is hidden whose first week is, and all of a column whose week is. Of those returning
  in a week, a group with 1 to k-1 of them is hidden, or with all of the group but 1 to k-1; and the smallest
  others with it, until each of these could lie anywhere in a range of at least k. Where hiding all of them is not
  enough, the week is hidden among the weeks, so that there is no sum.

Ranges are exact: with one sum of hidden numbers, each within bounds of its own, every whole number between the
ends that the bounds of the others leave is possible.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Unknown:
    """A hidden number, and the ends between which a reader knows it to lie."""

    value: int
    low: int
    high: int


@dataclass(frozen=True)
class HiddenWeeks:
    """Places of hidden weeks, and for each week the places of hidden groups that came again in it."""

    weeks: frozenset[int]
    groups: Mapping[int, frozenset[int]]


def is_few(people: int, k: int) -> bool:
    """Say whether a number of people must not be told: 1 to k-1."""
    return 1 <= people < k


def width(at: int, together: Sequence[Unknown]) -> int:
    """Give how wide the range is that one of the numbers hidden together may lie in, knowing their sum."""
    total = sum(number.value for number in together)
    others = [number for place, number in enumerate(together) if place != at]
    own = together[at]
    highest = min(own.high, total - sum(number.low for number in others))
    return highest - max(own.low, total - sum(number.high for number in others))


def hidden_weeks(
    new: Sequence[int], again: Sequence[Sequence[int]], people: Sequence[int | None], k: int
) -> HiddenWeeks:
    """Say what to hide of weeks and groups.

    new: people who came for the first time in each week; again[w][c]: people of the group of week c who came in
    the later week w; people: participants of each week where they are shown.
    """
    also: frozenset[int] = frozenset()
    while True:
        weeks = _weeks(new, [sum(row) for row in again], people, k, also)
        groups = {week: _groups(row, new, weeks, k) for week, row in enumerate(again) if week not in weeks}
        lost = frozenset(week for week, hidden in groups.items() if hidden is None)
        if not lost:
            whole = {week: frozenset(range(len(again[week]))) for week in weeks}
            return HiddenWeeks(frozenset(weeks), whole | {week: found or frozenset() for week, found in groups.items()})
        also |= lost


def _weeks(
    new: Sequence[int], returning: Sequence[int], people: Sequence[int | None], k: int, also: frozenset[int]
) -> set[int]:
    few = {at for at, pair in enumerate(zip(new, returning, strict=True)) if any(is_few(count, k) for count in pair)}
    hidden = few | set(also)
    numbers = [_new_of_week(at, new, people) for at in range(len(new))]
    while narrow := [run for run in runs(hidden) if _is_narrow(run, few, numbers, k)]:
        first, last = narrow[0][0], narrow[0][-1]
        if first == 0 and last == len(new) - 1:
            break  # every week is hidden: no two are left to take a difference of
        hidden.add(first - 1 if first else last + 1)
    return hidden


def _new_of_week(at: int, new: Sequence[int], people: Sequence[int | None]) -> Unknown:
    """Bound the new ones of a week by its participants; in the first week all are new, and known if those are."""
    known = people[at]
    if known is None:
        return Unknown(new[at], 0, sum(new))
    return Unknown(new[at], new[at] if at == 0 else 0, known)


def runs(places: set[int]) -> list[list[int]]:
    """Give the unbroken runs of places, in order."""
    found: list[list[int]] = []
    for at in sorted(places):
        if found and found[-1][-1] == at - 1:
            found[-1].append(at)
        else:
            found.append([at])
    return found


def _is_narrow(run: Sequence[int], few: set[int], numbers: Sequence[Unknown], k: int) -> bool:
    together = [numbers[at] for at in run]
    return any(week in few and width(place, together) < k for place, week in enumerate(run))


def _groups(returning: Sequence[int], sizes: Sequence[int], weeks: set[int], k: int) -> frozenset[int] | None:
    """Say which groups of a shown week to hide; None where its sum must not be shown."""
    numbers = [Unknown(came, 0, sum(sizes) if at in weeks else sizes[at]) for at, came in enumerate(returning)]
    needy = {
        at
        for at, came in enumerate(returning)
        if at in weeks or is_few(came, k) or (came and is_few(sizes[at] - came, k))
    }
    hidden = set(needy)
    rest = sorted(set(range(len(returning))) - needy, key=lambda at: (returning[at], at))
    while _has_narrow(sorted(hidden), needy, numbers, k):
        if not rest:
            return None
        hidden.add(rest.pop(0))
    return frozenset(hidden)


def _has_narrow(hidden: Sequence[int], needy: set[int], numbers: Sequence[Unknown], k: int) -> bool:
    together = [numbers[at] for at in hidden]
    return any(at in needy and width(place, together) < k for place, at in enumerate(hidden))
