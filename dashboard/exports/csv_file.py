"""CSV: tidy, UTF-8, one header row, nothing but the table, so that any tool reads it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from dashboard.exports._record import Format
from dashboard.results import Result
from dashboard.specs import Column
from dashboard.wording import cell

FORMAT: Final = Format("csv", "CSV", "text/csv", "csv")

# A spreadsheet takes text that begins so for a formula and may run it.
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
SHARE_DECIMALS: Final = 6


def export(results: Sequence[Result]) -> bytes:
    """Give one result as its table, several as one long table of metric, row, column and value.

    Shares are proportions between 0 and 1, dates are in ISO form; hidden values are [c], missing ones [x] or [z].
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerows(_table(results[0]) if len(results) == 1 else _long_table(results))
    return buffer.getvalue().encode()


def harmless(text: str) -> str:
    """Keep text from being taken for a formula: an apostrophe goes before a sign that would begin one."""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA_STARTS) else text


def plain_rows(result: Result) -> Iterator[list[object]]:
    """Give the values row by row as a program reads them: numbers, ISO dates, shorthand and harmless text."""
    hidden = set(result.hidden_rows)
    for at, row in enumerate(result.table.iter_rows()):
        yield [_plain(value, column, at in hidden) for value, column in zip(row, result.metric.columns, strict=True)]


def _table(result: Result) -> Iterator[list[object]]:
    yield [column.name for column in result.metric.columns]
    yield from plain_rows(result)


def _long_table(results: Sequence[Result]) -> Iterator[list[object]]:
    yield ["metric", "row", "column", "value"]
    for result in results:
        for at, row in enumerate(plain_rows(result), start=1):
            for column, value in zip(result.metric.columns, row, strict=True):
                yield [result.metric.key, at, column.name, value]


def _plain(value: object, column: Column, is_hidden: bool) -> object:
    if value is None or value == "":
        return cell(value, column, is_hidden=is_hidden)
    if isinstance(value, float):
        return round(value, SHARE_DECIMALS)
    if isinstance(value, date):
        return value.isoformat()
    return harmless(value) if isinstance(value, str) else value
