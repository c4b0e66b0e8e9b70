"""Closed periods: whole weeks from a Monday to a Sunday that are over and will not change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

WEEK: Final = timedelta(days=7)
LAST_DAY: Final = timedelta(days=6)


@dataclass(frozen=True)
class Period:
    """A range of closed weeks: `first` is a Monday, `last` the Sunday it ends with."""

    first: date
    last: date

    @property
    def weeks(self) -> tuple[date, ...]:
        """The Mondays of its weeks."""
        return tuple(self.first + WEEK * at for at in range(((self.last - self.first).days + 1) // 7))


def period_of(monday: date, last_monday: date) -> Period:
    """Give the period from one week to another, both counted."""
    return Period(monday, last_monday + LAST_DAY)


def period_from(first: str, last: str, weeks: Sequence[date], faults: list[str]) -> Period | None:
    """Read a period from the two days of a link; an end left out is that of all closed weeks.

    first: a Monday, last: a Sunday, as 2021-02-01; weeks: the Mondays of the closed weeks there are.
    What is wrong is added to `faults`, with the nearest days that are offered.
    """
    if not first and not last:
        return None
    if not weeks:
        faults.append("The link asks for a period, which is not offered here: no week of this conversation is closed.")
        return None
    starts = {monday.isoformat(): monday for monday in weeks}
    ends = {(monday + LAST_DAY).isoformat(): monday for monday in weeks}
    begins = _day("from", first or min(starts), starts, faults)
    finishes = _day("to", last or max(ends), ends, faults)
    if begins is None or finishes is None:
        return None
    if finishes < begins:
        faults.append(f"The link asks for a period that ends on {last} before it begins on {first}.")
        return None
    return period_of(begins, finishes)


def _day(name: str, text: str, offered: dict[str, date], faults: list[str]) -> date | None:
    if text in offered:
        return offered[text]
    kind = "Mondays" if name == "from" else "Sundays"
    faults.append(
        f"The link asks for {name} '{text[:20]}'. Only whole weeks that are over can be chosen: {kind} from "
        f"{min(offered)} to {max(offered)}."
    )
    return None
