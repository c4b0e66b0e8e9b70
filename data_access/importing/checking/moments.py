"""Dates and times as exports write them, read the same way or not at all.

ISO 8601, epoch seconds and milliseconds and the day numbers of spreadsheets are read as they are.
`04/03/2022` is read only where the source or the person importing says which number is the day, or the
column itself shows it; otherwise the column is refused with that question, because 3 April read as
4 March is an error nobody sees.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, Literal

import polars as pl

EARLIEST: Final = 1990
LATEST: Final = 2100
# Numbers carry no month names that a person could check, so they must fall near the conversation.
MARGIN: Final = timedelta(days=366)
_ISO: Final = r"^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2})(\.\d{1,9})?)?)? ?(Z|UTC|[+-]\d{2}:?\d{2})?$"
_PLAIN: Final = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z?$"
_SLASHED: Final = (
    r"^(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d{2})(?:,? (\d{1,2}):(\d{2})(?::(\d{2}))?(?: ?([AaPp])\.?[Mm]\.?)?)?$"
)
# Ten digits of seconds reach from 2001 to 2286, thirteen of milliseconds the same.
_SECONDS: Final = r"^\d{9,10}$"
_MILLISECONDS: Final = r"^\d{12,13}$"
# Day 32,874 of Excel's usual calendar is 1 January 1990; five digits reach to 2173.
_SERIAL: Final = r"^\d{5}(?:\.\d+)?$"
# Spreadsheets count 1900 as a leap year, so from 1 March 1900 on their days are counted from this one.
_DAY_NOUGHT: Final = date(1899, 12, 30)
_DAY_NOUGHT_1904: Final = date(1904, 1, 1)
_DAY_MS: Final = 86_400_000


class DayOrder(StrEnum):
    """Which number of 03/04/2022 is the day."""

    UK = "uk"
    US = "us"


@dataclass(frozen=True)
class Window:
    """The days a conversation lasted; either may be unknown."""

    first: date | None = None
    last: date | None = None


WHENEVER: Final = Window()


@dataclass(frozen=True)
class Calendar:
    """How dates of one table are to be read: which number is the day, from when spreadsheets count, when it was."""

    order: DayOrder | None = None
    is_from_1904: bool = False
    window: Window = WHENEVER


USUAL: Final = Calendar()


def moments(text: pl.Series, timezone: str, calendar: Calendar = USUAL) -> pl.Series:
    """Read moments as milliseconds since 1970 in UTC, null where a cell cannot be read.

    A time without an offset is local in `timezone` (an IANA name). The hour that a clock change skips is
    not a time and is null; the hour it repeats is taken as the earlier one. Numbers further than a year
    from the calendar's window are null.
    """
    plain = _plain(text)
    if plain is not None:
        is_utc, naive = plain
        moment = naive.dt.epoch("ms") if is_utc else _local_naive(naive, timezone, "earliest").dt.epoch("ms")
        frame = pl.DataFrame({text.name: moment})
        return frame.select(pl.when(_is_plausible(pl.col(text.name))).then(pl.col(text.name)))[text.name]
    frame = pl.DataFrame({"text": text}).with_columns(iso=_as_iso(text, calendar.order))
    offset, local = _parsed(pl.col("iso"), timezone)
    number = pl.col("text").cast(pl.Int64, strict=False)
    epoch = pl.coalesce(
        pl.when(pl.col("text").str.contains(_MILLISECONDS)).then(number),
        pl.when(pl.col("text").str.contains(_SECONDS)).then(number * 1000),
    )
    serial = _local_moment(_serial_days(pl.col("text"), calendar), timezone)
    written = pl.coalesce(offset, local)
    read = frame.select(
        pl.when(_is_plausible(written))
        .then(written)
        .otherwise(_within(pl.coalesce(epoch, serial), calendar.window))
        .alias(text.name)
    )
    return read[text.name]


def repeated_hours(text: pl.Series, timezone: str, calendar: Calendar = USUAL) -> int:
    """Count the times that a clock change makes happen twice, so that two moments fit them."""
    plain = _plain(text)
    if plain is not None and plain[0]:
        return 0
    if plain is not None:
        naive = plain[1]
    else:
        naive = pl.DataFrame({"iso": _as_iso(text, calendar.order)}).select(_naive(pl.col("iso")).alias("at"))["at"]
    return int((_local_naive(naive, timezone, "earliest") != _local_naive(naive, timezone, "latest")).sum())


def days(text: pl.Series, calendar: Calendar = USUAL) -> pl.Series:
    """Read days, null where a cell cannot be read. A time of midnight, as workbooks add it, is no time."""
    iso = _as_iso(text, calendar.order).str.replace(r"T00:00:00(\.0+)?$", "")
    frame = pl.DataFrame({"text": text, "iso": iso})
    number = _serial_days(pl.col("text"), calendar)
    from_number = pl.when(number == number.floor()).then(
        pl.from_epoch((number * _DAY_MS).cast(pl.Int64), "ms").cast(pl.Date)
    )
    read = pl.coalesce(pl.col("iso").str.to_date("%Y-%m-%d", strict=False), from_number)
    is_sane = read.dt.year().is_between(EARLIEST, LATEST)
    return frame.select(pl.when(is_sane).then(read).alias(text.name))[text.name]


def is_two_ways(text: pl.Series, calendar: Calendar = USUAL) -> bool:
    """Whether dates such as 03/04/2022 or 03/04/22 stand in the column and nothing tells how to read them."""
    if calendar.order is not None or not text.str.contains(_SLASHED).any():
        return False
    years = text.str.extract_groups(_SLASHED).struct.field("3")
    return _shown_order(text) is None or bool((years.str.len_chars() == 2).any())


def _plain(text: pl.Series) -> tuple[bool, pl.Series] | None:
    """Read a column that is all 2022-03-04T10:30:00, or all the same with Z: whether it is in UTC, and the times.

    None for any other, which takes reading cell by cell in all the ways there are. Large exports are like this.
    """
    if text.null_count() or not text.len() or text.str.len_bytes().n_unique() > 1:
        return None
    if not text.str.contains(_PLAIN).all():
        return None
    naive = text.str.head(19).str.to_datetime("%Y-%m-%dT%H:%M:%S", strict=False, time_unit="ms")
    return None if naive.null_count() else (text.str.ends_with("Z").any(), naive)


def _local_naive(naive: pl.Series, timezone: str, ambiguous: Literal["earliest", "latest"]) -> pl.Series:
    return naive.dt.replace_time_zone(timezone, ambiguous=ambiguous, non_existent="null")


def _shown_order(text: pl.Series) -> DayOrder | None:
    """Give the order the column shows by itself: a number above twelve is a day, never a month."""
    parts = text.str.extract_groups(_SLASHED).struct.unnest()
    first, second = (bool((parts[place].cast(pl.Int64) > 12).any()) for place in ("1", "2"))
    if first == second:
        return None
    return DayOrder.UK if first else DayOrder.US


def _as_iso(text: pl.Series, order: DayOrder | None) -> pl.Series:
    """Spell every readable cell as ISO with T and seconds, null where it is neither ISO nor decidable."""
    parts = text.str.extract_groups(_ISO).struct.unnest()
    offset = pl.col("5").fill_null("").str.replace("Z|UTC", "+0000").str.replace(":", "")
    clock = pl.concat_str(
        pl.lit("T"), pl.col("2"), pl.lit(":"), pl.col("3").fill_null("00"), pl.col("4").fill_null(""), offset
    )
    day_or_moment = pl.when(pl.col("2").is_null()).then(pl.col("1")).otherwise(pl.concat_str(pl.col("1"), clock))
    iso = parts.select(pl.when(pl.col("1").is_not_null()).then(day_or_moment)).to_series()
    return pl.select(pl.coalesce(iso, _slashed(text, order))).to_series()


def _slashed(text: pl.Series, declared: DayOrder | None) -> pl.Series:
    """Spell `31/12/2022 9:30 pm` as ISO where its order is declared or the column shows it, null otherwise.

    A year of two digits is one of this century, and read only where the order is declared: the column
    alone cannot tell 03/04/05.
    """
    order = declared or _shown_order(text)
    if order is None:
        return pl.Series(text.name, [None] * len(text), pl.String)
    parts = text.str.extract_groups(_SLASHED).struct.unnest()
    day, month = ("1", "2") if order == DayOrder.UK else ("2", "1")
    is_short = pl.col("3").str.len_chars() == 2
    short = pl.concat_str(pl.lit("20"), pl.col("3")) if declared else pl.lit(None, pl.String)
    year = pl.when(is_short).then(short).otherwise(pl.col("3"))
    iso_day = pl.concat_str(year, pl.lit("-"), pl.col(month).str.zfill(2), pl.lit("-"), pl.col(day).str.zfill(2))
    clock = pl.concat_str(
        pl.lit("T"),
        _hour().cast(pl.String).str.zfill(2),
        pl.lit(":"),
        pl.col("5"),
        pl.lit(":"),
        pl.col("6").fill_null("00"),
    )
    return parts.select(
        pl.when(pl.col("4").is_null()).then(iso_day).otherwise(pl.concat_str(iso_day, clock))
    ).to_series()


def _hour() -> pl.Expr:
    """Give the hour of a day: 12 am is 0, 12 pm is 12, and 13 am is no hour."""
    hour, half = pl.col("4").cast(pl.Int64), pl.col("7").str.to_lowercase()
    of_half = pl.when(hour.is_between(1, 12)).then(hour % 12 + pl.when(half == "p").then(12).otherwise(0))
    return pl.when(half.is_null()).then(hour).otherwise(of_half)


def _serial_days(text: pl.Expr, calendar: Calendar) -> pl.Expr:
    """Read a spreadsheet's day number as days since 1970, null for anything else."""
    nought = _DAY_NOUGHT_1904 if calendar.is_from_1904 else _DAY_NOUGHT
    shift = (nought - date(1970, 1, 1)).days
    return pl.when(text.str.contains(_SERIAL)).then(text.cast(pl.Float64, strict=False) + shift)


def _local_moment(days_since_1970: pl.Expr, timezone: str) -> pl.Expr:
    # A spreadsheet's fraction of a day is good to a second or so; its last digits are noise.
    naive = pl.from_epoch((days_since_1970 * 86_400).round(), "s")
    local = naive.cast(pl.Datetime("ms")).dt.replace_time_zone(timezone, ambiguous="earliest", non_existent="null")
    return local.dt.epoch("ms")


def _within(milliseconds: pl.Expr, window: Window) -> pl.Expr:
    """Keep the moments within a year of the window; an end that is not known is the end of all plausible years."""
    day = pl.from_epoch(milliseconds, "ms").cast(pl.Date)
    first = max(window.first - MARGIN, date(EARLIEST, 1, 1)) if window.first else date(EARLIEST, 1, 1)
    last = min(window.last + MARGIN, date(LATEST, 12, 31)) if window.last else date(LATEST, 12, 31)
    return pl.when(day.is_between(first, last)).then(milliseconds)


def _naive(iso: pl.Expr) -> pl.Expr:
    with_clock = iso.str.to_datetime("%Y-%m-%dT%H:%M:%S%.f", strict=False, time_unit="ms")
    return pl.coalesce(with_clock, iso.str.to_datetime("%Y-%m-%d", strict=False, time_unit="ms"))


def _parsed(iso: pl.Expr, timezone: str) -> tuple[pl.Expr, pl.Expr]:
    offset = iso.str.to_datetime("%Y-%m-%dT%H:%M:%S%.f%z", strict=False, time_unit="ms", time_zone="UTC")
    local = _naive(iso).dt.replace_time_zone(timezone, ambiguous="earliest", non_existent="null")
    return offset.dt.epoch("ms"), local.dt.epoch("ms")


def _is_plausible(milliseconds: pl.Expr) -> pl.Expr:
    return pl.from_epoch(milliseconds, "ms").dt.year().is_between(EARLIEST, LATEST)
