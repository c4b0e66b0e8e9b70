"""Dates as the plan states them, with the days they can mean.

The plan says 'by 2023', 'from 2024', 'by the end of next year', or nothing. The words are kept as they are
and read into the earliest and the latest day the deadline can fall on, and how fine the statement is.

* **'by 2023'** can be heard as 'before 2023 begins' or as 'before 2023 is over'. Both bounds are kept,
  1 January and 31 December 2023, and an action is overdue only past the later one: the strict reading would
  call late what its owner may have promised for December. The same holds for 'by March 2023'.
* **'from 2024'** says when something may begin: an earliest day, no latest, so it is never overdue.
* **'before 2023'** ends on the day before the period begins.
* **'end of 2022'** is the last day of the period. 'Next year' is counted from the day of publication.
* **2022/23** is a financial year, 1 April to 31 March; quarters ('Q3 2022/23') follow the year they stand with.
* Early, mid and late narrow nothing: where 'early' ends is for nobody to decide here.
* A remark in brackets is not part of the date.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

# https://www.england.nhs.uk/future-of-human-resources-and-organisational-development/ ; the day is given at
# https://www.hsjjobs.com/article/national-plan-to-modernise-nhs-s-hr-function-revealed/
PUBLISHED: Final = date(2021, 11, 22)


class Precision(StrEnum):
    """How fine a date is stated."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    RANGE = "range"
    OPEN = "open-ended"
    NOT_STATED = "not stated"
    NOT_READ = "not read as a date"


@dataclass(frozen=True)
class StatedDate:
    """A date in the plan's own words, the bounds of its deadline (both days included) and its precision."""

    stated: str | None
    earliest: date | None
    latest: date | None
    precision: Precision


def stated_date(text: str | None, published: date = PUBLISHED) -> StatedDate:
    """Read a date as stated. Words that cannot be read are kept, without bounds, as `NOT_READ`."""
    stated = (text or "").strip() or None
    words = _plain(stated or "")
    if not words or re.match(r"(not stated|not known|unknown|none|n/?a|tbc|tbd)\b", words):
        return StatedDate(stated, None, None, Precision.NOT_STATED)
    if words in ("ongoing", "continuous", "continuing"):
        return StatedDate(stated, None, None, Precision.OPEN)
    earliest, latest, precision = _deadline(_dated(words, published)) or (None, None, Precision.NOT_READ)
    return StatedDate(stated, earliest, latest, precision)


def quarter_before(day: date) -> date:
    """Give the last end of a quarter before a day, but no day before the plan was published."""
    first_month = (day.month - 1) // 3 * 3 + 1
    return max(date(day.year, first_month, 1) - timedelta(days=1), PUBLISHED)


def with_bounds(reading: StatedDate, earliest: date | None, latest: date | None) -> StatedDate:
    """Let bounds that somebody supplied, even only one, stand in place of those read from the words.

    Bounds that repeat what the words say change nothing.
    """
    if earliest in (None, reading.earliest) and latest in (None, reading.latest):
        return reading
    return replace(reading, earliest=earliest, latest=latest, precision=_width(earliest, latest))


Bounds = tuple[date | None, date | None, Precision]
_MONTHS: Final = {name.lower(): n for n, name in enumerate(calendar.month_name) if name} | {
    name.lower(): n for n, name in enumerate(calendar.month_abbr) if name
}
_SEASONS: Final = {"spring": 3, "summer": 6, "autumn": 9}  # first of three months; 'winter' spans two years


def _plain(text: str) -> str:
    outside = re.sub(r"\([^)]*\)", " ", text.lower().replace("–", "-").replace("’", "'"))
    return " ".join(outside.replace(",", " ").split()).strip(" .;")


def _dated(words: str, published: date) -> str:
    words = re.sub(r"\b(this|the current) (calendar )?year\b", str(published.year), words)
    return re.sub(r"\b(the )?next (calendar )?year\b", str(published.year + 1), words)


def _deadline(words: str) -> Bounds | None:
    if bounds := _range(words):
        return bounds
    if match := re.match(r"(?:starting |beginning )?(?:from|after|starting|beginning)\b(?: in)? (.+)", words):
        period = _period(match[1].removesuffix(" onwards"))
        return (_opening(period, words), None, Precision.OPEN) if period else None
    if words.endswith(" onwards"):
        return _deadline(f"from {words.removesuffix(' onwards')}")
    if match := re.match(r"before (?:the )?(?:start of |beginning of )?(.+)", words):
        period = _period(match[1])
        return (None, period[0] - timedelta(days=1), period[2]) if period and period[0] else None
    words = re.sub(r"^(?:by|in|during|within|until|no later than|not later than|on|due)\b ?", "", words)
    if match := re.match(r"(?:the )?end(?: of|-)? ?(?:the )?(.+)", words):
        period = _period(match[1])
        return (period[1], period[1], Precision.DAY) if period else None
    return _period(words)


def _opening(period: Bounds, words: str) -> date | None:
    first, last, _ = period
    after = words.startswith("after") and last is not None
    return last + timedelta(days=1) if after and last else first


def _period(words: str) -> Bounds | None:
    words = re.sub(r"^(?:the )?(?:early|mid|late)\b[ -]?(?:in )?", "", words.strip())
    for read in (_day, _month, _quarter, _season, _year):
        if bounds := read(words):
            return bounds
    return None


def _day(words: str) -> Bounds | None:
    if match := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", words):
        year, month, day = (int(part) for part in match.groups())
    elif match := re.fullmatch(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", words):
        day, month, year = (int(part) for part in match.groups())
    elif (match := re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)? (?:of )?([a-z]+) (\d{4})", words)) and match[2] in _MONTHS:
        day, month, year = int(match[1]), _MONTHS[match[2]], int(match[3])
    else:
        return None
    try:
        exact = date(year, month, day)
    except ValueError:
        return None
    return exact, exact, Precision.DAY


def _month(words: str) -> Bounds | None:
    match = re.fullmatch(r"([a-z]+)[ -](\d{4})", words)
    if not match or match[1] not in _MONTHS:
        return None
    return _months(int(match[2]), _MONTHS[match[1]], 1, Precision.MONTH)


def _quarter(words: str) -> Bounds | None:
    if match := re.fullmatch(r"(?:q|quarter )([1-4]) (?:of )?(\d{4})", words):
        return _months(int(match[2]), 3 * int(match[1]) - 2, 3, Precision.QUARTER)
    if match := re.fullmatch(r"(?:q|quarter )([1-4]) (?:of )?(\d{4})[/-](\d{2}|\d{4})", words):
        year = _financial(match[2], match[3])
        return _months(year, 3 * int(match[1]) + 1, 3, Precision.QUARTER) if year else None
    return None


def _season(words: str) -> Bounds | None:
    match = re.fullmatch(r"([a-z]+) (?:of )?(\d{4})", words)
    if not match or match[1] not in _SEASONS:
        return None
    return _months(int(match[2]), _SEASONS[match[1]], 3, Precision.QUARTER)


def _year(words: str) -> Bounds | None:
    if re.fullmatch(r"20\d\d", words):
        return _months(int(words), 1, 12, Precision.YEAR)
    match = re.fullmatch(r"(?:financial year |fy ?)?(20\d\d)(?:[/-](\d{2})|/(\d{4}))", words)
    year = _financial(match[1], match[2] or match[3]) if match else None
    return _months(year, 4, 12, Precision.YEAR) if year else None


def _range(words: str) -> Bounds | None:
    match = re.fullmatch(r"(?:between |from )?(.+?)(?: to | and | - | until |(?<=20\d\d)-(?=20\d\d))(.+)", words)
    if not match:
        return None
    first, last = _period(match[1]), _period(match[2])
    if not first or not last or not first[0] or not last[1] or first[0] > last[1]:
        return None
    return first[0], last[1], Precision.RANGE


def _financial(first: str, last: str) -> int | None:
    """Give the year a financial year begins in, if its two halves follow each other."""
    return int(first) if (int(first) + 1) % 100 == int(last) % 100 else None


def _months(year: int, month: int, length: int, precision: Precision) -> Bounds:
    """Bound `length` months from the first of `month`; months past 12 belong to the next year."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    end_year, end_month = year + (month + length - 2) // 12, (month + length - 2) % 12 + 1
    return date(year, month, 1), date(end_year, end_month, calendar.monthrange(end_year, end_month)[1]), precision


def _width(earliest: date | None, latest: date | None) -> Precision:
    if latest is None:
        return Precision.OPEN if earliest else Precision.NOT_STATED
    return Precision.DAY if earliest in (latest, None) else Precision.RANGE
