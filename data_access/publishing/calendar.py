"""Days of a conversation: whole days since 1970 in its own time zone, so that any engine can count them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import polars as pl

FIRST_DAY: Final = date(1970, 1, 1)
FIRST_MONDAY: Final = 4  # 5 January 1970
WEEK_DAYS: Final = 7


def day_of(moment: str, timezone: str) -> pl.Expr:
    """Give the local day (days since 1970) of a column of milliseconds in UTC; null stays null."""
    local = pl.from_epoch(pl.col(moment), time_unit="ms").dt.replace_time_zone("UTC").dt.convert_time_zone(timezone)
    return local.dt.date().cast(pl.Int32)


def last_closed_day(now: datetime, timezone: str) -> int:
    """Give yesterday, as days since 1970, by the conversation's clock. `now` carries a time zone."""
    return (now.astimezone(ZoneInfo(timezone)).date() - FIRST_DAY).days - 1


def close_of(closes_on: date | None, timezone: str) -> int | None:
    """Give the first millisecond after the last day of a conversation, or None if it has no last day."""
    if closes_on is None:
        return None
    after = closes_on + timedelta(days=1)
    midnight = datetime(after.year, after.month, after.day, tzinfo=ZoneInfo(timezone))
    return int(midnight.timestamp() * 1000)


def as_date(day: int | None) -> date | None:
    """Give the date of a day counted since 1970."""
    return None if day is None else FIRST_DAY + timedelta(days=day)


def monday_of(day: str, opens_on: date | None) -> pl.Expr:
    """Give the Monday of a column of days counted since 1970, counted the same way.

    What came before the first day belongs to the first week: a handful of early testers is no week.
    """
    column = pl.col(day) if opens_on is None else pl.max_horizontal(day, pl.lit((opens_on - FIRST_DAY).days))
    return (column - (column - FIRST_MONDAY) % WEEK_DAYS).cast(pl.Int32)


def mondays_between(first: int, last: int) -> list[int]:
    """Give the Mondays of the weeks from that of day `first` on that are over by the end of day `last`."""
    start = first - (first - FIRST_MONDAY) % WEEK_DAYS
    return list(range(start, last - WEEK_DAYS + 2, WEEK_DAYS))
