"""How the text of a cell is read, one function a kind of column.

Every function takes cleaned text and gives a series of the kind's type: null where the cell is empty or
cannot be read. The caller knows which of the two it was.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from data_access.frames.table import DataType
from data_access.importing.checking.moments import USUAL, Calendar, days, moments
from data_access.importing.template_columns import Kind, TemplateColumn
from data_access.reference.places import icb_named, region_named
from data_access.vocabulary import element_named

UNKNOWN_CODE: Final = "Unknown code"
LONGEST_TEXT: Final = 20_000
_YES: Final = ("yes", "y", "true", "1")
_NO: Final = ("no", "n", "false", "0")

DTYPES: Final[Mapping[Kind, DataType]] = {
    Kind.ID: pl.String,
    Kind.TEXT: pl.String,
    Kind.MOMENT: pl.Int64,
    Kind.DATE: pl.Date,
    Kind.WHOLE: pl.Int64,
    Kind.NUMBER: pl.Float64,
    Kind.YES_NO: pl.Boolean,
    Kind.CHOICE: pl.String,
    Kind.ELEMENTS: pl.String,
    Kind.REGION: pl.String,
    Kind.ICB: pl.String,
}


@dataclass(frozen=True)
class Setting:
    """What reading a cell may depend on besides its text: where and when it was, and how dates are written."""

    timezone: str
    on: date
    calendar: Calendar = USUAL


def read_cells(text: pl.Series, column: TemplateColumn, setting: Setting, longest: int) -> pl.Series:
    """Read one column; null where a cell is empty or unreadable.

    MOMENT gives milliseconds since 1970 in UTC; ELEMENTS official names joined by |; REGION a name and
    ICB an ODS code, or 'Unknown code', which is a place to be counted and not a fault.
    """
    return _READERS[column.kind](text, column, setting, longest)


def expected(column: TemplateColumn, longest: int) -> str:
    """Say what a cell of this column must be."""
    number_top = f" to {column.at_most:,}" if column.at_most < 1_000 else " or more"
    id_note = ", not an e-mail address" if column.is_person else ""
    elements = "one People Promise element" if column.at_most == 1 else "People Promise elements, joined by |"
    return {
        Kind.ID: f"an id of at most {longest} characters{id_note}",
        Kind.TEXT: f"text of at most {longest:,} characters",
        Kind.MOMENT: "a date and time such as 2022-03-04T10:30:00",
        Kind.DATE: "a date such as 2022-03-04",
        Kind.WHOLE: f"a whole number, {column.at_least:,}{number_top}",
        Kind.NUMBER: f"a number, {column.at_least:,}{number_top}, with a point for the decimals",
        Kind.CHOICE: f"one of: {', '.join(column.choices)}",
        Kind.ELEMENTS: elements,
    }.get(column.kind, column.kind.value)


def _words(text: pl.Series, column: TemplateColumn, _setting: Setting, longest: int) -> pl.Series:
    is_fine = (text != "") & (text.str.len_chars() <= longest)
    if column.is_person:
        is_fine &= ~text.str.contains("@", literal=True)
    if is_fine.all():
        return text
    return pl.DataFrame({text.name: text}).select(pl.when(is_fine).then(pl.col(text.name)))[text.name]


def _whole(text: pl.Series, column: TemplateColumn, _setting: Setting, _longest: int) -> pl.Series:
    digits = pl.when(pl.col(text.name).str.contains(r"^\d{1,19}$")).then(pl.col(text.name))
    number = digits.cast(pl.Int64, strict=False)
    is_within = number.is_between(column.at_least, column.at_most)
    return pl.DataFrame({text.name: text}).select(pl.when(is_within).then(number).alias(text.name))[text.name]


def _number(text: pl.Series, column: TemplateColumn, _setting: Setting, _longest: int) -> pl.Series:
    plain = pl.when(pl.col(text.name).str.contains(r"^\d{1,9}(?:\.\d{1,9})?$")).then(pl.col(text.name))
    number = plain.cast(pl.Float64, strict=False)
    is_within = number.is_between(column.at_least, column.at_most)
    return pl.DataFrame({text.name: text}).select(pl.when(is_within).then(number).alias(text.name))[text.name]


def _choice(text: pl.Series, column: TemplateColumn, _setting: Setting, _longest: int) -> pl.Series:
    choices = {_spelled(choice): choice for choice in column.choices}
    return _by_spelling(text, lambda cell: choices.get(_spelled(cell)), pl.String)


def _spelled(choice: str) -> str:
    # Between words only: the sign of -1 is no hyphen.
    return re.sub(r"(?<=\w)[\s_-]+(?=\w)", " ", choice.casefold())


def _by_spelling(text: pl.Series, meaning: Callable[[str], object], dtype: DataType) -> pl.Series:
    """Read each different spelling once: a column of closed answers has few, whatever its length."""
    spellings = [spelling for spelling in text.unique().sort().to_list() if spelling]
    answers = pl.DataFrame(
        {"spelling": spellings, "answer": [meaning(spelling) for spelling in spellings]},
        schema={"spelling": pl.String, "answer": dtype},
    )
    found = pl.DataFrame({"spelling": text}).join(answers, on="spelling", how="left", maintain_order="left")
    return found["answer"].alias(text.name)


def _yes_or_no(cell: str) -> bool | None:
    bare = cell.casefold()
    return True if bare in _YES else False if bare in _NO else None


def _elements(text: pl.Series, column: TemplateColumn, _setting: Setting, _longest: int) -> pl.Series:
    def official(cell: str) -> str | None:
        named = [element_named(part) for part in cell.split("|") if part.strip()]
        different = list(dict.fromkeys(name for name in named if name))
        return "|".join(different) if named and None not in named and len(different) <= column.at_most else None

    return _by_spelling(text, official, pl.String)


Reader = Callable[[pl.Series, TemplateColumn, Setting, int], pl.Series]
_READERS: Final[Mapping[Kind, Reader]] = {
    Kind.ID: _words,
    Kind.TEXT: _words,
    Kind.MOMENT: lambda text, _column, setting, _longest: moments(text, setting.timezone, setting.calendar),
    Kind.DATE: lambda text, _column, setting, _longest: days(text, setting.calendar),
    Kind.WHOLE: _whole,
    Kind.NUMBER: _number,
    Kind.YES_NO: lambda text, _column, _setting, _longest: _by_spelling(text, _yes_or_no, pl.Boolean),
    Kind.CHOICE: _choice,
    Kind.ELEMENTS: _elements,
    Kind.REGION: lambda text, _column, _setting, _longest: _by_spelling(
        text, lambda cell: region_named(cell) or UNKNOWN_CODE, pl.String
    ),
    Kind.ICB: lambda text, _column, setting, _longest: _by_spelling(
        text, lambda cell: icb_named(cell, setting.on) or UNKNOWN_CODE, pl.String
    ),
}
