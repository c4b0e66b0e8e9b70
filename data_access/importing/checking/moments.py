"""Dates and times as exports write them, read the same way or not at all.

ISO 8601, epoch seconds and milliseconds are read as they are. `04/03/2022` is read only where the column
itself shows which number is the day; otherwise the column is refused, because 3 April read as 4 March is
an error nobody sees.
"""

from __future__ import annotations

from typing import Final

import polars as pl

EARLIEST: Final = 1990
LATEST: Final = 2100
_ISO: Final = r"^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2})(\.\d{1,9})?)?)? ?(Z|[+-]\d{2}:?\d{2})?$"
_SLASHED: Final = r"^(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?:,? (\d{1,2}:\d{2}(?::\d{2})?))?$"
# Ten digits of seconds reach from 2001 to 2286, thirteen of milliseconds the same.
_SECONDS: Final = r"^\d{9,10}$"
_MILLISECONDS: Final = r"^\d{12,13}$"


def moments(text: pl.Series, timezone: str) -> pl.Series:
    """Read moments as milliseconds since 1970 in UTC, null where a cell cannot be read.

    A time without an offset is local in `timezone` (an IANA name). The hour that a clock change skips is
    not a time and is null; the hour it repeats is taken as the earlier one.
    """
    frame = pl.DataFrame({"text": text}).with_columns(iso=_as_iso(text))
    offset, local = _parsed(timezone)
    return frame.select(
        pl.coalesce(
            pl.when(pl.col("text").str.contains(_MILLISECONDS)).then(pl.col("text").cast(pl.Int64, strict=False)),
            pl.when(pl.col("text").str.contains(_SECONDS)).then(pl.col("text").cast(pl.Int64, strict=False) * 1000),
            offset,
            local,
        ).alias(text.name)
    ).select(pl.when(_is_plausible(pl.col(text.name))).then(pl.col(text.name)))[text.name]


def repeated_hours(text: pl.Series, timezone: str) -> int:
    """Count the times that a clock change makes happen twice, so that two moments fit them."""
    naive = pl.DataFrame({"iso": _as_iso(text)}).select(_naive(pl.col("iso")).alias("at"))["at"]
    earlier = naive.dt.replace_time_zone(timezone, ambiguous="earliest", non_existent="null")
    later = naive.dt.replace_time_zone(timezone, ambiguous="latest", non_existent="null")
    return int((earlier != later).sum())


def days(text: pl.Series) -> pl.Series:
    """Read days, null where a cell cannot be read. A time of midnight, as workbooks add it, is no time."""
    iso = _as_iso(text).str.replace(r"T00:00:00(\.0+)?$", "")
    read = iso.str.to_date("%Y-%m-%d", strict=False)
    is_sane = read.dt.year().is_between(EARLIEST, LATEST)
    return pl.DataFrame({text.name: read}).select(pl.when(is_sane).then(pl.col(text.name)))[text.name]


def _as_iso(text: pl.Series) -> pl.Series:
    """Spell every readable cell as ISO with T and seconds, null where it is neither ISO nor decidable."""
    parts = text.str.extract_groups(_ISO).struct.unnest()
    iso = parts.select(
        pl.when(pl.col("1").is_not_null()).then(
            pl.when(pl.col("2").is_null())
            .then(pl.col("1"))
            .otherwise(
                pl.concat_str(
                    pl.col("1"),
                    pl.lit("T"),
                    pl.col("2"),
                    pl.lit(":"),
                    pl.col("3").fill_null("00"),
                    pl.col("4").fill_null(""),
                    pl.col("5").fill_null("").str.replace("Z", "+0000").str.replace(":", ""),
                )
            )
        )
    ).to_series()
    return pl.select(pl.coalesce(iso, _slashed(text))).to_series()


def _slashed(text: pl.Series) -> pl.Series:
    """Spell `31/12/2022 09:30` as ISO where the column shows its order, null otherwise."""
    parts = text.str.extract_groups(_SLASHED).struct.unnest()
    first, second = parts["1"].cast(pl.Int64), parts["2"].cast(pl.Int64)
    is_day_first = bool((first > 12).any()) and not bool((second > 12).any())
    is_month_first = bool((second > 12).any()) and not bool((first > 12).any())
    if not is_day_first and not is_month_first:
        return pl.Series(text.name, [None] * len(text), pl.String)
    day, month = ("1", "2") if is_day_first else ("2", "1")
    date = pl.concat_str(pl.col("3"), pl.lit("-"), pl.col(month).str.zfill(2), pl.lit("-"), pl.col(day).str.zfill(2))
    clock = pl.col("4").str.zfill(5)
    seconds = pl.when(clock.str.len_chars() <= 5).then(pl.lit(":00")).otherwise(pl.lit(""))
    return parts.select(
        pl.when(pl.col("4").is_null()).then(date).otherwise(pl.concat_str(date, pl.lit("T"), clock, seconds))
    ).to_series()


def _naive(iso: pl.Expr) -> pl.Expr:
    with_clock = iso.str.to_datetime("%Y-%m-%dT%H:%M:%S%.f", strict=False, time_unit="ms")
    return pl.coalesce(with_clock, iso.str.to_datetime("%Y-%m-%d", strict=False, time_unit="ms"))


def _parsed(timezone: str) -> tuple[pl.Expr, pl.Expr]:
    iso = pl.col("iso")
    offset = iso.str.to_datetime("%Y-%m-%dT%H:%M:%S%.f%z", strict=False, time_unit="ms", time_zone="UTC")
    local = _naive(iso).dt.replace_time_zone(timezone, ambiguous="earliest", non_existent="null")
    return offset.dt.epoch("ms"), local.dt.epoch("ms")


def _is_plausible(milliseconds: pl.Expr) -> pl.Expr:
    return pl.from_epoch(milliseconds, "ms").dt.year().is_between(EARLIEST, LATEST)
