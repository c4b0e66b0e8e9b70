"""How numbers, dates, lists and selections are written: British English, the same on screen and in files.

The conventions are those of the Analysis Function and the NHS England data visualisation guide: commas in
thousands, at most one decimal in a per cent, dates as '4 January 2019', hidden values as [c].
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Final

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from dashboard.filters import Selection, place
from dashboard.periods import Period
from dashboard.specs import Column

LOCALE: Final = Locale("en", "GB")  # read once: looking it up by name costs more than writing a number
LANGUAGE: Final = "en-GB"
HIDDEN: Final = "[c]"
NOT_AVAILABLE: Final = "[x]"
NOT_APPLICABLE: Final = "[z]"
ALL_ELEMENTS: Final = "all elements"

SHORTHAND: Final[dict[str, str]] = {
    HIDDEN: "confidential: hidden to protect the people behind a small number; not nought",
    NOT_AVAILABLE: "not available: the source does not give it",
    NOT_APPLICABLE: "not applicable: there is nothing it could be worked out from",
}

# Markdown's own signs and the dollar of LaTeX.
_MARKDOWN: Final = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:@&=^])")
# Emoji codes, bare links and e-mail addresses are looked for after the backslashes are gone, so they are
# broken up by an invisible word joiner: ':smile:', ':material/home:', 'www.', 'https://', 'a@b.uk'. So are
# the signs that Streamlit turns into others: '->', '--', '>='.
_JOINER: Final = "\u2060"
_CODES: Final = re.compile(r":(?=[\w+/-])|(?:https?|www)(?=[:.])|(?<=\S)(?=@)|[-<>~](?=[-=>])", re.IGNORECASE)
_MEASURES: Final = ("count", "share", "number", "ratio", "band")


def number(value: float | Decimal) -> str:
    """Write a count or a number: 1,234 or 3.5; at most one decimal."""
    return f"{value:,}" if isinstance(value, int) else _decimal(value, "#,##0.#")


def per_cent(share: float) -> str:
    """Write a share between 0 and 1: 62.5%; at most one decimal."""
    return _per_cent(share, "#,##0.#%")


def whole_per_cent(share: float) -> str:
    """Write a share without decimals, for marks in charts and sentences: 62%."""
    return _per_cent(share, "#,##0%")


@lru_cache(maxsize=4096)
def _decimal(value: float | Decimal, pattern: str) -> str:
    return str(format_decimal(value + 0, format=pattern, locale=LOCALE))  # + 0: the zero below nought is 0


@lru_cache(maxsize=4096)
def _per_cent(share: float, pattern: str) -> str:
    return str(format_percent(share + 0, format=pattern, locale=LOCALE))


@lru_cache(maxsize=4096)
def day(value: date) -> str:
    """Write a date: 4 January 2019."""
    return str(format_date(value, format="d MMMM y", locale=LOCALE))


def short_day(value: date) -> str:
    """Write a date for an axis: 4 Jan. The year stands in the card's subtitle."""
    return str(format_date(value, format="d MMM", locale=LOCALE))


def short_month(value: date) -> str:
    """Write the month of a date for an axis that spans years: Jan 2019."""
    return str(format_date(value, format="MMM y", locale=LOCALE))


def moment(value: datetime) -> str:
    """Write a date and time of day: 4 January 2019, 09:14. The time zone is the value's own."""
    return str(format_datetime(value, format="d MMMM y, HH:mm", locale=LOCALE))


def in_words(names: Iterable[str]) -> str:
    """Join names as a list in a sentence: 'a, b and c'."""
    return str(format_list(list(names), locale=LOCALE))


def counted(count: float | Decimal, one: str, several: str = "") -> str:
    """Write a count with its noun: '1 idea', '1,234 ideas'. `several` where the plural is not one + 's'."""
    return f"{number(count)} {one if count == 1 else several or one + 's'}"


def verb(count: int, one: str, several: str) -> str:
    """Choose the verb that goes with a count: 'is' or 'are'."""
    return one if count == 1 else several


def cell(value: object, column: Column, *, is_hidden: bool = False) -> str:
    """Write one value of a result as people read it; a missing one as its shorthand, never as nothing."""
    if value is None or value == "":
        return HIDDEN if is_hidden and column.kind in _MEASURES else column.absent
    if column.kind == "share" and isinstance(value, int | float):
        return per_cent(value)
    if column.kind == "ratio" and isinstance(value, int | float):
        return _decimal(value, "0.00")
    if column.kind in _MEASURES and isinstance(value, int | float):
        return number(value)
    if isinstance(value, datetime):
        return moment(value)
    return day(value) if isinstance(value, date) else str(value)


def describe(selection: Selection) -> str:
    """Say what a selection covers: 'England, all elements', 'London, We are a team, 1 to 14 February 2021'."""
    covered = f"{place(selection)}, {selection.element or ALL_ELEMENTS}"
    return f"{covered}, {span(selection.period)}" if selection.period else covered


def span(covered: Period) -> str:
    """Write a period as short as it stays clear: '1 to 14 February 2021', '22 February to 7 March 2021'."""
    first, last = covered.first, covered.last
    if first.year != last.year:
        return f"{day(first)} to {day(last)}"
    pattern = "d" if first.month == last.month else "d MMMM"
    return f"{format_date(first, format=pattern, locale=LOCALE)} to {day(last)}"


def showing(selection: Selection, base: str = "") -> str:
    """Write the line that says which filters are set: 'Showing: England, all elements (2,400 participants)'."""
    return f"Showing: {describe(selection)}" + (f" ({base})" if base else "")


def period(first: date | None, last: date | None) -> str:
    """Write the period numbers cover; '' where neither end is known."""
    if first is None and last is None:
        return ""
    if first is None or last is None:
        return f"data to {day(last)}" if last else f"data from {day(first)}" if first else ""
    return f"{day(first)} to {day(last)}"


def escape(text: str) -> str:
    """Make text harmless where Markdown is rendered: no links, images, emphasis, LaTeX or emoji codes.

    Line breaks become spaces, so that no line can begin a list, a heading or a quotation.
    """
    broken = _CODES.sub(lambda found: found[0] + _JOINER, " ".join(text.split()))
    return _MARKDOWN.sub(r"\\\1", broken)


def shortened(text: str, limit: int) -> str:
    """Cut text at a word so that it has at most `limit` characters, the ellipsis included."""
    plain = " ".join(text.split())
    if len(plain) <= limit:
        return plain
    head = plain[: limit - 1]
    at_word = head.rsplit(" ", 1)[0] if " " in head and plain[limit - 1] != " " else head
    return at_word.rstrip(" ,;:.–-") + "…"
